"""One writing of an article: what is known gathered, other words asked for, sound put beside."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path

from attrs import evolve, frozen

from unsung import __version__
from unsung.film.telling import as_filmed
from unsung.library.article_file import article_path, own_article
from unsung.library.excerpts import excerpts
from unsung.library.incipit_file import own_incipits
from unsung.library.story import story_from
from unsung.model.article import Article
from unsung.model.dossier import Dossier
from unsung.model.errors import SettingsError, SourceError
from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.model.time import Span
from unsung.pages.article.composing import Material
from unsung.pages.article.formats import ArticleContext, AudioMode
from unsung.pages.article.manuscript import manuscript
from unsung.pages.article.rephrasing import masked, rephrasable, with_proposals
from unsung.questions.asking import answers, findings
from unsung.session.own_words import Ground, Written, as_written
from unsung.session.recognising import kept_case
from unsung.session.report import addresses
from unsung.sources.client import Client
from unsung.sources.language_model import TERMS, LanguageModel, rephrased
from unsung.store import Index, Known, Memory, Project, code_digest, known
from unsung.store.evidence import Evidence
from unsung.store.stamps import stamps

PLUGINS = "unsung.questions"
"""The entry-point group of other people's questions; each entry is a `Question`."""
DRAWN_ON = (
    "unsung.evidence.company",
    "unsung.evidence.correction",
    "unsung.evidence.chance",
    "unsung.film.telling",
    "unsung.library.story.door",
    "unsung.listening.character",
    "unsung.motifs.commonness",
    "unsung.motifs.hooks",
    "unsung.motifs.iconic.catalogue",
    "unsung.motifs.iconic.likeness",
    "unsung.recognition.merit",
    "unsung.recognition.percentiles",
)
"""Code below the questions whose change asks them again."""
_MOST_AT_A_TIME = 20

Findings = tuple[Finding, ...]


@frozen
class Wishes:
    """What the person asked for on the command line."""

    story: tuple[Path, ...] = ()
    melodies: tuple[Path, ...] = ()
    audio: AudioMode = "none"
    model: LanguageModel | None = None
    tell: Callable[[str], None] = lambda _said: None


def found(soundtrack: Soundtrack, project: Project, index: Index, wishes: Wishes) -> Findings:
    """What all questions find: ours as remembered, then those of packages installed beside us."""
    story = _named_once(index, "story", wishes.story)
    melodies = _named_once(index, "melodies", wishes.melodies)

    def dossier() -> Dossier:
        read = story_from(story, soundtrack.album) if story else None
        told = as_filmed(read, soundtrack.film) if soundtrack.film else read
        own = tuple(one for path in melodies for one in own_incipits(path))
        return Dossier(soundtrack, kept_case(project, index), told, own)

    gathered = Known(_digest(soundtrack, index, (*story, *melodies)), dossier)
    ours = Memory(project.folder).ask(findings, gathered, uses=_version()).value
    plugged = sorted(entry_points(group=PLUGINS), key=lambda one: one.name)
    theirs = answers([one.load() for one in plugged], gathered.value) if plugged else ()
    return (*ours, *theirs)


def _named_once(index: Index, what: str, given: Sequence[Path]) -> tuple[Path, ...]:
    """The files that tell the story, or hold the melodies; remembered for the next time."""
    if given:
        index.keep_word(what, [str(path.resolve()) for path in given])
    places = tuple(Path(one) for one in index.word(what) or ())
    gone = [path for path in places if not path.exists()]
    if gone:
        raise SettingsError(f"{gone[0]}, named as --{what} before, is gone; name it anew")
    return places


def _version() -> str:
    """What the questions draw on beyond their own layer, and how files are read."""
    return known([code_digest(module) for module in DRAWN_ON]).digest


def _digest(soundtrack: Soundtrack, index: Index, places: Sequence[Path]) -> str:
    """What the dossier is known by: what was heard and said, what the world gave, the files."""
    heard = [(one.file, one.answers) for one in index.heard()]
    words = [index.word(name) for name in ("album", "motifs", "said", "case", "film case")]
    return known((heard, words, stamps(places), len(soundtrack.heard))).digest


def written(
    article: Article, material: Material, place: Path, project: Project, index: Index,
    wishes: Wishes,
) -> Written:  # fmt: skip
    """The text, its author's if there is one, with the sound that was asked for."""
    ours = manuscript(_in_other_words(article, project, wishes))
    ground = Ground(material.soundtrack, material.findings, ours, heard_on(index))
    said = as_written(own_article(article_path(project.folder)), ground)
    return evolve(said, context=_sounding(said, place, project, wishes))


def heard_on(index: Index) -> str:
    """The day of the last listening, which is that of the article; today where none is known."""
    return str(index.word("heard_on") or datetime.now(UTC).date().isoformat())


def _sounding(said: Written, place: Path, project: Project, wishes: Wishes) -> ArticleContext:
    """The context with the sound of the mode that was asked for."""
    album = said.context.album
    return evolve(
        said.context,
        prints=said.context.prints if wishes.audio == "none" else {},
        audio=wishes.audio,
        addresses=addresses(album, place, project.folder) if wishes.audio == "sidecar" else {},
        clips=_clips(said, place) if wishes.audio == "embedded" else {},
    )


def _clips(said: Written, place: Path) -> Mapping[tuple[str, Span], bytes]:
    """The sound of every place that the findings name, each recording decoded once."""
    wanted: defaultdict[str, set[Span]] = defaultdict(set)
    for finding in said.manuscript.findings.values():
        for one in finding.places:
            wanted[one.track_file].add(one.span)
    recordings = [one for one in said.context.album.tracks if one.kind == "recording"]
    return {
        (track.file, span): clip
        for track in recordings
        if wanted[track.file]
        for span, clip in excerpts(place, track, wanted[track.file]).items()
    }


def _in_other_words(article: Article, project: Project, wishes: Wishes) -> Article:
    """The article as the model would put it, where its words keep to the facts; else as it is."""
    if wishes.model is None:
        return article
    asked = [masked(one) for one in rephrasable(article)]
    proposals: list[str] = []
    with Client(Evidence(project.folder), f"Unsung/{__version__}", terms=TERMS) as asking:
        for at in range(0, len(asked), _MOST_AT_A_TIME):
            some = asked[at : at + _MOST_AT_A_TIME]
            try:
                proposals += rephrased(wishes.model, asking, some)
            except SourceError as error:
                wishes.tell(f"{error}; our words are kept")
                proposals += [""] * len(some)
    return with_proposals(article, proposals)


def language_model(base_url: str, name: str) -> LanguageModel:
    """The model that the person names; its key comes from the environment, never a command line."""
    return LanguageModel(base_url, name, os.environ.get("UNSUNG_LANGUAGE_MODEL_KEY", ""))
