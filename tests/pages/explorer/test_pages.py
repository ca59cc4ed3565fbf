"""The pages as text: what stands on them, what can never stand on them."""

import json
import re
from urllib.parse import unquote

import explored
import numpy as np
import pytest
import soundtracks
from attrs import evolve

from unsung.model.motif import Motif, Occurrence, Statement, Testimony
from unsung.model.outcomes import NotHeard
from unsung.model.time import Span
from unsung.pages import explorer
from unsung.pages.explorer.map_plain import map_plain
from unsung.pages.explorer.oddity import odd_one_out
from unsung.pages.explorer.roll import piano_roll
from unsung.pages.explorer.trail import level_lufs, trail
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.report.scales import album_scales


def every_page(context):
    """All pages of an album, by name."""
    soundtrack = context.soundtrack
    return {
        "album": explorer.album_page(context),
        "gems": explorer.gems_page(context),
        "findings": explorer.findings_page(context),
        "article": explorer.article_page(context),
        "search": explorer.search_page(context, "light"),
        **{
            f"track {one.track.position}": explorer.track_page(context, one.track.position)
            for one in soundtrack.heard
        },
        **{
            f"motif {one.label}": explorer.motif_page(context, one.label, 1)
            for one in soundtrack.motifs
        },
    }


@pytest.fixture(scope="module")
def served():
    return every_page(explored.context())


@pytest.fixture(scope="module")
def published():
    return explorer.folder(explored.context())


def test_no_page_holds_a_style_or_a_script_of_its_own(served):
    for name, text in served.items():
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text), name
        scripts = re.findall(r"<script[^>]*>", text)
        assert all('src="/static/' in one or 'type="application/json"' in one for one in scripts)


def test_hostile_words_stand_as_words(served):
    hostile = soundtracks.HOSTILE
    for name, text in served.items():
        assert hostile not in text, name
        assert "<script>alert" not in text, name
    assert "&lt;script&gt;alert(1)" in served["findings"]


def test_the_same_album_gives_the_same_pages(served):
    again = explorer.album_page(explored.context())
    assert again == served["album"]


def test_every_link_of_a_published_folder_leads_to_a_file_of_it(published):
    pages = {name: text.decode() for name, text in published.items() if name.endswith(".html")}
    for name, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            to, _, anchor = link.partition("#")
            if to.startswith("data:") or link.startswith("https://"):
                continue
            file = unquote(to.partition("?")[0]) or name
            assert file in published, (name, link)
            if anchor and not anchor.startswith(("t=", "q=", "glyph", "weave", "hatch")):
                assert f'id="{anchor}"' in pages[file], (name, link)


def test_a_published_folder_tells_nothing_of_who_made_it_and_takes_no_writing(published):
    for name, content in published.items():
        if name.endswith(".html"):
            text = content.decode()
            assert "a token" not in text
            assert "/api/" not in text
            assert "/a/" not in text
            assert 'class="judge"' not in text
            assert 'class="name-form"' not in text


def test_a_published_folder_without_sound_offers_to_attach_it(published):
    text = published["track-1.html"].decode()
    assert "Attach your album" in text
    assert "<audio" not in text


def test_a_published_article_is_read_and_taken_along_and_nowhere_written_on():
    made = {"html": b"<p>The case.", "markdown": b"The case."}
    files = explorer.folder(explored.context(), article=made)
    text = files["article.html"].decode()
    assert files["article-whole.html"] == b"<p>The case."
    assert files["article.md"] == b"The case."
    assert 'src="article-whole.html"' in text
    assert 'href="article.md"' in text
    assert "EPUB" not in text
    assert "textarea" not in text
    assert (
        "No article is part of this" in explorer.folder(explored.context())["article.html"].decode()
    )


def test_published_sound_is_played_from_where_it_lies():
    files = explorer.folder(explored.context(), {"01 track.ogg": "sound/01.opus"})
    assert 'src="sound/01.opus"' in files["track-1.html"].decode()


@pytest.mark.parametrize(
    ("page", "which"), [(explorer.track_page, 99), (explorer.motif_page, "ZZ")]
)
def test_what_is_not_there_is_a_key_error(page, which):
    with pytest.raises(KeyError):
        page(explored.context(), which)


def test_an_album_without_a_track_says_what_to_do():
    nothing = soundtracks.soundtrack(title="Nothing")
    text = explorer.album_page(explored.context(soundtrack=nothing, findings=()))
    assert "Nothing could be heard yet" in text


def test_an_album_without_motifs_says_that_this_is_an_answer():
    bare = evolve(explored.album(), motifs=())
    assert "No motif found" in explorer.album_page(explored.context(soundtrack=bare))


@pytest.mark.parametrize("page", [explorer.gems_page, explorer.findings_page])
def test_pages_of_findings_say_how_they_come_about_where_there_are_none(page):
    assert "unsung article" in page(explored.context(findings=()))


def test_a_finding_says_its_verdict_its_chance_and_what_speaks_against_it(served):
    text = served["gems"]
    assert "supported" in text
    assert "2.0 % of trials" in text
    assert "What counts as merit is a choice" in text
    assert '<a href="/a/the-skerry-light/track/1">First Light</a>' in text


def test_findings_of_a_question_that_no_chapter_knows_stand_last():
    more = (*explored.findings(), explored.finding(slug="own", question="a-plug-in"))
    text = explorer.findings_page(explored.context(findings=more))
    assert text.index("A plug in") > text.index("Cultural and thematic relevance")


def test_the_library_tells_what_cannot_be_read_and_why():
    cards = (
        explorer.AlbumCard("a", "One", "/music/one", "/a/a/", "heard", 3, 100.0, 2),
        explorer.AlbumCard("b", "Two", "/gone", "", "unreadable", reason="its folder is gone"),
    )
    text = explorer.library_page(explorer.LibraryContext(cards, "0.1.0"))
    assert "3 tracks" in text
    assert "its folder is gone" in text


def test_an_empty_library_says_how_it_fills():
    text = explorer.library_page(explorer.LibraryContext((), "0.1.0"))
    assert "Nothing on the shelf yet" in text


def test_an_error_is_told_in_its_own_words():
    assert "no &lt;such&gt; track" in explorer.error_page(404, "no <such> track")


def test_a_context_that_can_be_written_needs_an_address_for_it():
    with pytest.raises(ValueError, match="address"):
        explored.in_a_folder(can_write=True)


# the map


def plain_map(context):
    return map_plain(context, album_scales(context.soundtrack))


def test_the_map_numbers_occurrences_as_the_trail_does():
    context = explored.context()
    rows = plain_map(context)["occurrences"]
    motifs = context.soundtrack.motifs
    assert [row[6] for row in rows if row[0] == 0] == list(range(1, len(motifs[0].occurrences) + 1))
    starts = [(row[1], row[2]) for row in rows if row[0] == 0]
    assert starts == sorted(starts)


def test_the_map_tells_what_people_said():
    album = explored.album()
    first = album.motifs[0].occurrences
    said = (
        Statement(first[0].track_file, first[0].span, "Ada", "A"),
        Statement(first[1].track_file, first[1].span, "Ada", "A", holds=False),
        Statement("02 track.ogg", Span(33, 36), "Ada", "A"),
    )
    context = explored.context(soundtrack=evolve(album, testimony=Testimony(said)))
    verdicts = [row[5] for row in plain_map(context)["occurrences"] if row[0] == 0]
    assert sorted(verdicts)[-3:] == [1, 1, 2]
    assert len(trail(album.motifs[0], context.soundtrack)) == len(first) + 1


def test_the_map_of_a_crowd_stays_small():
    crowd = explored.context(soundtrack=explored.crowded(5000))
    plain = plain_map(crowd)
    assert len(plain["occurrences"]) == 5000
    assert len(json.dumps(plain, separators=(",", ":"))) < 300_000


# an occurrence beside the others


def _turned(semitones, *changes):
    return Occurrence("a", Span(0, 1), semitones, 1.0, 1.0, changes)


def test_the_odd_one_out_is_the_one_whose_changes_nobody_shares():
    usual = tuple(evolve(_turned(5, "key"), span=Span(k, k + 1)) for k in range(5))
    odd = evolve(_turned(-7, "mode", "rhythm", "fragment"), span=Span(20, 21))
    motif = Motif("A", usual[0], (*usual, odd))
    assert odd_one_out(motif) == ("a", Span(20, 21))


def test_among_equals_and_among_few_nobody_is_odd():
    same = tuple(evolve(_turned(5, "key"), span=Span(k, k + 1)) for k in range(6))
    assert odd_one_out(Motif("A", same[0], same)) is None
    few = (_turned(0), _turned(9, "mode"), _turned(3, "key"))
    assert odd_one_out(Motif("A", few[0], few)) is None


def test_the_level_of_a_stretch_is_between_its_moments():
    hearing = soundtracks.recording_hearing(30.0, 3)
    momentary = hearing.loudness.momentary
    level = level_lufs(hearing, Span(10, 14))
    inside = momentary.values[0][momentary.frames.slice_of(Span(10, 14), momentary.values.shape[1])]
    assert inside.min() <= level <= inside.max()


def test_a_score_has_no_level():
    assert isinstance(level_lufs(soundtracks.score_hearing(), Span(0, 1)), NotHeard)


# the piano roll


def test_every_note_is_a_stroke_of_the_roll():
    hearing = soundtracks.recording_hearing(30.0, 3)
    strokes = re.findall(r"M\d+ \d+h\d+", str(piano_roll(hearing, TimeAxis(30.0))))
    assert len(strokes) == len(hearing.notes)


def test_silence_has_no_roll():
    assert piano_roll(soundtracks.silent_hearing(), TimeAxis(5.0)) == ""


def test_a_note_stands_where_it_begins():
    hearing = soundtracks.recording_hearing(30.0, 3)
    lefts = {int(x) for x in re.findall(r"M(\d+) \d+h", str(piano_roll(hearing, TimeAxis(30.0))))}
    expected = np.rint(hearing.notes.onset_s / 30.0 * 10_000).astype(int)
    assert set(expected.tolist()) <= lefts | {0}


# search


@pytest.mark.parametrize("query", ["first", "FIRST light", "fírst"])
def test_a_title_is_found_whatever_its_case_and_accents(query):
    found = explorer.hits(explored.context(), query)
    assert ("track", "/a/the-skerry-light/track/1") in [(one.kind, one.address) for one in found]


def test_an_instrument_is_found_where_it_is_heard():
    found = [one for one in explorer.hits(explored.context(), "flute") if one.kind == "instrument"]
    assert found
    assert all("#t=" in one.address for one in found)


@pytest.mark.parametrize("query", ["", "   ", "zzzz"])
def test_nothing_is_found_for_nothing(query):
    assert explorer.hits(explored.context(), query) == ()


# what is shipped


def test_script_and_style_stay_under_eighty_kilobytes_together():
    import gzip

    whole = b"".join(explorer.static_file(name) for name in explorer.STATIC_FILES)
    assert len(gzip.compress(whole, 9)) < 80_000


def test_only_the_files_of_the_explorer_are_static():
    with pytest.raises(KeyError):
        explorer.static_file("../context.py")
