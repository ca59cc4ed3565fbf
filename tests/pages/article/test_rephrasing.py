"""A rephrasing is taken only if every fact stays in its place and nothing is added."""

import pytest

from unsung.model.article import Article, Paragraph, Section, Sentence
from unsung.model.finding import Quantity, Title
from unsung.pages.article.rephrasing import masked, rephrasable, taken, with_proposals
from unsung.pages.article.wording import written

OURS = Sentence(
    "Motif {label} comes back in {track}, {semitones} higher and perhaps in a minor key.",
    {"label": "A", "track": Title("Sad"), "semitones": Quantity(5, "semitones")},
    ("motif-a",),
)


def test_a_placeholder_hides_every_value():
    assert masked(OURS) == "Motif ⟦f1⟧ comes back in ⟦f2⟧, ⟦f3⟧ higher and perhaps in a minor key."


def test_other_words_around_the_same_facts_are_taken():
    found = taken(OURS, "In ⟦f2⟧ motif ⟦f1⟧ returns ⟦f3⟧ higher, perhaps in a minor key.")
    assert (
        written(found)
        == "In *Sad* motif A returns 5\u00a0semitones higher, perhaps in a minor key."
    )
    assert found.findings == OURS.findings


@pytest.mark.parametrize(
    ("proposal", "why"),
    [
        ("Motif ⟦f1⟧ comes back in ⟦f2⟧, higher and perhaps in a minor key.", "a fact is lost"),
        ("Motif ⟦f1⟧ comes back in ⟦f2⟧ and ⟦f2⟧, ⟦f3⟧ higher, perhaps in a minor key.", "twice"),
        ("Motif ⟦f1⟧ comes back in ⟦f2⟧, ⟦f3⟧ lower and perhaps in a minor key.", "turned round"),
        ("Motif ⟦f1⟧ comes back in ⟦f2⟧, ⟦f3⟧ higher and in a minor key indeed.", "hedge gone"),
        ("Motif ⟦f1⟧ comes back in ⟦f2⟧, ⟦f3⟧ higher and perhaps in a major key.", "mode"),
        ("Motif ⟦f1⟧ comes back 3 times in ⟦f2⟧, ⟦f3⟧ higher, perhaps in a minor key.", "digit"),
        ("Motif ⟦f1⟧ comes back three times in ⟦f2⟧, ⟦f3⟧ higher, perhaps in minor.", "number"),
        ("Like Wagner, motif ⟦f1⟧ is back in ⟦f2⟧, ⟦f3⟧ higher and perhaps in minor keys.", "name"),
        ("Motif ⟦f1⟧ returns in ⟦f2⟧ because it is ⟦f3⟧ higher, perhaps in a minor key.", "cause"),
        ("Motif ⟦f1⟧ returns in ⟦f2⟧, ⟦f3⟧ higher, perhaps in a minor key. It moves.", "two"),
        ("Motif ⟦f1⟧ [is](http://x) in ⟦f2⟧, ⟦f3⟧ higher and perhaps in a minor key.", "link"),
        ("⟦f1⟧ ⟦f2⟧ ⟦f3⟧ higher perhaps minor motif", "too short"),
        ("", "nothing"),
    ],
)  # fmt: skip
def test_anything_else_leaves_the_sentence_as_it_was(proposal, why):
    assert taken(OURS, proposal) is OURS, why


def test_only_sentences_that_claim_are_rephrased_and_the_rest_stays():
    bridge = Sentence("So much for the themes.")
    article = Article("T", (), (Section("s", "S", (Paragraph((bridge, OURS)),)),), (), {})
    assert rephrasable(article) == (OURS,)
    changed = with_proposals(
        article, ["In ⟦f2⟧ motif ⟦f1⟧ returns ⟦f3⟧ higher, perhaps in a minor key."]
    )
    first, second = changed.sections[0].blocks[0].sentences
    assert first == bridge
    assert second.words.startswith("In {track}")
    assert second.facts == OURS.facts
