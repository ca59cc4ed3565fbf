"""The order beside one film: where the album sounds in it, and what follows from that."""

from attrs import evolve

from unsung.film.alternates import alternates
from unsung.film.beside import (
    along,
    lasting_s,
    mixed,
    music_apart,
    other_music,
    seen,
    sight,
    silent,
    spoken_lines,
    spoken_sound,
    weighed,
)
from unsung.film.dialogue.levels import ToldApart
from unsung.film.placements import placements
from unsung.film.resembling import resembling
from unsung.film.scenes import scenes_in_film
from unsung.listening.impressions import Impressions, impressions
from unsung.listening.loudness import metered_loudness
from unsung.listening.music_chance import music_chance, music_weights_digest
from unsung.listening.networks import weights_digest
from unsung.listening.speech_chance import speech_chance
from unsung.model.balance import Balance, Speech
from unsung.model.errors import LibraryError
from unsung.model.film import FilmSound, Placements, PlacementSettings
from unsung.model.film_case import FilmCase, Seen
from unsung.model.picture import Shots
from unsung.model.sound import Audio
from unsung.model.unplaced import Unplaced
from unsung.session import Reel
from unsung.session.screening import SEARCHED_RATE_HZ, WEIGHED_RATE_HZ, Reduced
from unsung.store import Known, Memory, known


def beside(reel: Reel, memory: Memory) -> FilmCase:
    """All that is known of the album in the film; what was asked before is only recalled."""
    film, sound = reel.film, reel.film.sound
    tracks = reel.discs.reduced(SEARCHED_RATE_HZ)
    found = memory.ask(placements, sound, tracks, known(PlacementSettings()))
    film_s = memory.ask(lasting_s, sound)
    twice = memory.ask(alternates, tracks).value
    case = FilmCase(film.path.name, film.digest, film_s.value, found.value, alternates=twice)
    if not found.value.placements:
        heard = _impressed(film.mono, memory)
        return evolve(case, unplaced=_other_music(heard, sound, tracks, found, memory))
    return _weighed(case, reel, sound, tracks, found, film_s, memory)


def _weighed(
    bare: FilmCase, reel: Reel, sound: Known[FilmSound], album: Known[Reduced],
    found: Known[Placements], film_s: Known[float], memory: Memory,
) -> FilmCase:  # fmt: skip
    """The case of a film in which music of the album sounds."""
    ask = memory.ask
    loud = ask(metered_loudness, reel.film.meter)
    film, tracks = reel.film.mono, _placed_tracks(reel, found)
    apart = memory.derive(music_apart, film, tracks, found)
    heard = _impressed(Known(f"{apart.digest}:rest", lambda: apart.value.rest), memory)
    speech = _speech(apart, heard, reel, memory)
    balance = ask(weighed, apart, speech, loud, found)
    picture = _seen(reel, memory)
    shots = picture.value.shots if picture else Shots(())
    told = scenes_in_film(reel.story, speech.value, shots, film_s.value)
    changes_s = tuple(one.film_span.start_s for one in told.scenes if one.film_span)
    held = (
        ask(sight, picture, found, reel.notes, known(changes_s), film_s).value if picture else None
    )
    return evolve(
        bare,
        placements=ask(mixed, film, tracks, found).value,
        speech=told.speech,
        balance=_by_name(balance.value, told.speech),
        sight=held,
        silences=ask(silent, loud, found).value,
        scenes=told.scenes,
        levels=ask(along, apart, loud).value,
        unplaced=_other_music(heard, sound, album, found, memory),
    )


def _by_name(balance: Balance, speech: Speech) -> Balance:
    """The balance with the lines as their speakers are known by now."""
    pairs = zip(balance.spoken, speech.spoken, strict=True)
    return evolve(balance, spoken=tuple(evolve(one, spoken=said) for one, said in pairs))


def _placed_tracks(reel: Reel, found: Known[Placements]) -> Known[Reduced]:
    """The album at a rate that holds all that speech needs; only what is placed is read."""
    files = {one.track_file for one in found.value.placements}
    return reel.discs.reduced(WEIGHED_RATE_HZ, tuple(sorted(files)))


def _impressed(sound: Known[Audio], memory: Memory) -> Known[Impressions]:
    return memory.derive(impressions, sound, uses=weights_digest("yamnet"))


def _speech(
    apart: Known[ToldApart], heard: Known[Impressions], reel: Reel, memory: Memory
) -> Known[Speech]:
    """By the subtitles if there are any; else as a detector hears it without the music."""
    if reel.lines:
        return memory.ask(spoken_lines, apart, known(reel.lines))
    chance = memory.derive(speech_chance, heard)
    return memory.ask(spoken_sound, apart, chance, uses=chance.digest)


def _other_music(
    heard: Known[Impressions], sound: Known[FilmSound], album: Known[Reduced],
    found: Known[Placements], memory: Memory,
) -> Unplaced:  # fmt: skip
    """Music that the album was not found to have, and what of the album it resembles."""
    chance = memory.derive(music_chance, heard, uses=music_weights_digest())
    told = memory.ask(other_music, chance, found)
    return memory.ask(resembling, sound, album, told, found).value


def _seen(reel: Reel, memory: Memory) -> Known[Seen] | None:
    """None for a film that is sound alone."""
    try:
        return memory.ask(seen, reel.film.pictures)
    except LibraryError:
        return None
