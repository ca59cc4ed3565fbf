"""MusicXML sounds as a player would read it: repeats, ties, transposition and all."""

import io
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import is_score_or_one_line, track

from unsung.library import score
from unsung.library.musicxml import musicxml_score
from unsung.library.unfolding import Signs, played
from unsung.model.errors import LibraryError
from unsung.model.pitch import Key


def note(name="C4", quarters=1, extra="", divisions=2):
    step, alter, octave = name[0], name.count("#") - name.count("b"), name[-1]
    pitch = f"<pitch><step>{step}</step><alter>{alter}</alter><octave>{octave}</octave></pitch>"
    return f"<note>{extra}{pitch}<duration>{round(quarters * divisions)}</duration></note>"


def rest(quarters=1):
    return f"<note><rest/><duration>{2 * quarters}</duration></note>"


def page(*parts, names=("Flute", "Horn", "Bass")):
    """A score; each part a list of what its bars hold."""
    listed = "".join(
        f'<score-part id="P{at}"><part-name>{names[at]}</part-name></score-part>'
        for at in range(len(parts))
    )
    written = "".join(f'<part id="P{at}">{_bars(bars)}</part>' for at, bars in enumerate(parts))
    return (
        '<?xml version="1.0"?><score-partwise version="4.0">'
        f"<part-list>{listed}</part-list>{written}</score-partwise>"
    ).encode()


def _bars(bars):
    first = "<attributes><divisions>2</divisions></attributes>"
    return "".join(
        f'<measure number="{at}">{first if at == 0 else ""}{bar}</measure>'
        for at, bar in enumerate(bars)
    )


def pitches(content):
    return musicxml_score(content).notes.midi_pitch.tolist()


REPEAT = '<barline><repeat direction="backward"/></barline>'
REPEAT_START = '<barline location="left"><repeat direction="forward"/></barline>'


def volta(number, kind):
    side = "left" if kind == "start" else "right"
    return f'<barline location="{side}"><ending number="{number}" type="{kind}"/></barline>'


def test_parts_sound_together_with_their_names():
    content = page([note("C4") + note("D4")], [note("E3", 2)])
    read = musicxml_score(content)
    assert read.notes.part_names == ("Flute", "Horn")
    assert read.onset_ql.tolist() == [0, 0, 1]
    assert read.notes.midi_pitch.tolist() == [52, 60, 62]
    assert read.duration_ql.tolist() == [2, 1, 1]


def test_tempo_metre_and_key_come_from_the_page():
    signs = (
        "<attributes><key><fifths>2</fifths><mode>minor</mode></key>"
        "<time><beats>3</beats><beat-type>4</beat-type></time></attributes>"
        '<direction><direction-type><words>Lento</words></direction-type><sound tempo="60"/>'
        "</direction>"
    )
    faster = (
        "<direction><direction-type><metronome><beat-unit>half</beat-unit>"
        "<per-minute>60</per-minute></metronome></direction-type></direction>"
    )
    read = musicxml_score(page([signs + note("C4", 3), faster + note("D4", 3)]))
    assert read.notes.onset_s.tolist() == [0, 3]
    assert read.notes.duration_s.tolist() == [3, 1.5]
    assert [mark.tempo_bpm for mark in read.tempo_marks] == [60, 120]
    assert (read.metre_marks[0].beats, read.metre_marks[0].beat_type) == (3, 4)
    assert read.key_marks[0].key == Key(11, "minor")


def test_tied_notes_sound_as_one():
    start, stop = '<tie type="start"/>', '<tie type="stop"/>'
    read = musicxml_score(page([note(extra=start), note(extra=stop) + note()]))
    assert read.duration_ql.tolist() == [2, 1]


def test_transposing_instruments_sound_where_they_sound():
    horn = "<attributes><transpose><chromatic>-7</chromatic></transpose></attributes>"
    bass = (
        "<attributes><transpose><chromatic>0</chromatic><octave-change>-1</octave-change>"
        "</transpose></attributes>"
    )
    assert pitches(page([note("C4")], [horn + note("C4")], [bass + note("C4")])) == [48, 53, 60]


def test_chords_voices_and_alterations_are_placed():
    content = page(
        [
            note("C4", 2)
            + note("E4", 2, "<chord/>")
            + "<backup><duration>4</duration></backup>"
            + "<forward><duration>2</duration></forward>"
            + note("F#3", 1)
        ]
    )
    read = musicxml_score(content)
    assert read.onset_ql.tolist() == [0, 0, 1]
    assert read.notes.midi_pitch.tolist() == [60, 64, 54]


def test_grace_notes_sound_before_the_note_they_adorn():
    grace = note("B3", 0, "<grace/>") + note("D4", 0, "<grace/>")
    read = musicxml_score(page([rest() + grace + note("C4")]))
    assert read.onset_ql.tolist() == [0.75, 0.875, 1]
    assert read.notes.midi_pitch.tolist() == [59, 62, 60]


def test_a_bar_that_one_part_fills_wrongly_shifts_nothing():
    metre = "<attributes><time><beats>2</beats><beat-type>4</beat-type></time></attributes>"
    good, short = [metre + note("C4", 2), note("D4", 2)], [note("C3"), note("D3", 2)]
    long_rest = [rest(4), note("D2", 2)]
    read = musicxml_score(page(good, short, long_rest))
    assert read.onset_ql.tolist() == [0, 0, 2, 2, 2]


def test_unpitched_percussion_is_left_out():
    drum = (
        "<note><unpitched><display-step>C</display-step></unpitched><duration>2</duration></note>"
    )
    assert pitches(page([note("C4")], [drum])) == [60]


def test_a_repeat_with_two_endings_is_played_out():
    bars = [
        REPEAT_START + note("C4"),
        volta(1, "start") + note("D4") + volta(1, "stop") + REPEAT,
        volta(2, "start") + note("E4") + volta(2, "stop"),
        note("F4"),
    ]
    read = musicxml_score(page(bars, [note("C3")] * 4))
    upper = read.notes.midi_pitch[read.notes.part == 0].tolist()
    assert upper == [60, 62, 60, 64, 65]
    assert read.onset_ql[-1] == 4


def test_after_da_capo_the_tempo_of_the_beginning_returns():
    slow, fast = '<sound tempo="60"/>', '<sound tempo="240"/>'
    bars = [slow + note("C4") + '<sound fine="yes"/>', fast + note("D4") + '<sound dacapo="yes"/>']
    read = musicxml_score(page(bars))
    assert read.notes.duration_s.tolist() == [1, 0.25, 1]
    assert [mark.tempo_bpm for mark in read.tempo_marks] == [60, 240, 60]


@pytest.mark.parametrize(
    ("bars", "order"),
    [
        ([Signs()] * 3, [0, 1, 2]),
        ([Signs(), Signs(ends_repeat=2), Signs()], [0, 1, 0, 1, 2]),
        ([Signs(), Signs(starts_repeat=True, ends_repeat=3)], [0, 1, 1, 1]),
        (
            [Signs(), Signs(ends_repeat=2, volta_starts={1}, volta_stops=True), Signs()],
            [0, 1, 0, 2],
        ),
        (
            [
                Signs(),
                Signs(ends_repeat=2, volta_starts={1, 2}, volta_stops=True),
                Signs(volta_starts={3}, volta_stops=True),
            ],
            [0, 1, 0, 1, 0, 2],
        ),
        ([Signs(fine=True), Signs(da_capo=True)], [0, 1, 0]),
        ([Signs(ends_repeat=2), Signs(fine=True), Signs(da_capo=True)], [0, 0, 1, 2, 0, 1]),
        (
            [
                Signs(),
                Signs(segno=True),
                Signs(to_coda=True),
                Signs(dal_segno=True),
                Signs(coda=True),
            ],
            [0, 1, 2, 3, 1, 2, 4],
        ),
    ],
)
def test_signs_are_played_as_players_do(bars, order):
    assert played(bars) == order


flag = st.booleans()
any_signs = st.builds(
    Signs,
    starts_repeat=flag,
    ends_repeat=st.integers(0, 40),
    volta_starts=st.sets(st.integers(1, 20), max_size=3),
    volta_stops=flag,
    segno=flag,
    coda=flag,
    to_coda=flag,
    fine=flag,
    da_capo=flag,
    dal_segno=flag,
)


@given(st.lists(any_signs, max_size=12))
def test_playing_ends_whatever_the_signs(bars):
    assert len(played(bars)) <= 50_000


def test_timewise_pages_and_wrapped_pages_read_the_same(tmp_path):
    content = page([note("C4"), note("D4")])
    timewise = (
        b'<score-timewise><part-list><score-part id="P0"/></part-list>'
        b'<measure number="1"><part id="P0"><attributes><divisions>2</divisions></attributes>'
        + note("C4").encode()
        + b'</part></measure><measure number="2"><part id="P0">'
        + note("D4").encode()
        + b"</part></measure></score-timewise>"
    )
    start = '<container><rootfiles><rootfile full-path="a/b.xml"/></rootfiles></container>'
    with zipfile.ZipFile(tmp_path / "x.mxl", "w") as wrapping:
        wrapping.writestr("META-INF/container.xml", start)
        wrapping.writestr("a/b.xml", content)
    wrapped = score(tmp_path, track("x.mxl", "score"))
    assert pitches(timewise) == pitches(content) == wrapped.notes.midi_pitch.tolist()
    assert pitches(content.decode().encode("utf-16")) == pitches(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<score-partwise",
        b"<score-partwise/>",
        page([rest(4)]),
        b"PK\x03\x04 damaged",
        b'<!DOCTYPE x [<!ENTITY a "b">]><score-partwise/>',
        page(["<backup><duration>1e99999999</duration></backup>" + rest()]),
    ],
)
def test_what_holds_no_music_is_one_line(content):
    with pytest.raises(LibraryError) as told:
        musicxml_score(content)
    assert "\n" not in str(told.value)


def test_more_notes_than_music_has_are_refused():
    crowd = (note("C4") * 40 + REPEAT.replace("/>", ' times="16"/>', 1)) * 1
    bars = [REPEAT_START + crowd] * 800
    with pytest.raises(LibraryError, match="more than"):
        musicxml_score(page(bars))


@settings(max_examples=60)
@given(st.text(alphabet="<>/abcnote pitch=\"'0123&;", max_size=200))
def test_any_text_gives_a_score_or_one_line(text):
    content = page([note("C4")]).replace(b"</part>", text.encode() + b"</part>")
    assert is_score_or_one_line(musicxml_score, content)


CORPUS = [
    "bach/bwv66.6.mxl",
    "mozart/k80/movement3.mxl",
    "mozart/k155/movement1.mxl",
    "beethoven/opus59no2/movement2.mxl",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS)
def test_real_pages_read_as_partitura_reads_them(name):
    corpus = pytest.importorskip("music21.corpus")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(corpus.__file__).parent / name
        theirs = _partitura_notes(path)
    mine = musicxml_score(path.read_bytes())
    ours = set(zip(mine.onset_ql.round(3).tolist(), mine.notes.midi_pitch.tolist(), strict=True))
    assert theirs
    assert len(theirs - ours) <= 0.002 * len(theirs)


def _partitura_notes(path):
    """Onset and pitch of all but grace notes, as partitura unfolds them."""
    from partitura import load_score
    from partitura.score import unfold_part_maximal

    found = set()
    for part in load_score(str(path)).parts:
        unfolded = unfold_part_maximal(part, update_ids=False, ignore_leaps=False)
        notes = unfolded.note_array()
        notes = notes[notes["duration_div"] > 0]
        onset_ql = unfolded.quarter_map(notes["onset_div"]) - unfolded.quarter_map(0)
        found |= set(zip(np.round(onset_ql, 3).tolist(), notes["pitch"].tolist(), strict=True))
    return found


def test_an_mxl_that_is_a_bomb_is_refused():
    wrapped = io.BytesIO()
    with zipfile.ZipFile(wrapped, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("META-INF/container.xml", '<c><rootfile full-path="x.xml"/></c>')
        with archive.open("x.xml", "w", force_zip64=True) as member:
            for _ in range(257):
                member.write(bytes(2**20))
    with pytest.raises(LibraryError, match="divide"):
        musicxml_score(wrapped.getvalue())
