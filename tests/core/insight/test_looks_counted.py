"""What counted for a tag or for the next token: complete, equal to small steps, and really left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from core.insight.gradients import Gradients
from core.insight.looks import Given
from core.insight.salience import COMPLETE, salience
from core.insight.unit_order import log_odds
from tests.core.insight.looked import EACH, GIVEN, LOOKS, look
from tests.core.insight.networks import TEXTS


@pytest.fixture
def uncompiled() -> Iterator[None]:
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.mark.usefixtures("uncompiled")
@EACH
@pytest.mark.parametrize("step", [2, -1])
def test_what_counted_for_one_word(name: str, step: int) -> None:
    """Integrated gradients are complete, and words are left out by really leaving them out."""
    known = look(name)
    found = salience(known, _gradients(name), GIVEN, step=step)
    whole = known.answer(GIVEN, step)
    odds = log_odds(whole)[found.answer]
    assert found.answer == whole.argmax()
    assert found.end == pytest.approx(float(odds), abs=1e-4)
    assert found.missing <= COMPLETE
    words = TEXTS[2].split()
    steps = len(words) + name.startswith("writer")
    reached = steps if name.startswith("tagger") else step % steps + 1
    assert len(found.gradient) == len(found.left_out) == reached
    left = words[1:]  # the first word is left out: of a tagger the tag moves one place to the left
    without = known.answer(Given(" ".join(left)), step % steps - 1)
    if name.startswith("writer"):
        assert found.left_out[0] == 0
    place = int(name.startswith("writer"))
    assert found.without[place] == pytest.approx(float(without[found.answer]), abs=1e-5)
    assert found.left_out[place] == pytest.approx(float(odds - log_odds(without)[found.answer]), abs=1e-3)


@cache
def _gradients(name: str) -> Gradients:
    return Gradients(LOOKS[name]())


@pytest.mark.usefixtures("uncompiled")
@pytest.mark.parametrize("name", ["tagger", "writer"])
def test_gradients_are_what_a_small_step_of_a_vector_does(name: str) -> None:
    """A step of the word's row in the table, times the row, beside gradient x input."""
    known = look(name)
    given = Given("six one")  # words that stand there once
    found = salience(known, _gradients(name), given, answer=1, step=-1)
    network = known.network
    row = network.encoder.tokens("six")[0].id
    slopes = []
    for number in range(network.weights["embedding"].shape[1]):
        moved = []
        for sign in (-1, 1):
            table = network.weights["embedding"].astype(np.float64).copy()
            table[row, number] += sign * 1e-3
            weights = {"embedding": table} | _untied(network)
            moved.append(float(log_odds(known.with_weights(weights).answer(given))[1]))
        slopes.append((moved[1] - moved[0]) / 2e-3)
    by_table = float(np.dot(slopes, network.weights["embedding"][row]))
    place = int(name.startswith("writer"))
    if name == "writer":
        assert found.gradient[place] == pytest.approx(by_table, abs=2e-3)
    else:
        assert found.gradient[place] != pytest.approx(by_table, abs=1e-6)  # its letters count, too
        silent = known.with_weights({"letters_embedding": 0 * network.weights["letters_embedding"]})
        alone = salience(silent, Gradients(silent.network), given, answer=1, step=-1)
        assert alone.missing <= COMPLETE


def _untied(network: Any) -> dict[str, Any]:
    """Tokens are written by the vectors as they were: only what is read moves."""
    if "embedding/reverse_embeddings" in network.weights or "letters_embedding" in network.weights:
        return {}
    return {"embedding/reverse_embeddings": network.weights["embedding"].T}


@pytest.mark.usefixtures("uncompiled")
def test_nothing_counted_but_the_start_of_an_empty_text() -> None:
    found = salience(look("writer"), _gradients("writer"), Given("", "yes"))
    assert found.left_out.tolist() == [0.0]
    assert found.missing <= COMPLETE
