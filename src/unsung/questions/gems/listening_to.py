"""Findings on where to listen in a track, and on the kind of moment it makes."""

from unsung.model.emotion import Difference, TurningPoint
from unsung.model.finding import Citation, Fact, Finding, HeardPlace, Quantity
from unsung.model.hearing import Heard
from unsung.model.outcomes import Outcome
from unsung.model.pitch import Key
from unsung.questions.facts import listed, title_of
from unsung.questions.gems import moments
from unsung.questions.gems.moments import Kind, Moment
from unsung.questions.gems.naming import QUESTION
from unsung.questions.gems.window import WINDOW_S, Window
from unsung.questions.gems.wording import slug_of

_CALLED: dict[Kind, str] = {"transition": "a transition", "celebration": "a celebration"}
_SIGNS_NAMED = 4
_ALL = 99.5
_LOWEST, _HIGHEST = 1, 9  # the ratings that emotion was learnt from
_EEROLA = Citation(
    "Eerola & Vuoskoski 2011",
    "T. Eerola and J. K. Vuoskoski, A comparison of the discrete and dimensional models of emotion"
    " in music, Psychology of Music 39(1), 2011, 18–49",
)


def moment_of(heard: Heard, moment: Moment, window: Window) -> Finding:
    """The kind of moment, with the cues that speak for it."""
    signs = moment.signs[:_SIGNS_NAMED]
    facts = {f"sign_{at}": _share(one.percent) for at, one in enumerate(signs, 1)}
    said = listed([f"{one.says} than {{sign_{at}}}" for at, one in enumerate(signs, 1)] or ["…"])
    decided = moment.kind is moment.best
    return Finding(
        slug=slug_of("moment", heard.track),
        question=QUESTION,
        kind="kind of moment",
        claim=(
            f"{{track}} has the marks of {{moment}}: it is {said} of the album’s other tracks"
            if decided
            else "What kind of moment {track} makes is undecided between {moment} and {runner_up}"
        ),
        facts={
            "track": title_of(heard),
            "moment": _CALLED.get(moment.best, moment.best),
            "runner_up": _CALLED.get(moment.runner_up, moment.runner_up),
            "fit": Quantity(moment.fit, "standard deviations", 1),
            "margin": Quantity(moment.margin, "standard deviations", 1),
            **facts,
        },
        verdict="supported" if decided else "undecided",
        method="Cues of the whole track as percentiles among the album’s tracks, set against a"
        " table of kinds of moment; the kind that the track fits further beyond the album’s others"
        f" than any, by at least {moments.LEAST_MARGIN} standard deviations, and first without"
        " the tempo as well.",
        compared_with="the album’s tracks that sound",
        weight=min(1.0, 0.3 + 0.15 * moment.fit) if decided else 0.1,
        places=(HeardPlace(heard.track.file, window.span),),
        cites=moments.CITES,
        against=_NOT_TESTED,
    )


def _share(percent: float) -> Fact:
    return "all" if percent >= _ALL else Quantity(percent, "%")


_NOT_TESTED = (
    "The table puts published cues of expressed emotion together to kinds of moment; listeners were"
    " not asked, and the work may use the track for something else."
)


def window_of(heard: Heard, window: Window) -> Finding:
    """Fifteen seconds, and what happens in them."""
    turn = window.turn
    said, facts = _turned(turn) if turn else ("its arousal is highest", {})
    return Finding(
        slug=slug_of("window", heard.track),
        question=QUESTION,
        kind="listening window",
        claim=(
            f"In {{track}}, from {{start}} to {{end}}, {said}"
            if turn
            else "Nothing in {track} turns sharply; from {start} to {end} it is most aroused"
        ),
        facts={
            "track": title_of(heard),
            "start": Quantity(window.span.start_s, "clock"),
            "end": Quantity(window.span.end_s, "clock"),
            **facts,
        },
        verdict="supported" if turn else "undecided",
        method="The turning point at which arousal and tension, each counted as far as it is"
        f" foretold reliably, differ most before and after, and {WINDOW_S:g} seconds around it.",
        compared_with="the track’s other turning points",
        weight=0.5 if turn else 0.1,
        places=(HeardPlace(heard.track.file, window.span, _listen_for(turn)),),
        cites=(_EEROLA,),
    )


def _listen_for(turn: TurningPoint | None) -> str:
    if turn is None:
        return "the height of its arousal"
    aspects = [one.aspect for one in turn.differences]
    return f"what changes: {listed(aspects)}" if aspects else "the turn of its expression"


def _turned(turn: TurningPoint) -> tuple[str, dict[str, Fact]]:
    """What happens at the turn, in words, and the numbers in it."""
    felt = "rises" if turn.arousal_change > 0 else "falls"
    facts: dict[str, Fact] = {
        "at": Quantity(turn.at_s, "clock"),
        "arousal": Quantity(abs(turn.arousal_change), "", 1),
        "lowest": Quantity(_LOWEST),
        "highest": Quantity(_HIGHEST),
    }
    said = [
        f"arousal {felt} by {{arousal}} on its scale of {{lowest}} to {{highest}} around {{at}}"
    ]
    for one in turn.differences:
        phrase, more = _differs(one)
        said += [phrase] if phrase else []
        facts |= more
    return listed(said[:4]), facts


def _differs(one: Difference) -> tuple[str, dict[str, Fact]]:
    """A difference as a phrase; empty where a name stands for a number."""
    before, after = one.before, one.after
    if isinstance(before, Key | Outcome) or isinstance(after, Key | Outcome):
        return "", {}
    if one.aspect == "loudness":
        way = "louder" if after > before else "softer"
        return f"the music grows {{loudness}} {way}", {
            "loudness": Quantity(abs(after - before), "LU")
        }
    if one.aspect == "register":
        way = "rises" if after > before else "sinks"
        return f"its centre {way} by {{register}}", {
            "register": Quantity(abs(after - before), "semitones")
        }
    if one.aspect == "tempo":
        return "the tempo goes from {slow_or_fast} to {then}", {
            "slow_or_fast": Quantity(before, "bpm"),
            "then": Quantity(after, "bpm"),
        }
    if one.aspect == "density":
        return "{notes_after} notes begin a second instead of {notes_before}", {
            "notes_before": Quantity(before, "", 1),
            "notes_after": Quantity(after, "", 1),
        }
    return "", {}
