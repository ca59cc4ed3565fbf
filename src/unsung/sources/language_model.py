"""A language model that rephrases, behind any endpoint that speaks OpenAI's chat completions.

It is given sentences with placeholders and no values, and asked for the same sentences in other
words. What it answers is only a proposal: `unsung.pages.article.rephrasing` takes it or leaves it.
Answers are kept like those of every service, so that the same sentences read the same again.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from attrs import frozen

from unsung.model.errors import SettingsError, SourceError
from unsung.sources.client import Client, Question, Terms
from unsung.sources.service import Service

TERMS = Terms(most_tries=2, timeout_s=120.0, most_bytes=2_000_000, fresh_for=timedelta(days=36500))
"""A model takes its time, and what it once answered stays."""

_TASK = (
    "You copy-edit an essay on film music. Rephrase each numbered sentence so that the essay reads"
    " well aloud. Keep every placeholder ⟦…⟧ exactly once and unchanged. Write no number, no name"
    " and no fact of your own; keep every hedge and every comparison as it is. Answer with a JSON"
    " list of strings, one for each sentence, in the same order, and nothing else."
)


@frozen
class LanguageModel:
    """Where the model is asked (the part before `/chat/completions`), its name, and the key."""

    base_url: str
    name: str
    key: str = ""

    def __attrs_post_init__(self) -> None:
        if urlsplit(self.base_url).scheme not in ("http", "https") or not self.name:
            raise SettingsError(
                "a language model needs its address and its name, as in --rephrase"
                f" http://localhost:11434/v1 --model NAME, not {self.base_url!r} and {self.name!r}"
            )

    @property
    def service(self) -> Service:
        """The endpoint as a service."""
        name = f"language model at {urlsplit(self.base_url).netloc}"
        return Service(name, self.base_url.rstrip("/"), "the model's terms", name, 0.0)


def rephrased(model: LanguageModel, client: Client, masked: Sequence[str]) -> tuple[str, ...]:
    """What the model makes of these sentences, in their order; `SourceError` if it makes nothing.

    A list of another length is no answer to these sentences and is refused as a whole.
    """
    numbered = "\n".join(f"{at}. {one}" for at, one in enumerate(masked, 1))
    headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    question = Question("chat/completions", body=_body(model.name, numbered), headers=headers)
    _, content = client.answer(model.service, question)
    found = _sentences(content)
    if len(found) != len(masked):
        raise SourceError(
            f"{model.service.name} gave {len(found)} sentences for {len(masked)}; ours are kept"
        )
    return found


def _body(name: str, numbered: str) -> bytes:
    messages = [{"role": "system", "content": _TASK}, {"role": "user", "content": numbered}]
    asked = {"model": name, "temperature": 0, "seed": 0, "messages": messages}
    return json.dumps(asked, ensure_ascii=False).encode()


def _sentences(content: bytes) -> tuple[str, ...]:
    """The list of strings in the first choice; what surrounds the list is passed over."""
    try:
        said = json.loads(content)["choices"][0]["message"]["content"]
        found = json.loads(said[said.index("[") : said.rindex("]") + 1])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise SourceError("the language model's answer is no list of sentences") from error
    if not all(isinstance(one, str) for one in found):
        raise SourceError("the language model's answer is no list of sentences")
    return tuple(found)
