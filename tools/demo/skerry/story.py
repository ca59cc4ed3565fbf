"""What the short film tells: scenes, shots, lines, effects and where the music lies.

All times are film seconds. A line starts when it is written to start and lasts as long as its
speaker needs.
"""

from attrs import frozen

FILM_TITLE = "The Keeper of Skerry"
FILM_END_S = 292.0


@frozen
class Voice:
    """A speaker: an espeak-ng voice, its speed (words a minute), pitch 0..99, and seat -1..1."""

    name: str
    espeak: str
    words_a_minute: int
    pitch: int
    pan: float


VOICES = {
    one.name: one
    for one in (
        Voice("MARA", "en-gb-scotland+f3", 132, 28, -0.15),
        Voice("FINN", "en-gb+f5", 165, 84, 0.15),
        Voice("ISLA", "en-gb-x-rp+m3", 150, 40, 0.25),
    )
}


@frozen
class Scene:
    """A place and a time of day, and what one sees there."""

    start_s: float
    heading: str
    action: str


@frozen
class Shot:
    """One picture, until the next shot. `words` are written on it."""

    start_s: float
    picture: str
    words: str = ""


@frozen
class Spoken:
    """A line before it is spoken. `manner` is for the screenplay."""

    start_s: float
    speaker: str
    text: str
    manner: str = ""


@frozen
class Effect:
    """A sound that is neither music nor speech."""

    start_s: float
    end_s: float
    sound: str
    level_db: float


@frozen
class Laid:
    """Part of a cue laid into the film. `treatments` say what was done to it."""

    cue: int
    track_start_s: float
    track_end_s: float
    film_start_s: float
    level_db: float
    fade_in_s: float
    fade_out_s: float
    treatments: tuple[str, ...]

    @property
    def film_end_s(self) -> float:
        """When it is over."""
        return round(self.film_start_s + self.track_end_s - self.track_start_s, 4)


SCENES = (
    Scene(0, "EXT. SKERRY ROCK - DUSK", "A tower on a rock. Its light turns. Nothing else does."),
    Scene(50, "EXT. SKERRY ROCK - DAY", "FINN, eleven, runs along the water after the gulls."),
    Scene(84, "EXT. QUAY - SATURDAY", "Fiddles. Nets. ISLA, the harbour master, has a paper."),
    Scene(124, "INT. KITCHEN - NIGHT", "MARA, seventy, holds a letter that is not hers."),
    Scene(150, "EXT. SEA - STORM NIGHT", "A small boat where none should be. The tower is dark."),
    Scene(208, "INT. LAMP ROOM - DAWN", "The lamp, still warm. The two of them, a packed bag."),
    Scene(262, "EXT. QUAY - MORNING", "Boats go out, one with a red sail. Behind them, the light."),
)

SHOTS = (
    Shot(0.0, "night", "THE KEEPER OF SKERRY"),
    Shot(7.0, "dusk tower"),
    Shot(20.0, "dusk sea"),
    Shot(33.5, "lamp"),
    Shot(50.0, "day rock"),
    Shot(58.5, "day gulls"),
    Shot(65.0, "day sea"),
    Shot(72.0, "day rock"),
    Shot(78.0, "door"),
    Shot(84.0, "quay", "SATURDAY"),
    Shot(94.0, "quay boats"),
    Shot(104.5, "quay"),
    Shot(115.0, "quay boats"),
    Shot(124.0, "kitchen"),
    Shot(137.0, "letter"),
    Shot(150.0, "storm sea"),
    Shot(158.0, "storm tower"),
    Shot(166.5, "storm boat"),
    Shot(174.0, "storm sea"),
    Shot(180.5, "storm tower"),
    Shot(188.0, "storm boat"),
    Shot(195.5, "storm light"),
    Shot(208.0, "dawn window"),
    Shot(222.5, "lamp"),
    Shot(236.0, "dawn window"),
    Shot(250.0, "dawn sea"),
    Shot(262.0, "morning quay"),
    Shot(270.0, "morning sea"),
    Shot(279.0, "morning tower"),
    Shot(286.0, "night", "Music composed in code for Unsung"),
)

LINES = (
    Spoken(27.0, "MARA", "Forty-one years. One lamp. It has never once been out.", "V.O."),
    Spoken(37.0, "MARA", "They say a machine will do it now.", "V.O."),
    Spoken(59.0, "FINN", "Gulls! Get off! That is my breakfast!"),
    Spoken(66.0, "FINN", "When I am big I will have a boat with a red sail."),
    Spoken(79.5, "MARA", "Finn. Inside. The glass is falling."),
    Spoken(91.0, "ISLA", "The machine comes on Tuesday, Mara. Mainland's orders."),
    Spoken(96.5, "MARA", "And who winds the machine, when the wind has the wire?"),
    Spoken(102.5, "ISLA", "Nobody. That is the point of it."),
    Spoken(109.0, "FINN", "Isla! That boat! Is she taking hands?"),
    Spoken(114.5, "ISLA", "Ask your grandmother. I only do the ropes."),
    Spoken(129.5, "MARA", "Dear boy. There is a berth for you on the Margaret."),
    Spoken(136.5, "FINN", "You read it first."),
    Spoken(139.5, "MARA", "I read everything first. It is how I know the weather."),
    Spoken(163.0, "FINN", "Gran! The lamp is out! The lamp is out!"),
    Spoken(183.5, "ISLA", "Skerry, Skerry. We have no light. Answer, Skerry.", "radio"),
    Spoken(191.0, "MARA", "By hand, then. As before."),
    Spoken(211.0, "MARA", "You will want the blue coat. The sea is colder than it looks."),
    Spoken(217.0, "FINN", "I could stay. Somebody has to keep it."),
    Spoken(221.5, "MARA", "Somebody did, for forty-one years. That is enough of somebody."),
    Spoken(228.0, "FINN", "And if there is another night like that one?"),
    Spoken(232.5, "MARA", "Then I will be here, and you will see it from wherever you are."),
    Spoken(239.0, "FINN", "Will you wave?"),
    Spoken(241.5, "MARA", "I will do better. I will leave the lamp on. In the day. Just the once."),
    Spoken(250.0, "ISLA", "Finn! The tide!", "off"),
    Spoken(253.0, "MARA", "Go on. Leave the lamp to me."),
    Spoken(276.0, "FINN", "Isla, look behind us. She left it on."),
)

EFFECTS = (
    Effect(0, 50, "waves", -34),
    Effect(0, 30, "wind", -40),
    Effect(5, 8.5, "bell", -30),
    Effect(50, 84, "waves", -36),
    Effect(56, 62, "gulls", -32),
    Effect(69, 72, "gulls", -34),
    Effect(74, 77.6, "footsteps", -32),
    Effect(77.95, 79, "door", -20),
    Effect(84, 124, "waves", -42),
    Effect(86, 90, "footsteps", -36),
    Effect(119, 122.5, "bell", -32),
    Effect(124, 150, "wind", -44),
    Effect(126, 128, "footsteps", -36),
    Effect(134, 135.5, "paper", -36),
    Effect(150, 208, "waves", -24),
    Effect(150, 206, "wind", -28),
    Effect(168, 169.2, "door", -24),
    Effect(186, 190, "footsteps", -30),
    Effect(194.3, 195.3, "paper", -28),
    Effect(208, 262, "wind", -44),
    Effect(208, 262, "waves", -46),
    Effect(248, 251.5, "bell", -34),
    Effect(257, 260.5, "footsteps", -32),
    Effect(262, 290, "waves", -36),
    Effect(264, 270, "gulls", -34),
    Effect(281, 284.5, "bell", -32),
)

_LOOP = (4.26, 20.26)

MUSIC = (
    Laid(1, 0.0, 45.0, 4.0, -4.0, 0.0, 4.0, ("faded",)),
    Laid(2, 0.0, 26.0, 52.0, -5.0, 0.0, 0.0, ("cut short",)),
    Laid(3, *_LOOP, 86.0, -6.0, 0.5, 0.0, ("looped",)),
    Laid(3, *_LOOP, 102.0, -6.0, 0.0, 0.0, ("looped",)),
    Laid(3, _LOOP[0], _LOOP[0] + 6.0, 118.0, -6.0, 0.0, 2.5, ("looped", "faded")),
    Laid(6, 21.4, 45.4, 126.0, -8.0, 1.5, 3.0, ("starting in the middle", "faded")),
    Laid(5, 9.0, 21.0, 149.0, -4.0, 2.0, 2.0, ("starting in the middle", "overlapped", "faded")),
    Laid(4, 20.0, 46.0, 158.0, -6.0, 2.0, 5.0, ("starting in the middle", "overlapped", "faded")),
    Laid(8, 0.0, 19.5, 178.0, -6.0, 1.0, 0.0, ("overlapped", "edited")),
    Laid(8, 46.9, 57.9, 197.5, -4.0, 0.0, 3.0, ("edited", "faded")),
    Laid(9, 0.0, 51.0, 210.0, -10.5, 1.0, 3.0, ("buried", "faded")),
    Laid(10, 28.6, 56.6, 262.0, -5.0, 0.5, 6.0, ("starting in the middle", "faded")),
)
