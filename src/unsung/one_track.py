"""The order within one track: what is heard in it, and what follows from what."""

from unsung.listening.articulation import articulation
from unsung.listening.aspects import recording_sections, score_sections
from unsung.listening.atonality import atonality
from unsung.listening.brightness import brightness
from unsung.listening.cadences import cadences
from unsung.listening.character import likeness
from unsung.listening.chord_chances import chord_chances
from unsung.listening.chords import chords, score_chords
from unsung.listening.chroma import chroma, score_chroma, tuning
from unsung.listening.colour import sound_colour
from unsung.listening.colours import colours
from unsung.listening.constant_q import constant_q
from unsung.listening.density import density
from unsung.listening.dynamics import dynamics
from unsung.listening.emotion import emotion, emotion_table_digest
from unsung.listening.impressions import impressions
from unsung.listening.instruments import instruments
from unsung.listening.key import key
from unsung.listening.layers import layers
from unsung.listening.loudness import metered_loudness
from unsung.listening.melody import melody
from unsung.listening.modes import modes
from unsung.listening.networks import arrays_digest, weights_digest
from unsung.listening.ostinati import ostinati
from unsung.listening.pedals import pedals
from unsung.listening.planing import planing
from unsung.listening.pulse import pulse
from unsung.listening.register import register
from unsung.listening.roughness import roughness, score_roughness
from unsung.listening.tempo import score_tempo, tempo
from unsung.listening.tension import tension
from unsung.listening.texture import score_texture, texture
from unsung.listening.theme_chroma import NETWORKS as THEME_NETWORKS
from unsung.listening.theme_chroma import theme_chroma
from unsung.listening.timbre import timbre
from unsung.listening.transcription import notes
from unsung.listening.turning_points import turning_points
from unsung.listening.written import written_duration_s, written_notes, written_score
from unsung.listening.written_instruments import written_instruments
from unsung.listening.written_pulse import score_pulse
from unsung.model.harmony import Chords
from unsung.model.hearing import KeyCurve
from unsung.model.notes import Notes
from unsung.model.score import Score
from unsung.model.settings import Settings
from unsung.session import Answers, Playback, Reading, Source, Task
from unsung.store import Known, Memory, known


def heard(task: Task, memory: Memory) -> tuple[Source, Answers]:
    """What the track of `task` is known by, and all that is heard in it."""
    if task.track.kind == "recording":
        sound = Playback(task.place, task.track, task.source)
        return sound.recording, heard_in_recording(sound, memory, task.settings)
    page = Reading(task.place, task.track, task.source).score
    return page.digest, heard_in_score(page, memory, task.settings)


def heard_in_recording(sound: Playback, memory: Memory, settings: Settings) -> Answers:
    """All that is heard in a recording."""
    ask, audio = memory.ask, sound.audio
    duration_s = known(sound.recording.duration_s)
    spectrum = memory.derive(constant_q, audio)
    pitches = ask(chroma, spectrum)
    colour = ask(timbre, audio)
    loud = ask(metered_loudness, sound.meter)
    played = ask(notes, audio, known(settings.notes), uses=weights_digest("nmp"))
    triads = memory.derive(chord_chances, spectrum, uses=weights_digest("chords"))
    named = ask(chords, played, pitches, triads, duration_s)
    home = ask(key, played, duration_s, known(settings.key))
    line = ask(melody, played)
    impressed = memory.derive(impressions, audio, uses=weights_digest("yamnet"))
    felt = ask(pulse, audio, played, loud, known(settings.tempo), uses=weights_digest("beatnet"))
    pace = ask(tempo, felt, duration_s, known(settings.tempo))
    busy, height = ask(density, played, duration_s), ask(register, played, duration_s)
    bright = ask(brightness, audio)
    parts = ask(recording_sections, pitches, colour, loud, duration_s, known(settings.sections))
    shown = ask(
        emotion, ask(sound_colour, audio), pitches, home, felt, parts, uses=emotion_table_digest()
    )
    return {
        "loudness": loud,
        "notes": played,
        "melody": line,
        "theme_chroma": ask(theme_chroma, spectrum, uses=weights_digest(*THEME_NETWORKS)),
        "chroma": pitches,
        "tuning": ask(tuning, spectrum),
        "key": home,
        "chords": named,
        **_harmony(memory, played, home, named, duration_s),
        "roughness": ask(roughness, spectrum),
        "pulse": felt,
        "tempo": pace,
        "sections": parts,
        "brightness": bright,
        "dynamics": ask(dynamics, loud),
        "density": busy,
        "register": height,
        "emotion": shown,
        "turning_points": ask(turning_points, shown, loud, pace, home, busy, height, bright),
        **_layers(memory, played, line, duration_s),
        "texture": ask(texture, played, line, duration_s),
        "instruments": ask(instruments, impressed, loud, uses=arrays_digest("instruments")),
        "likeness": ask(likeness, impressed, loud),
    }


def heard_in_score(score: Known[Score], memory: Memory, settings: Settings) -> Answers:
    """All that can be told from a score; what only sound can tell is left out."""
    ask = memory.ask
    page = ask(written_score, score)
    written, duration_s = ask(written_notes, page), ask(written_duration_s, page)
    pitches = ask(score_chroma, written, duration_s)
    busy, height = ask(density, written, duration_s), ask(register, written, duration_s)
    named = ask(score_chords, written, pitches, duration_s)
    home = ask(key, written, duration_s, known(settings.key))
    line = ask(melody, written)
    return {
        "score": page,
        "notes": written,
        "melody": line,
        "chroma": pitches,
        "key": home,
        "chords": named,
        **_harmony(memory, written, home, named, duration_s),
        "roughness": ask(score_roughness, written, duration_s),
        "pulse": ask(score_pulse, page),
        "tempo": ask(score_tempo, page),
        "sections": ask(
            score_sections, pitches, busy, height, duration_s, known(settings.sections)
        ),
        "density": busy,
        "register": height,
        **_layers(memory, written, line, duration_s),
        "texture": ask(score_texture, written, line, duration_s),
        "instruments": ask(written_instruments, written, duration_s),
    }


def _layers(
    memory: Memory, sounding: Known[Notes], line: Known[Notes], duration_s: Known[float]
) -> Answers:
    """What lies beside the leading line, and how that line is played."""
    return {
        "layers": memory.ask(layers, sounding, line, duration_s),
        "articulation": memory.ask(articulation, line, duration_s),
    }


def _harmony(
    memory: Memory,
    sounding: Known[Notes],
    home: Known[KeyCurve],
    named: Known[Chords],
    duration_s: Known[float],
) -> Answers:
    """What harmony does, from notes that were heard or written alike."""
    ask = memory.ask
    return {
        "modes": ask(modes, sounding, home, duration_s),
        "cadences": ask(cadences, sounding, named, home),
        "pedals": ask(pedals, sounding, duration_s),
        "ostinati": ask(ostinati, sounding),
        "planing": ask(planing, sounding),
        "tension": ask(tension, sounding, home, duration_s),
        "colours": ask(colours, sounding, duration_s),
        "atonality": ask(atonality, sounding, home, duration_s),
    }
