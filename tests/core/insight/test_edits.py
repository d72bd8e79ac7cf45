"""Texts with other words, and the smallest edit that turns the answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.insight.edits import KINDS, Edit, Words, smallest
from core.insight.network import Network
from tests.core.insight.networks import made


def planted(words: dict[str, float], bias: float = 0.0) -> Network:
    """A bag of words with these weights: a text is of class 1 if they add up to more than nothing."""
    network = made("bag_of_words", classes=2)
    weights = np.zeros_like(network.weights["words"])
    for word, weight in words.items():
        weights[network.encoder.vocabulary.index(word)] = weight
    told = {**network.weights, "words": weights, "bias": np.full_like(network.weights["bias"], bias)}
    return Network(network.settings, network.encoder, network.class_names, told)


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Edit("remove", 1), "  One three."),
        (Edit("remove", 0), "  two three."),
        (Edit("remove", 2), "  One two."),
        (Edit("swap", 0), "  two One three."),
        (Edit("double", 1), "  One two two three."),
        (Edit("replace", 2, "six"), "  One two six."),
    ],
)
def test_an_edit_leaves_the_rest_as_it_was_typed(edit: Edit, text: str) -> None:
    words = Words.of(made("gru").encoder, "  One two three.")
    assert words.words == ("One", "two", "three", ".")
    assert words.edited(edit).text == text


@given(some.text(max_size=60), some.sampled_from(KINDS), some.integers(0, 5))
def test_any_text_is_put_together_again_and_can_be_edited(text: str, kind: str, place: int) -> None:
    words = Words.of(made("gru").encoder, text)
    assert words.text == text
    if place < len(words.words) - (kind == "swap"):
        edited = words.edited(Edit(kind, place, "six"))  # type: ignore[arg-type]
        assert len(edited.words) == len(words.words) + {"remove": -1, "double": 1}.get(kind, 0)


def test_the_planted_word_is_what_has_to_go() -> None:
    network = planted({"one": 3.0, "two": -1.0})
    found, tried = smallest(network, "three one two four")
    first = found[0]
    assert first.edits == (Edit("remove", 1),)
    assert first.text == "three two four"
    assert first.answer == 0
    assert tried >= 10
    assert [one.edits[0].kind for one in found] == ["remove", "replace"]
    for one in found:
        assert network.predict([one.text])[0].argmax() == one.answer != 1


def test_two_edits_where_one_is_not_enough() -> None:
    network = planted({"one": 2.0, "three": 2.0}, bias=-0.5)
    found, _tried = smallest(network, "one three four")
    assert len(found) == 1
    assert len(found[0].edits) == 2
    assert found[0].answer == 0


def test_an_answer_that_nothing_turns() -> None:
    assert smallest(planted({}, bias=5.0), "one two three")[0] == []
    assert smallest(planted({}, bias=5.0), "one")[0] == []


def test_the_order_is_turned_by_a_swap() -> None:
    network = made("gru", classes=2, read_out="last")
    for text in ("one two three four five", "seven eight nine ten"):
        for found in smallest(network, text)[0]:
            assert network.predict([found.text])[0].argmax() == found.answer
            assert found.answer != network.predict([text])[0].argmax()
