"""What people joined and parted, on the pages, in what is published and in what is exported."""

import csv
import io
import json

import explored
import pytest
import soundtracks
from attrs import evolve

from unsung.pages import explorer
from unsung.pages.explorer.folder import folder
from unsung.pages.explorer.search import hits
from unsung.pages.exports import exported
from unsung.pages.report import ReportContext, report
from unsung.pages.report.regrouped import regrouped


@pytest.fixture(scope="module")
def album():
    """The second motif was joined by two others, one of them of a hostile name; and parted once."""
    made = explored.album()
    first, second = made.motifs
    names = ("D", soundtracks.HOSTILE, "E")
    second = evolve(second, also_known_as=names, parted_from="A")
    return evolve(made, motifs=(first, second))


def test_other_names_are_told_in_words(album):
    first, second = album.motifs
    assert regrouped(first) == ""
    assert regrouped(evolve(second, also_known_as=("D",))) == (
        "Also known as motif D. Parted from motif A by a person."
    )
    told = regrouped(evolve(second, also_known_as=("D", "The sea", "E"), parted_from="E"))
    assert told == "Also known as motif D, “The sea” and motif E."


def test_a_name_that_it_has_is_not_told_as_another(album):
    assert "round" not in regrouped(evolve(album.motifs[1], also_known_as=("The round",)))


def test_what_people_made_of_a_motif_stands_on_its_page_and_in_the_report(album):
    page = explorer.motif_page(explored.context(soundtrack=album), "B")
    written = report(ReportContext(album, "0.1.0", {}))
    for text in (page, written):
        assert "Also known as motif D, “" in text
        assert "Parted from motif A by a person." in text
        assert "<script>alert" not in text


def test_another_label_of_a_motif_leads_to_its_page(album):
    context = explored.context(soundtrack=album)
    assert explorer.motif_page(context, "D") == explorer.motif_page(context, "B")
    assert [one.kind for one in hits(context, "also E")] == ["motif"]


def test_what_can_be_said_of_it_is_there_only_where_it_can_be_written(album):
    controls = ("data-pick", "join-form", 'class="parting"')
    written = explorer.motif_page(explored.context(soundtrack=album), "A")
    published = folder(explored.context(soundtrack=album))
    assert all(one in written for one in controls)
    for name, content in published.items():
        if name.endswith(".html"):
            assert not any(one in content.decode() for one in controls), name


def test_published_links_to_what_was_joined_still_lead_somewhere(album):
    published = folder(explored.context(soundtrack=album))
    assert published["motif-D.html"] == published["motif-E.html"] == published["motif-B.html"]
    assert not any("script" in name for name in published if name.startswith("motif"))


def test_a_motif_of_a_single_place_offers_none_to_part(album):
    first = album.motifs[0]
    alone = evolve(album, motifs=(evolve(first, occurrences=first.occurrences[:1]),))
    page = explorer.motif_page(explored.context(soundtrack=alone), "A")
    assert "data-pick" not in page
    assert "join-form" not in page


def test_exports_tell_other_names_and_where_it_was_parted_from(album):
    (table,) = exported(album, "motifs", "csv")
    rows = {row["motif"]: row for row in csv.DictReader(io.StringIO(table.content))}
    assert rows["B"]["also_known_as"].split("; ")[0] == "D"
    assert (rows["A"]["also_known_as"], rows["B"]["parted_from"]) == ("", "A")
    (document,) = exported(album, "motifs", "json")
    first, second = json.loads(document.content)["motifs"]
    assert "also_known_as" not in first
    assert (second["also_known_as"][2], second["parted_from"]) == ("E", "A")
