"""Who plays: General MIDI programs, seats in the room, and how early a player must begin.

`lead_s` is how long the instrument's sound takes to speak after its key is struck, measured on
FluidR3: slow strings begin that much early, as an orchestra does, so that notes are *heard* on
their beat.
"""

from attrs import frozen


@frozen
class Instrument:
    """A part of the orchestra.

    `volume` and `pan` are MIDI controllers 7 and 10, `reverb` is controller 91. A `sung` part
    swells inside its long notes and lets them vibrate.
    """

    name: str
    program: int
    volume: int
    pan: int
    reverb: int = 60
    lead_s: float = 0.0
    sung: bool = False
    kit: bool = False


_ALL = (
    # woodwind
    Instrument("piccolo", 72, 80, 58, 64, 0.025),
    Instrument("flute", 73, 86, 56, 64, 0.03, sung=True),
    Instrument("whistle", 74, 92, 50, 50, 0.02),
    Instrument("oboe", 68, 84, 68, 62, 0.012, sung=True),
    Instrument("english horn", 69, 86, 72, 66, 0.015, sung=True),
    Instrument("clarinet", 71, 87, 62, 62, 0.033, sung=True),
    Instrument("bassoon", 70, 86, 74, 58, 0.022, sung=True),
    # brass
    Instrument("horn", 60, 96, 44, 76, 0.028, sung=True),
    Instrument("horns", 60, 98, 40, 76, 0.035),
    Instrument("trumpet", 56, 104, 76, 66, 0.005, sung=True),
    Instrument("trombones", 57, 88, 84, 66, 0.045),
    Instrument("tuba", 58, 96, 90, 58, 0.025),
    Instrument("brass", 61, 88, 78, 60, 0.016),
    # strings
    Instrument("violins", 48, 104, 36, 66, 0.052, sung=True),
    Instrument("second violins", 48, 104, 48, 66, 0.042),
    Instrument("violas", 48, 104, 72, 66, 0.05),
    Instrument("cellos", 48, 108, 84, 62, 0.04),
    Instrument("basses", 48, 102, 94, 54, 0.04),
    Instrument("short strings", 48, 96, 58, 60, 0.035),
    Instrument("tremolo strings", 44, 98, 54, 66, 0.05),
    Instrument("pizzicato", 45, 98, 66, 60, 0.03),
    Instrument("pizzicato basses", 45, 104, 90, 56, 0.02),
    Instrument("solo violin", 40, 96, 44, 66, 0.025, sung=True),
    Instrument("solo cello", 42, 100, 78, 68, 0.06, sung=True),
    Instrument("fiddle", 110, 104, 52, 44, 0.045),
    Instrument("second fiddle", 110, 78, 80, 44, 0.03),
    # plucked, struck, keys, voices
    Instrument("harp", 46, 98, 30, 68),
    Instrument("guitar", 25, 84, 34, 40),
    Instrument("piano", 0, 92, 60, 58),
    Instrument("celesta", 8, 104, 40, 74),
    Instrument("glockenspiel", 9, 66, 40, 72),
    Instrument("music box", 10, 96, 46, 78),
    Instrument("vibraphone", 11, 98, 74, 66),
    Instrument("xylophone", 13, 78, 82, 60),
    Instrument("tubular bells", 14, 82, 96, 80),
    Instrument("timpani", 47, 104, 64, 66),
    Instrument("accordion", 21, 66, 76, 44, 0.03),
    Instrument("choir", 52, 84, 64, 84, 0.06),
    # electronic
    Instrument("synth bass", 38, 92, 64, 16),
    Instrument("sequencer", 81, 54, 96, 50),
    Instrument("pulse synth", 80, 84, 30, 56),
    Instrument("warm pad", 89, 70, 64, 70, 0.05),
    # kits, all on the channel of drums: one to a cue
    Instrument("drums", 0, 100, 64, 36, kit=True),
    Instrument("electronic drums", 24, 96, 64, 30, kit=True),
    Instrument("orchestral drums", 48, 110, 64, 72, kit=True),
)

ORCHESTRA = {one.name: one for one in _ALL}

BASS_DRUM, SNARE, SIDE_STICK, CRASH, RIDE, CLOSED_HAT, OPEN_HAT = 36, 38, 37, 49, 51, 42, 46
LOW_TOM, MID_TOM, HIGH_TOM, TAMBOURINE, TRIANGLE, SHAKER = 41, 45, 48, 54, 81, 70
