"""Which words are read as unknown while training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.models.text_network import words_dropped

RATE = 0.3


@pytest.fixture
def model() -> Any:
    import keras

    keras.utils.set_random_seed(0)
    ids = keras.Input((None,), dtype="int32")
    return keras.Model(ids, words_dropped(ids, RATE, 30))


@pytest.mark.parametrize(("tokens", "share"), [(3, RATE / 10), (15, RATE / 2), (30, RATE), (60, RATE)])
def test_short_texts_lose_a_smaller_share(model: Any, tokens: int, share: float) -> None:
    ids = np.zeros((2_000, tokens + 4), np.int32)
    ids[:, :tokens] = 7
    read = np.asarray(model(ids, training=True))
    lost = read[:, :tokens] == 1
    assert lost.mean() == pytest.approx(share, abs=4 * (share / lost.size) ** 0.5)
    assert (read[:, :tokens][~lost] == 7).all()
    assert (read[:, tokens:] == 0).all()


def test_nothing_is_lost_outside_of_training(model: Any) -> None:
    ids = np.arange(1, 51, dtype=np.int32)[None]
    np.testing.assert_array_equal(np.asarray(model(ids)), ids)
