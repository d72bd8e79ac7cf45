"""How fast a machine is, by a few timed steps of NumPy's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.training import machine


@pytest.fixture(autouse=True)
def untried() -> Iterator[None]:
    machine.tried_speed.cache_clear()
    yield
    machine.tried_speed.cache_clear()


def test_the_quickest_of_the_steps_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(np.cumsum([[0, 9.0] if place != 7 else [0, machine.STEP_SECONDS * 4] for place in range(15)]))
    monkeypatch.setattr(machine.time, "perf_counter", lambda: float(next(moments)))
    assert machine.tried_speed() == pytest.approx(0.25)
    assert machine.tried_speed() == pytest.approx(0.25)  # asked twice, tried once


def test_this_machine_is_tried_with_one_thread_and_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from threadpoolctl import threadpool_info

    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before, meanwhile = threads(), []
    read = machine._read
    monkeypatch.setattr(machine, "_read", lambda *given: (meanwhile.append(threads()), read(*given)))
    assert machine.tried_speed() > 0
    assert all(set(each) == {1} for each in meanwhile)
    assert len(meanwhile) >= 3
    assert threads() == before


def test_the_step_is_an_lstms() -> None:
    from keras import layers

    numbers = np.random.default_rng(1)
    words = numbers.normal(size=(5, machine._TEXTS, machine._INPUTS)).astype(np.float32)
    kernel = numbers.normal(size=(machine._INPUTS + machine._UNITS, 4 * machine._UNITS)).astype(np.float32) / 8
    layer = layers.LSTM(machine._UNITS)
    layer.build((None, 5, machine._INPUTS))
    write, forget, read, candidate = np.split(kernel, 4, axis=1)
    turned = np.concatenate([write, forget, candidate, read], axis=1)
    layer.set_weights([turned[: machine._INPUTS], turned[machine._INPUTS :], np.zeros(4 * machine._UNITS)])
    assert machine._read(words, kernel) == pytest.approx(np.asarray(layer(words.transpose(1, 0, 2))), abs=1e-5)
