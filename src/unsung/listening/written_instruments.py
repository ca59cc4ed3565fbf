"""Who plays by the page: the names of a score's parts, and when each has notes.

Names are English, German, French, Italian or Spanish, abbreviated or not, or those of General
MIDI. A name that says no instrument ("Part 1", "Melody") leaves its notes undetermined.
"""

import re
from functools import cache

import numpy as np

from unsung.listening.instruments import told
from unsung.listening.roll import seconds
from unsung.model.instruments import FAMILIES, FAMILY_OF, INSTRUMENTS, VOICES, Instruments
from unsung.model.notes import Notes

_SAID = (
    ("drum kit", r"synth\w* drum", "agogo", "cymbal"),
    ("pizzicato strings", "pizz"),
    ("synth bass", r"synth\w* bass", "bass and lead"),
    (
        "synth pad",
        "synth strings",
        "synth voice",
        r"\bpads?\b",
        "sweep",
        "atmosphere",
        "soundtrack",
    ),
    ("synth pad", r"crystal\b", "rain", "brightness", "goblins", "echoes", "sci-fi"),
    ("synth lead", "synth", r"\bleads?\b", "sawtooth", "square wave", "theremin"),
    ("string section", r"^strings?\b", "string (ensemble|section)", "tremolo strings"),
    ("string section", "streicher", r"archi\b"),
    ("brass section", r"^brass\b", "brass section", "blechbl", "ottoni", "orchestra hit"),
    (
        "English horn",
        "english horn",
        "cor anglais",
        "englisch ?horn",
        "corno inglese",
        "corne ingl",
    ),
    ("bass guitar", "bass guitar", "electric bass", r"^bass\b(?! [cdtof])", "^basso?$"),
    ("bass guitar", r"(finger\w*|pick\w*|slap|fretless|acoustic) bass"),
    ("distorted guitar", "distort", "overdriv"),
    ("electric guitar", "(electric|jazz|clean|muted).* guitar", "e-git"),
    (
        "acoustic guitar",
        "guitar",
        "gitarre",
        "chitarra",
        "ukulele",
        "mandol",
        r"\blaute?\b",
        r"\blute",
    ),
    ("acoustic guitar", r"\bgtr"),
    ("electric piano", "electric piano", "rhodes", "e-piano"),
    ("harpsichord", "clavinet", "harpsichord", "cembalo", "clavecin", "basso continuo"),
    ("accordion", "reed organ", "harmonium"),
    ("pipe organ", "(church|pipe) organ", r"^organ\b", "orgel", "organo", "orgue"),
    ("electric organ", r"organ\b", "hammond"),
    (
        "accordion",
        "accord[ei]on",
        "akkordeon",
        "fisarmonica",
        "harmonica",
        "bandoneon",
        "concertina",
    ),
    ("sitar", "sitar", "tanpura", "sarod"),
    ("koto", "koto", "shamisen", "guzheng", r"pipa\b"),
    ("banjo", "banjo"),
    ("celesta and bells", "celest", "glockensp", "music box", "tinkle", "crotales", "handbell"),
    ("vibraphone", "vibra?phon", r"vibes\b"),
    ("tubular bells", "tubular", r"glocken\b", "campan", "chimes", "church bell"),
    ("xylophone and marimba", "xylo", "marimba", "kalimba", "steel drum", "woodblock"),
    ("harp", r"\bharps?\b", "harfe", r"arpa\b", r"harpe\b", "dulcimer", "zither"),
    ("piano", "piano", "klavier", "keyboard"),
    ("timpani", "timp", "pauken", "kettle"),
    ("deep drums", "taiko", "melodic tom", r"toms\b"),
    ("drum kit", "drum", "perc", "cymbal", "snare", "schlagzeug", "batter", "tambour", "triang"),
    ("drum kit", "gran cassa", "tam-tam"),
    ("saxophone", "sax"),
    ("bassoon", "bassoon", "fagot", r"basson\b", r"\bbsn"),
    ("clarinet", "clarinet", "klarinette", r"\bclar?\.", r"\bcl\b", "basset"),
    ("oboe", "oboe", "hautbois", r"\bob\b"),
    ("recorder", "recorder", "blockfl", "whistle", "ocarina", "flauto dolce"),
    ("pan flute", "pan ?flute", "panfl", "shakuhachi", "bottle"),
    ("flute", "flute", "flauto", "flöte", "flûte", "piccolo", "ottavino", r"\bfl\b"),
    ("bagpipe", "bagpipe", "dudelsack", "musette", "shanai"),
    ("trumpet", "trumpet", "trompete", "tromba", "trompette", "clarino", "cornet", r"\btpt"),
    ("trombone", "trombone", "posaune", r"\btbn"),
    ("tuba", r"tuba\b", "euphonium", "sousaphone"),
    ("French horn", r"\bhorns?\b", r"\bcorn[oi]\b", r"\bcor\b", "waldhorn", r"\bhn\b"),
    ("double bass", "double ?bass", "contrabb?as(?!s?oon)", "kontraba", "contreba", "string bass"),
    ("double bass", "violone", r"\bcb\b", r"\bdb\b"),
    ("cello", r"cell[oi]\b", "violoncell", r"\bvc", "gamba"),
    ("viola", r"viol[ae]\b", "bratsche", r"\bvla"),
    ("violin", "viol[ií]n", "geige", "violon", "fiddle", r"\bvln", r"\bvl\b"),
    ("choir", "choir", r"chor\b", "chorus", r"coro\b", "voice", r"soprano?\b", r"\balto?\b"),
    ("choir", r"\btenore?\b", r"baritone?\b", "vocal", "mezzo", "cantus", "altus", "bassus"),
    ("choir", "superius", "oohs", "aahs", r"canto\b", "treble", "discant"),
)
"""An instrument and what a name may hold that says it; the first that fits counts."""


def written_instruments(notes: Notes, duration_s: float) -> Instruments:
    """Who plays in a score, every second: 1 where a part with that instrument has a note."""
    clock, count = seconds(duration_s)
    plays = [_seconds_played(notes.where(notes.part == k), count) for k in range(_parts(notes))]
    named = _in_company([instrument_named(name) for name in notes.part_names], notes.part_names)
    rows = [_any(plays, [one == name for one in named], count) for name in INSTRUMENTS]
    families = [
        _any(rows, [FAMILY_OF[one] == name for one in INSTRUMENTS], count) for name in FAMILIES
    ]
    return told(
        np.array(rows, np.float32),
        np.array(families, np.float32),
        np.zeros((len(VOICES), count), np.float32),
        clock,
        _any(plays, [True] * len(plays), count),
    )


@cache
def instrument_named(name: str) -> str:
    """The instrument that the name of a part says; empty where it says none."""
    spoken = name.casefold()
    return next((one for one, *said in _SAID if any(re.search(say, spoken) for say in said)), "")


def _in_company(named: list[str], names: tuple[str, ...]) -> list[str]:
    """A bass among sopranos and tenors sings."""
    if "choir" not in named:
        return named
    return [
        "choir" if one == "bass guitar" and name.casefold().startswith("bass") else one
        for one, name in zip(named, names, strict=True)
    ]


def _parts(notes: Notes) -> int:
    return len(notes.part_names)


def _seconds_played(notes: Notes, count: int) -> np.ndarray:
    """Seconds in which any note sounds."""
    first = np.clip(notes.onset_s.astype(np.int64), 0, count)
    last = np.clip(np.ceil(notes.end_s).astype(np.int64), 0, count)
    steps = np.zeros(count + 1, np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, last, -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _any(rows: list[np.ndarray], chosen: list[bool], count: int) -> np.ndarray:
    picked = [row for row, one in zip(rows, chosen, strict=True) if one]
    return np.any(picked, axis=0) if picked else np.zeros(count, bool)
