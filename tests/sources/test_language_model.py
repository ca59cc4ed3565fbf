"""A language model on this machine, played by a server that speaks chat completions."""

import json

import pytest
from servers import Reply

from unsung.model.errors import SettingsError, SourceError
from unsung.sources.language_model import LanguageModel, rephrased

MASKED = ("Motif ⟦f1⟧ returns.", "It is ⟦f1⟧ higher.")


def reply(said):
    return Reply({"choices": [{"message": {"role": "assistant", "content": said}}]})


@pytest.fixture
def model(world):
    return LanguageModel(f"{world.address}/language", "tiny", key="secret")


def test_sentences_come_back_in_order_with_what_surrounds_the_list_passed_over(
    world, model, make_client
):
    world.script("language", reply('Sure:\n["Back comes ⟦f1⟧.", "⟦f1⟧ higher it is."]'))
    assert rephrased(model, make_client(), MASKED) == ("Back comes ⟦f1⟧.", "⟦f1⟧ higher it is.")
    (asked,) = world.seen
    body = json.loads(asked.body)
    assert asked.path.endswith("/chat/completions")
    assert asked.headers["authorization"] == "Bearer secret"
    assert body["temperature"] == 0
    assert "1. Motif ⟦f1⟧ returns." in body["messages"][1]["content"]


def test_the_same_sentences_are_not_asked_twice(world, model, make_client):
    world.script("language", reply('["a ⟦f1⟧", "b ⟦f1⟧"]'))
    first = rephrased(model, make_client(), MASKED)
    assert rephrased(model, make_client(), MASKED) == first
    assert len(world.seen) == 1


@pytest.mark.parametrize("said", ['["one"]', "no list", "[1, 2]", '{"a": 1}', '["a", "b", "c"]'])
def test_what_is_no_answer_is_refused_as_a_whole(world, model, make_client, said):
    world.script("language", reply(said))
    with pytest.raises(SourceError):
        rephrased(model, make_client(), MASKED)


def test_an_address_and_a_name_are_needed():
    with pytest.raises(SettingsError, match="--rephrase"):
        LanguageModel("localhost", "tiny")
    with pytest.raises(SettingsError, match="--model"):
        LanguageModel("http://localhost/v1", "")
