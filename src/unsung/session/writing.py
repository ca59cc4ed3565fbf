"""One writing of an article: what is known gathered, other words asked for, its author read."""

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
from unsung.model.article import Article, Manuscript
from unsung.model.dossier import Dossier
from unsung.model.errors import SettingsError, SourceError
from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.model.time import Span
from unsung.pages.article.checking import Unsupported, unsupported
from unsung.pages.article.composing import Material
from unsung.pages.article.formats import ArticleContext, AudioMode, problems
from unsung.pages.article.manuscript import manuscript
from unsung.pages.article.rephrasing import masked, rephrasable, with_proposals
from unsung.pages.prints import prints
from unsung.questions.asking import answers, findings
from unsung.session.recognising import kept_case
from unsung.session.report import addresses
from unsung.sources.client import Client
from unsung.sources.language_model import TERMS, LanguageModel, rephrased
from unsung.store import Index, Known, Memory, Project, code_digest, known
from unsung.store.evidence import Evidence
from unsung.store.files import write_whole
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


@frozen
class Written:
    """An article, what its formats show beside it, and what in it nothing supports."""

    manuscript: Manuscript
    context: ArticleContext
    unsupported: tuple[Unsupported, ...] = ()


def written(
    article: Article, material: Material, place: Path, project: Project, index: Index,
    wishes: Wishes,
) -> Written:  # fmt: skip
    """The text, its author's if there is one; an author may name any finding, not only ours."""
    ours = manuscript(_in_other_words(article, project, wishes))
    own = own_article(article_path(project.folder))
    said = ours if own is None else _theirs(own, ours, material.findings)
    shown = _context(material.soundtrack, said, place, project, index, wishes)
    return Written(said, shown, () if own is None else _unsupported(own, said))


def _theirs(own: str, ours: Manuscript, findings: Sequence[Finding]) -> Manuscript:
    title, text = _title_and_text(own, ours.title)
    return evolve(ours, title=title, text=text, findings={one.slug: one for one in findings})


def _unsupported(own: str, said: Manuscript) -> tuple[Unsupported, ...]:
    """With the lines of the author's file."""
    above = len(own.splitlines()) - len(said.text.splitlines())
    claims = unsupported(said.text, said.findings)
    figures = (one for one in problems(said) if one.startswith("figure:"))
    return (
        *(evolve(one, line=one.line + above) for one in claims),
        *(Unsupported(0, one) for one in figures),
    )


def keep_own(project: Project, found: Manuscript) -> Path:
    """Write the text down for its author to edit, unless there is one already; where it lies."""
    path = article_path(project.folder)
    if not path.exists():
        write_whole(path, f"# {found.title}\n\n{found.text}".encode())
    return path


def _context(
    soundtrack: Soundtrack, found: Manuscript, place: Path, project: Project, index: Index,
    wishes: Wishes,
) -> ArticleContext:  # fmt: skip
    """What the formats show beside the manuscript."""
    beside = addresses(soundtrack.album, place, project.folder)
    return ArticleContext(
        soundtrack.album,
        __version__,
        str(index.word("heard_on") or datetime.now(UTC).date().isoformat()),
        durations_s={one.track.file: one.hearing.duration_s for one in soundtrack.heard},
        prints=prints(soundtrack) if wishes.audio == "none" else {},
        audio=wishes.audio,
        addresses=beside if wishes.audio == "sidecar" else {},
        clips=_clips(soundtrack, found, place) if wishes.audio == "embedded" else {},
    )


def _clips(
    soundtrack: Soundtrack, found: Manuscript, place: Path
) -> Mapping[tuple[str, Span], bytes]:
    """The sound of every place that the findings name, each recording decoded once."""
    wanted: defaultdict[str, set[Span]] = defaultdict(set)
    for finding in found.findings.values():
        for one in finding.places:
            wanted[one.track_file].add(one.span)
    recordings = [one.track for one in soundtrack.heard if one.track.kind == "recording"]
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


def _title_and_text(own: str, title: str) -> tuple[str, str]:
    """The heading of the first line, if there is one, and the rest."""
    first, _, rest = own.lstrip().partition("\n")
    return (first[2:].strip(), rest.lstrip("\n")) if first.startswith("# ") else (title, own)


def language_model(base_url: str, name: str) -> LanguageModel:
    """The model that the person names; its key comes from the environment, never a command line."""
    return LanguageModel(base_url, name, os.environ.get("UNSUNG_LANGUAGE_MODEL_KEY", ""))
