"""An album made ready to be sought in films."""

from functools import partial

import numpy as np
from attrs import frozen
from jaxtyping import Float32

from unsung.film.abreast import together
from unsung.film.histogram import PeakIndex, peak_index
from unsung.film.peak_lines import Keys, peak_keys
from unsung.film.peaks import Peaks, peaks
from unsung.film.timeline import Timeline, timeline
from unsung.film.whitened import whitened
from unsung.model.sound import Audio


@frozen(eq=False)
class SearchedAlbum:
    """The album on one line of time, its peaks, and its phases alone."""

    place: Timeline
    peaks: Peaks
    index: PeakIndex
    keys: Keys
    white: Float32[np.ndarray, " white"]


def searched_album(album: tuple[tuple[str, Audio], ...]) -> SearchedAlbum:
    """The tracks by file, each one channel at 8 kHz; takes seconds an hour of music."""
    place = timeline(album)
    found, white = together(partial(peaks, place.samples), partial(whitened, place.samples))
    return SearchedAlbum(place, found, peak_index(found), peak_keys(found), white)
