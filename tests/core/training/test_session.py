from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import numpy as np
import pytest

from core.breaks import StoppedEarly
from core.config import RunSettings
from core.text.neighbours import neighbour_vectors
from core.text.prepare import Prepared
from core.training import session
from core.training.observer import Observer
from core.training.runtime import start
from core.training.session import fit

Small = Callable[..., RunSettings]


def test_two_trainings_at_once_do_not_disturb_each_other(prepared: Prepared, small: Small) -> None:
    settings = [small(seed=seed, recurrent_dropout=0.2) for seed in (1, 2)]
    alone = [fit(item, prepared)[0] for item in settings]
    with ThreadPoolExecutor(2) as pool:
        together = [network for network, _ in pool.map(lambda item: fit(item, prepared), settings)]
    for one, other in zip(alone, together, strict=True):
        assert all(np.array_equal(one.weights[name], other.weights[name]) for name in one.weights)


def test_the_random_numbers_of_others_go_on(prepared: Prepared, small: Small) -> None:
    start()  # importing TensorFlow draws some, once in a process
    expected = (random.Random(5).random(), np.random.RandomState(5).random())
    random.seed(5)
    np.random.seed(5)
    fit(small(epochs=1), prepared)
    assert (random.random(), np.random.random()) == expected


def test_others_who_draw_while_a_network_is_built_change_nothing() -> None:
    """Threads of Dask and of MLflow do so at any moment; a run in the browser would differ from the command line's."""

    def drawn(others: int) -> tuple[list[int], list[int]]:
        random.seed(5)
        found, theirs = [], []
        with session._seeded(3), ThreadPoolExecutor(1) as pool:
            for _ in range(4):
                found.append(random.randint(1, 10**9))
                theirs += [pool.submit(random.randint, 1, 10**9).result() for _ in range(others)]
        return found, theirs

    alone, _ = drawn(0)
    among, theirs = drawn(2)
    usual, expected = random.Random(3), random.Random(5)
    assert alone == among == [usual.randint(1, 10**9) for _ in range(4)]
    assert theirs == [expected.randint(1, 10**9) for _ in range(8)]


def test_who_waits_for_another_to_build_leaves_nothing_behind() -> None:
    before, waiting = random.randint, threading.Event()

    def later() -> None:
        waiting.set()
        with session._seeded(4):
            pass

    with ThreadPoolExecutor(1) as pool:
        with session._seeded(3):
            other = pool.submit(later)
            assert waiting.wait(10)
        other.result()
    assert random.randint == before


@pytest.mark.parametrize("name", ["lstm", "pooling"])
def test_vectors_begin_as_the_training_texts_say(name: str, prepared: Prepared, small: Small) -> None:
    fixed = small(name, vector_start="neighbours", freeze_embedding=True, epochs=1, seed=3)
    network, outcome = fit(fixed, prepared)
    words = prepared.encoder.vocabulary_size
    vectors = neighbour_vectors(prepared.parts["train"].sequences, words, 8, seed=3)
    np.testing.assert_array_equal(network.weights["embedding"], vectors)
    # A training that goes on takes its vectors from its state.
    with patch("core.training.session.neighbour_vectors", side_effect=AssertionError):
        again, _ = fit(fixed.with_values({"epochs": 2}), prepared, state=outcome.state.continued())
    np.testing.assert_array_equal(again.weights["embedding"], vectors)


def test_getting_many_texts_ready_can_be_stopped_and_changes_nothing(
    prepared: Prepared, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Observer):
        def should_stop(self) -> bool:
            return True

    few, _ = fit(small(epochs=1), prepared)
    monkeypatch.setattr(session, "MOST_TOKENS", 0)
    with pytest.raises(StoppedEarly):
        fit(small(epochs=1), prepared, Stop())
    many, _ = fit(small(epochs=1), prepared)
    for name, numbers in few.weights.items():
        np.testing.assert_array_equal(many.weights[name], numbers)
