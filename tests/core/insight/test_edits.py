"""Texts with other words, and the smallest edit that turns the answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.insight.edits import KINDS, Edit, Words, moved, smallest
from core.insight.looks import Given, look_of
from core.insight.looks.texts import TextLook
from core.insight.network import Network
from tests.core.insight.networks import made, tagger, writer


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
    found, tried = smallest(TextLook(network), Given("three one two four"))
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
    found, _tried = smallest(TextLook(network), Given("one three four"))
    assert len(found) == 1
    assert len(found[0].edits) == 2
    assert found[0].answer == 0


def test_an_answer_that_nothing_turns() -> None:
    assert smallest(TextLook(planted({}, bias=5.0)), Given("one two three"))[0] == []
    assert smallest(TextLook(planted({}, bias=5.0)), Given("one"))[0] == []


def test_the_order_is_turned_by_a_swap() -> None:
    network = made("gru", classes=2, read_out="last")
    for text in ("one two three four five", "seven eight nine ten"):
        for found in smallest(TextLook(network), Given(text))[0]:
            assert network.predict([found.text])[0].argmax() == found.answer
            assert found.answer != network.predict([text])[0].argmax()


@given(some.lists(some.tuples(some.sampled_from(KINDS), some.integers(0, 9)), max_size=3), some.integers(0, 4))
def test_a_word_is_found_again_after_edits(edits: list[tuple[str, int]], place: int) -> None:
    words = Words("", tuple("abcde"), (" ",) * 4 + ("",), "")
    asked, done = words.words[place], []
    for kind, where in edits:
        here = moved(done, place)
        if where >= len(words.words) - (kind == "swap") or (where == here and kind != "swap"):
            continue
        edit = Edit(kind, where, "x")  # type: ignore[arg-type]
        words = words.edited(edit)
        done.append(edit)
    assert words.words[moved(done, place)] == asked


def test_the_smallest_edit_that_turns_a_tag_and_what_comes_next() -> None:
    for look, step in ((look_of(tagger()[0]), 2), (look_of(writer("simple_rnn")[0]), -1)):
        text = Given("seven eight nine ten one two")
        before = look.answer(text, step).argmax()
        found, tried = smallest(look, text, step)
        assert tried > 0
        assert found
        for one in found:
            place = step if step < 0 else moved(one.edits, step)
            after = look.answer(Given(one.text), place)
            assert after.argmax() == one.answer != before
            assert float(after.max()) == pytest.approx(one.probability, abs=1e-5)
            assert step < 0 or one.text.split()[place] == "nine"
