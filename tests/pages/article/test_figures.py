"""The article's figures: they stand alone, can be put anywhere, and say what was heard."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import soundtracks
from attrs import evolve

from unsung.model.motif import Statement, Testimony
from unsung.model.sound import Feature
from unsung.pages.article.figures import (
    Axis,
    ChartPoint,
    GemChart,
    dark_rules,
    emotional_arc,
    gem_chart,
    motif_map,
    tapestry,
    transformations,
)

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
LEFT, WIDE = 108, 600


def chart(count=12, gems=(2, 5, 9), title="Cue"):
    """Tracks along the album, some of them gems."""
    dice = np.random.default_rng(4)
    points = []
    for k in range(count):
        merit = 80 + k if k in gems else float(dice.uniform(5, 60))
        points.append(
            ChartPoint(f"{title} {k}", k, merit, merit - 4, merit + 6, k in gems, "wonder")
        )
    return GemChart(tuple(points), Axis("the beginning", "the end"))


def every(album):
    """Every figure of an album, and a gem chart with its title."""
    made = [motif_map(album), emotional_arc(album), tapestry(album)]
    made += [transformations(album, motif) for motif in album.motifs]
    return [one for one in (*made, gem_chart(chart(title=album.album.title))) if one]


@pytest.fixture(scope="module")
def album():
    return soundtracks.small()


@pytest.fixture(scope="module", params=["small", "awkward"])
def figures(request):
    return every(getattr(soundtracks, request.param)())


def rooted(figure):
    return ET.fromstring(figure.svg)  # noqa: S314 (our own)


def texts(figure):
    return [one.text for one in rooted(figure).iter(f"{SVG}text")]


def test_there_is_a_figure_of_each_kind(figures):
    kinds = ["motif-map", "emotional-arc", "tapestry", "motif-a", "motif-b", "gem-chart"]
    assert [one.slug for one in figures] == kinds


def test_figures_are_drawings_that_any_reader_of_xml_reads(figures):
    for one in figures:
        root = rooted(one)
        assert root.tag == f"{SVG}svg"
        assert root.attrib["viewBox"].startswith("0 0 720 ")
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]


def test_figures_have_no_style_no_script_and_nothing_from_elsewhere(figures):
    allowed = {"svg", "desc", "defs", "pattern", "g", "rect", "path", "polygon", "ellipse",
               "circle", "text", "use"}  # fmt: skip
    for one in figures:
        for element in rooted(one).iter():
            assert element.tag.removeprefix(SVG) in allowed
            names = set(element.attrib)
            assert "style" not in names
            assert not [name for name in names if name.startswith(("on", "data-"))]
            assert element.attrib.get(XLINK, "#").startswith("#")
        assert "var(" not in one.svg
        assert "oklch" not in one.svg


def test_colours_are_plain_hexadecimals(figures):
    for one in figures:
        paints = re.findall(r' (?:fill|stroke)="([^"]*)"', one.svg)
        assert all(re.fullmatch(r"none|#[0-9a-f]{6}|url\(#[\w-]+\)", paint) for paint in paints)
        assert len(paints) > 5


def test_every_colour_has_a_class_that_the_dark_page_knows(figures):
    rules = dark_rules(".essay")
    for one in figures:
        for element in rooted(one).iter():
            for name in element.attrib.get("class", "").split():
                assert name == "article-figure" or f".essay .{name} {{" in rules


def test_names_are_unique_over_all_figures_and_what_is_used_is_there(figures):
    names = [name for one in figures for name in re.findall(r' id="([^"]*)"', one.svg)]
    assert len(names) == len(set(names))
    for one in figures:
        used = re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', one.svg)
        inside = set(re.findall(r' id="([^"]*)"', one.svg))
        assert {name for pair in used for name in pair if name} <= inside
        assert rooted(one).attrib["aria-describedby"] in inside


def test_words_are_large_enough_for_a_telephone(figures):
    for one in figures:
        sizes = [int(text.attrib["font-size"]) for text in rooted(one).iter(f"{SVG}text")]
        assert min(sizes) >= 15


def test_the_same_album_gives_the_same_bytes(album):
    assert every(album) == every(soundtracks.small())


def test_numbers_of_captions_are_facts(figures):
    for one in figures:
        assert not re.search(r"\d", one.caption.words)
        assert one.caption.findings == ()


def test_captions_name_the_findings_they_are_given(album):
    rests_on = ("one-finding", "another")
    made = [motif_map(album, rests_on), emotional_arc(album, rests_on), tapestry(album, rests_on),
            transformations(album, album.motifs[0], rests_on),
            gem_chart(chart(), rests_on)]  # fmt: skip
    assert [one.caption.findings for one in made] == [rests_on] * 5


def test_a_figure_says_the_same_in_words(album):
    by_slug = {one.slug: one.description for one in every(album)}
    assert "Motif A: 7 occurrences in 3 tracks, first in Overture at 0:12" in by_slug["motif-map"]
    assert "Turn 1, Overture at" in by_slug["emotional-arc"]
    assert "strings for" in by_slug["tapestry"]
    assert "The longest keys:" in by_slug["tapestry"]
    assert "Motif A, Overture at 0:12: G4 C5 D5 E♭5 D5 C5 G5 F5." in by_slug["motif-a"]
    assert "Gems, the best first: The Glass Meridian 9 (wonder), merit 89" in by_slug["gem-chart"]
    for one in every(album):
        assert rooted(one).findtext(f"{SVG}desc") == one.description


@pytest.mark.parametrize("title", ["\x00\x1b[31m", "\ud800", "\u202egnol", "a\nb\tc", "]]>&<"])
def test_titles_that_no_page_can_hold_do_not_break_a_figure(album, title):
    heard = tuple(evolve(one, track=evolve(one.track, title=title)) for one in album.heard)
    for one in every(evolve(album, heard=heard)):
        drawn = rooted(one)
        one.svg.encode()
        assert not re.search("[\x00-\x1f\u202e]", "".join(drawn.itertext()))


def test_a_long_title_is_cut_where_its_room_ends(album):
    heard = tuple(evolve(one, track=evolve(one.track, title="Long " * 90)) for one in album.heard)
    for one in every(evolve(album, heard=heard)):
        assert max((len(text) for text in texts(one)), default=0) < 110


def test_where_nothing_was_heard_nothing_is_drawn():
    empty = soundtracks.soundtrack()
    assert motif_map(empty) is emotional_arc(empty) is tapestry(empty) is None
    assert gem_chart(GemChart(())) is gem_chart(chart(1)) is None


def test_silence_has_no_figures():
    track = soundtracks.track(1, "Nothing")
    silent = soundtracks.soundtrack(soundtracks.Heard(track, soundtracks.silent_hearing()))
    assert every(silent)[:-1] == []


def test_a_score_has_no_arc_and_may_have_motifs():
    track = soundtracks.track(1, "On paper", kind="score")
    score = soundtracks.soundtrack(soundtracks.Heard(track, soundtracks.score_hearing()))
    assert emotional_arc(score) is None
    assert motif_map(score) is None


def test_a_motif_of_a_track_that_is_gone_is_left_out(album):
    without = evolve(album, heard=album.heard[3:])
    assert motif_map(without) is None
    assert transformations(without, album.motifs[0]) is None


def blocks(figure):
    """The blocks of motifs: from, to, how tall, its colour."""
    found = [one.attrib for one in rooted(figure).iter(f"{SVG}rect")
             if "motif-" in one.attrib.get("class", "")]  # fmt: skip
    return [(float(one["x"]), float(one["x"]) + float(one["width"]), float(one["height"]),
             one["class"]) for one in found]  # fmt: skip


def test_a_block_stands_where_its_motif_sounds(album):
    starts_s = np.cumsum([0, *(one.hearing.duration_s for one in album.heard)])
    files = [one.track.file for one in album.heard]
    expected = sorted(
        LEFT + WIDE * (starts_s[files.index(one.track_file)] + middle_s) / starts_s[-1]
        for motif in album.motifs
        for one in motif.occurrences
        for middle_s in [(one.span.start_s + one.span.end_s) / 2]
    )
    drawn = sorted((start + end) / 2 for start, end, _, _ in blocks(motif_map(album)))
    assert drawn == pytest.approx(expected, abs=0.2)


def test_what_is_surer_is_taller(album):
    motif = album.motifs[0]
    tall = {round(one.confidence, 2): height for one, (_, _, height, look)
            in zip(motif.occurrences, blocks(motif_map(album)), strict=False)}  # fmt: skip
    assert sorted(tall, key=tall.get) == sorted(tall)


def test_what_a_person_confirmed_has_an_outline_and_what_they_rejected_is_empty(album):
    first, second = album.motifs[0].occurrences[:2]
    said = (
        Statement(first.track_file, first.span, "Ada Vale", "A"),
        Statement(second.track_file, second.span, "Ada Vale", "A", holds=False),
    )
    figure = motif_map(evolve(album, testimony=Testimony(said)))
    assert sum("stroke-ink" in look for *_, look in blocks(figure)) == 1
    assert figure.svg.count("stroke-dasharray") == 1
    assert "a person confirmed it" in figure.caption.words
    assert "1 confirmed by a person" in figure.description


def test_a_map_of_an_album_as_long_as_they_come_stays_small():
    album = soundtracks.long_album()
    motif = soundtracks.themes.with_motifs(album).motifs[0]
    files = [one.track.file for one in album.heard]
    stated = tuple(evolve(motif.occurrences[k % 7], track_file=files[k % 41]) for k in range(60))
    motifs = tuple(evolve(motif, label=letter, occurrences=stated) for letter in "ABCDEFGHIJ")
    crowded = evolve(album, motifs=motifs)
    figure = motif_map(crowded)
    assert len(figure.svg) < 150_000
    assert [text for text in texts(figure) if text in "ABCDEFGHIJ"] == list("ABCDEFGH")
    assert figure.caption.facts["motifs"].value == 8
    assert len(emotional_arc(album).svg) < 60_000
    assert len(tapestry(album).svg) < 60_000


def test_the_hill_is_highest_where_the_energy_is(album):
    emotion = album.heard[1].hearing.emotion
    rising = np.linspace(2, 8, emotion.arousal.values.shape[1])[None]
    first = evolve(album.heard[1].hearing, emotion=evolve(
        emotion, arousal=Feature(rising, emotion.arousal.frames),
        tension=Feature(0 * rising + 3, emotion.arousal.frames)))  # fmt: skip
    alone = soundtracks.soundtrack(evolve(album.heard[1], hearing=first))
    _, line = re.findall(r'stroke="#1d4e5f" [^>]*d="M108 ([^"]*)"', emotional_arc(alone).svg)
    numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", line.partition("l")[2])]
    rises = numbers[1::2]
    assert len(rises) > 60
    assert max(rises) <= 0 < -sum(rises)


def test_at_most_six_turns_are_numbered_and_each_is_named():
    figure = emotional_arc(soundtracks.long_album())
    numbers = [text for text in texts(figure) if re.fullmatch("[1-6]", text)]
    assert all(numbers.count(str(k)) >= 2 for k in range(1, 7))
    assert sum("Cue number" in text for text in texts(figure)) == 6
    assert figure.caption.facts["turns"].value == 6


def test_the_arc_says_how_far_it_may_be_trusted(album):
    facts = emotional_arc(album).caption.facts
    reliability = album.heard[0].hearing.emotion.reliability
    assert facts["arousal_trust"].value == pytest.approx(reliability.arousal)
    assert facts["tension_trust"].value == pytest.approx(reliability.tension)


def test_the_tapestry_names_families_and_the_longest_key(album):
    figure = tapestry(album)
    assert {"strings", "woodwind", "key"} <= set(texts(figure))
    lengths_s = {}
    for one in album.heard:
        for span in one.hearing.key.spans:
            lengths_s[span.key] = lengths_s.get(span.key, 0) + span.span.duration_s
    named = {key.name: long_s for key, long_s in lengths_s.items() if hasattr(key, "name")
             and hasattr(key, "mode")}  # fmt: skip
    assert figure.caption.facts["key"] == max(named, key=named.get)


def test_the_strings_of_a_tapestry_are_drawn_where_they_are_heard():
    one = soundtracks.Heard(soundtracks.track(1, "Alone"), soundtracks.recording_hearing(120.0, 2))
    figure = tapestry(soundtracks.soundtrack(one))
    by_class = {path.attrib.get("class", ""): path.attrib["d"]
                for path in rooted(figure).iter(f"{SVG}path")}  # fmt: skip
    woodwind = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", by_class["fill-family-1"])
    assert float(woodwind[1]) == LEFT
    assert float(woodwind[2]) == pytest.approx(LEFT + WIDE / 3, abs=6)


def test_a_motif_that_a_person_named_bears_its_name(album):
    assert {"A", "B", "The round"} <= set(texts(motif_map(album)))
