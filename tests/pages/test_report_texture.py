"""Texture on the page, in words and as a lane."""

import pytest
from soundtracks import recording_hearing, silent_hearing

from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.texture import Texture, TextureSpan
from unsung.model.time import Span
from unsung.pages.report.texture import texture_answers, texture_words, with_texture


def words(*kinds_and_lengths):
    measures = recording_hearing(10.0, seed=1).texture.measures
    spans, now_s = [], 0.0
    for kind, lasts_s in kinds_and_lengths:
        spans.append(TextureSpan(Span(now_s, now_s + lasts_s), kind, 0.7))
        now_s += lasts_s
    return texture_words(Texture(measures, tuple(spans)))


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([("polyphony", 95), (UNDECIDED, 5)], "polyphony"),
        ([("homophony", 85), (UNDECIDED, 15)], "mostly homophony"),
        ([("monophony", 40), (SILENT, 500), ("polyphony", 60)], "polyphony and monophony"),
        ([(UNDECIDED, 60), ("monophony", 40)], "monophony and undecided"),
        ([(UNDECIDED, 60)], "undecided"),
        ([(SILENT, 60)], "silent"),
    ],
)
def test_the_whole_is_said_in_a_few_words_and_silence_does_not_count(spans, said):
    assert words(*spans) == said


def test_the_lane_names_every_kind_for_those_who_listen_to_the_page():
    [lane] = with_texture((), recording_hearing(100.0, seed=1))
    for kind in ("monophony", "homophony", "polyphony", "melody with accompaniment", "undecided"):
        assert f"{kind} from" in lane.figure


def test_silence_has_no_lane_and_no_voices():
    hearing = silent_hearing()
    assert with_texture((), hearing) == ()
    assert [said for _, said in texture_answers(hearing)] == ["silent", "none", "silent"]
