"""MIDI plays as written, damaged or not; drums are kept out of the notes."""

import io
import time

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import event, is_score_or_one_line, meta, midi, track

from unsung.library import score, score_digest
from unsung.library.midi import midi_score
from unsung.model.errors import LibraryError
from unsung.model.pitch import Key


def note(key, wait=0, length=480, channel=0):
    return event(wait, 0x90 | channel, key, 90) + event(length, 0x80 | channel, key, 0)


def test_notes_sound_at_their_time_under_changing_tempo():
    tempi = meta(0, 0x51, (500_000).to_bytes(3)) + meta(960, 0x51, (1_000_000).to_bytes(3))
    played = midi_score(midi(tempi, note(60) + note(62) + note(64)))
    np.testing.assert_allclose(played.onset_ql, [0, 1, 2])
    np.testing.assert_allclose(played.notes.onset_s, [0, 0.5, 1])
    np.testing.assert_allclose(played.notes.duration_s, [0.5, 0.5, 1])
    np.testing.assert_array_equal(played.notes.midi_pitch, [60, 62, 64])
    assert [(m.onset_s, m.onset_ql, m.tempo_bpm) for m in played.tempo_marks] == [
        (0, 0, 120),
        (1, 2, 60),
    ]
    assert played.duration_s == 2


def test_metre_and_key_are_read():
    signs = meta(0, 0x58, bytes([6, 3, 24, 8])) + meta(0, 0x59, bytes([0xFD, 1]))
    played = midi_score(midi(signs, note(60)))
    assert (played.metre_marks[0].beats, played.metre_marks[0].beat_type) == (6, 8)
    assert played.key_marks[0].fifths == -3
    assert played.key_marks[0].key == Key(0, "minor")


def test_parts_are_named_by_track_else_by_instrument():
    horn = meta(0, 0x03, b"Horn in F") + note(60)
    flute = event(0, 0xC1, 73) + note(72, channel=1)
    nameless = meta(0, 0x03, b"Track 3") + event(0, 0xC2, 73) + note(74, channel=2)
    played = midi_score(midi(horn, flute, nameless))
    assert played.notes.part_names == ("Horn in F", "Flute", "Flute 2")
    np.testing.assert_array_equal(played.notes.part, [0, 1, 2])


def test_one_track_for_all_is_parted_by_channel_and_instrument():
    content = event(0, 0xC0, 40) + note(60) + event(0, 0xC0, 42) + note(48)
    assert midi_score(midi(content, form=0)).notes.part_names == ("Violin", "Cello")


def test_drums_are_left_out_but_count_for_the_length():
    played = midi_score(midi(note(60) + note(36, wait=480, channel=9)))
    assert len(played.notes) == 1
    assert played.duration_s == 1.5
    assert len(midi_score(midi(note(36, channel=9))).notes) == 0


def test_a_key_never_let_go_ends_in_bounded_time():
    stuck = event(0, 0x90, 60, 90) + event(480 * 400, 0xB0, 7, 100)
    assert midi_score(midi(stuck)).duration_ql.tolist() == [16]
    again = event(0, 0x90, 60, 90) + note(60, wait=240)
    assert midi_score(midi(again)).duration_ql.tolist() == [0.5, 1]


def test_a_note_of_no_length_is_heard_all_the_same():
    played = midi_score(midi(note(60, length=0)))
    assert played.notes.duration_s[0] > 0


def test_silence_by_velocity_zero_and_running_status_are_understood():
    running = event(0, 0x90, 60, 90) + event(480, 60, 0) + event(0, 64, 90) + event(480, 64, 0)
    played = midi_score(midi(running))
    assert played.onset_ql.tolist() == [0, 1]
    assert played.duration_ql.tolist() == [1, 1]


@pytest.mark.parametrize("us", [0, 1, 2**24 - 1])
def test_an_absurd_tempo_is_held_within_what_can_be_played(us):
    played = midi_score(midi(meta(0, 0x51, us.to_bytes(3)), note(60)))
    assert 5 <= played.tempo_marks[0].tempo_bpm <= 1000


def test_film_frames_keep_seconds_whatever_the_tempo_says():
    slow = meta(0, 0x51, (4_000_000).to_bytes(3))
    played = midi_score(midi(slow + note(60, wait=1000, length=500), division=-25 * 256 + 40))
    assert played.notes.onset_s.tolist() == [1]
    assert played.notes.duration_s.tolist() == [0.5]


def test_a_hundred_thousand_notes_in_a_bar_are_read_in_bounded_time():
    crowd = b"".join(event(k % 2, 0x90, k % 128, 90) for k in range(100_000))
    began = time.process_time()
    assert len(midi_score(midi(crowd)).notes) > 50_000
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "content",
    [
        b"MThd",
        midi(),
        midi(b""),
        midi(note(60), division=0),
        midi(meta(0, 0x51, b"")),
        midi(event(2**28 - 1, 0) * 40 + b"".join(note(60, wait=2**28 - 1) for _ in range(40))),
    ],
)
def test_what_holds_no_music_is_one_line(content):
    with pytest.raises(LibraryError) as told:
        midi_score(content)
    assert "\n" not in str(told.value)


def test_a_track_that_breaks_off_is_read_up_to_there():
    whole = midi(note(60) + note(62) + note(64))
    assert midi_score(whole[:-12]).notes.midi_pitch.tolist()[:2] == [60, 62]


def test_a_wrapped_file_plays_like_the_bare_one(tmp_path):
    bare = midi(note(60) + note(62))
    wrapped = b"RIFF" + (12 + len(bare)).to_bytes(4, "little") + b"RMIDdata"
    (tmp_path / "x.mid").write_bytes(wrapped + len(bare).to_bytes(4, "little") + bare)
    assert score_digest(score(tmp_path, track("x.mid", "score"))) == score_digest(midi_score(bare))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_score_or_one_line(content):
    assert is_score_or_one_line(midi_score, midi(content))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 960), st.integers(1, 960), st.integers(0, 127)),
        min_size=1,
        max_size=20,
    ),
    st.integers(24, 960),
)
def test_what_mido_writes_is_read_back(written, division):
    file = mido.MidiFile(ticks_per_beat=division)
    expected = []
    for channel, start, length, key in written:
        notes = file.add_track()
        notes.append(mido.Message("note_on", channel=channel, note=key, velocity=64, time=start))
        notes.append(mido.Message("note_off", channel=channel, note=key, time=length))
        expected.append((start / division, key, length / division))
    stream = io.BytesIO()
    file.save(file=stream)
    played = midi_score(stream.getvalue())
    columns = (played.onset_ql, played.notes.midi_pitch, played.duration_ql)
    read = sorted(zip(*(one.tolist() for one in columns), strict=True))
    np.testing.assert_allclose(read, sorted(expected), atol=1e-9)


def test_scores_are_known_by_what_they_say():
    one, same = midi(note(60)), midi(meta(0, 0x01, b"words") + note(60))
    assert score_digest(midi_score(one)) == score_digest(midi_score(same))
    assert score_digest(midi_score(one)) != score_digest(midi_score(midi(note(61))))


def test_a_score_that_is_gone_names_itself(tmp_path):
    with pytest.raises(LibraryError, match=r"x\.mid: "):
        score(tmp_path, track("x.mid", "score"))
