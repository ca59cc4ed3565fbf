"""How well scenes and speakers of a screenplay get their places in a film, by words alone.

    python bench/film_scenes.py CAMPAIGN_FOLDER [--part report]

A campaign of Wesnoth stands for the finished film: its scenarios are scenes, its messages lines
with speakers. The subtitles say them all, two and a half words a second, split where they are long,
without names. The screenplay is a draft of that film: some lines are missing from it, some words
are others, some lines are only in it, some neighbouring scenes come in the other order. Told are
the share of scenes that get a place; the share of the film that lies in its own scene; of the
subtitles' lines those with the right speaker, with a wrong one, and with none. `development` and
`report` are halves of the campaigns.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from attrs import evolve

from unsung.film.scenes import scenes_in_film
from unsung.library.story.campaigns import campaigns
from unsung.model.balance import Speech, Spoken
from unsung.model.outcomes import UNDECIDED
from unsung.model.picture import Shots
from unsung.model.story import Line, Scene, Story
from unsung.model.time import Span

SEEDS = {"development": 3, "report": 17}
WORDS_A_S, PAUSE_S, BETWEEN_S, LONGEST = 2.5, 1.5, 8.0, 14
Dice = np.random.Generator


class Draft(NamedTuple):
    """Which share of lines the draft lacks, of words it has others, of lines it has alone."""

    name: str
    without: float = 0.0
    reworded: float = 0.0
    added: float = 0.0
    swapped: float = 0.0


DRAFTS = (
    Draft("as filmed"),
    Draft("a fifth of the lines missing", without=0.2),
    Draft("a fifth of the words others", reworded=0.2),
    Draft("two fifths of the words others", reworded=0.4),
    Draft("a fifth of the lines never filmed", added=0.2),
    Draft("a fifth of the scenes moved", swapped=0.2),
    Draft("all of it", 0.2, 0.2, 0.2, 0.2),
    Draft("all of it, and more", 0.4, 0.4, 0.4, 0.2),
)


class Film(NamedTuple):
    """A film of which it is known who speaks when, and when each scene is."""

    speech: Speech
    speakers: tuple[str, ...]
    scenes: dict[str, Span]
    film_s: float


def filmed(dice: Dice, scenes: Sequence[Scene]) -> Film:
    """The scenes one after another, their lines as subtitles."""
    spoken, speakers, spans, at_s = list[Spoken](), list[str](), dict[str, Span](), 0.0
    for scene in scenes:
        start_s = at_s
        at_s += dice.uniform(1, BETWEEN_S)
        for line in scene.lines:
            for text in _subtitles(line.text):
                end_s = at_s + len(text.split()) / WORDS_A_S
                spoken.append(Spoken(Span(at_s, end_s), 1.0, Line(text, "", Span(at_s, end_s))))
                speakers.append(line.speaker)
                at_s = end_s + dice.exponential(PAUSE_S)
        at_s += dice.uniform(1, BETWEEN_S)
        spans[scene.name] = Span(start_s, at_s)
    return Film(Speech(tuple(spoken), "subtitles", UNDECIDED), tuple(speakers), spans, at_s)


def _subtitles(text: str) -> list[str]:
    words = text.split()
    pieces = max(1, -(-len(words) // LONGEST))
    return [" ".join(part) for part in np.array_split(words, pieces) if len(part)]


def drafted(dice: Dice, scenes: Sequence[Scene], draft: Draft) -> Story:
    """The screenplay: the scenes as they were before the film was made."""
    every = [line for scene in scenes for line in scene.lines]
    words = [word for line in every for word in line.text.split()]
    changed = []
    for scene in scenes:
        lines = []
        for line in scene.lines:
            if dice.random() < draft.added:
                text = " ".join(dice.choice(words, int(dice.integers(3, 15))))
                lines.append(Line(text, every[int(dice.integers(len(every)))].speaker))
            if dice.random() >= draft.without:
                lines.append(evolve(line, text=_reworded(dice, line.text, words, draft.reworded)))
        changed.append(evolve(scene, lines=tuple(lines)))
    for k in range(len(changed) - 1):
        if dice.random() < draft.swapped:
            changed[k], changed[k + 1] = changed[k + 1], changed[k]
    return Story("a draft", tuple(changed))


def _reworded(dice: Dice, text: str, words: Sequence[str], share: float) -> str:
    return " ".join(
        words[int(dice.integers(len(words)))] if dice.random() < share else word
        for word in text.split()
    )


def told(film: Film, story: Story) -> np.ndarray:
    """Scenes placed; share of the film in its own scene; lines named right, wrong, not at all."""
    found = scenes_in_film(story, film.speech, Shots(()), film.film_s)
    spans = {one.name: one.film_span for one in found.scenes if one.film_span}
    own_s = sum(span.overlap_s(spans[name]) for name, span in film.scenes.items() if name in spans)
    named = [one.line.speaker if one.line else "" for one in found.speech.spoken]
    pairs = [(a, b) for a, b in zip(named, film.speakers, strict=True) if b]
    right, nobody = np.mean([a == b for a, b in pairs]), np.mean([not a for a, _ in pairs])
    placed = len(spans) / len(film.scenes)
    return np.array([placed, own_s / film.film_s, right, 1 - right - nobody, nobody])


def main() -> None:
    """A line for each draft, the mean over campaigns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with campaigns of Wesnoth")
    parser.add_argument("--part", choices=tuple(SEEDS), default="development")
    given = parser.parse_args()
    folders = sorted(one for one in given.folder.iterdir() if (one / "scenarios").is_dir())
    chosen = folders[::2] if given.part == "development" else folders[1::2]
    films = [[one for one in campaigns(folder).scenes if one.lines] for folder in chosen]
    scenes, lines = sum(map(len, films)), sum(len(one.lines) for film in films for one in film)
    print(f"{len(films)} films, {scenes} scenes, {lines} lines of dialogue")
    print("draft | scenes placed | film in its scene | speaker right | wrong | none")
    for draft in DRAFTS:
        dice = np.random.default_rng(SEEDS[given.part])
        rows = [told(filmed(dice, film), drafted(dice, film, draft)) for film in films if film]
        means = [f"{share:.3f}" for share in np.stack(rows).mean(axis=0)]
        print(draft.name, *means, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
