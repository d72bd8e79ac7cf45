from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.config import RunSettings
from core.text.prepare import Prepared
from core.training import range_finder
from core.training.limits import DoesNotFit
from core.training.range_finder import HIGHEST, LOWEST, STEPS, find_rate, proposed, relevant

Small = Callable[..., RunSettings]
RATES = np.geomspace(LOWEST, HIGHEST, STEPS)


@pytest.mark.parametrize("middle", [1e-3, 1e-2, 0.1])
def test_a_tenth_of_the_rate_with_the_lowest_loss_is_proposed(middle: float) -> None:
    places = np.log10(RATES) - np.log10(middle)
    losses = 0.7 - 0.5 * np.exp(-4 * places**2)
    rate = proposed(RATES, losses)
    assert rate is not None
    assert middle / 11 < rate < middle / 9
    assert f"{rate:.0e}" == f"{rate:.1e}".replace(".0", "")


def test_the_steepest_fall_is_proposed_where_the_lowest_loss_comes_late() -> None:
    losses = 0.7 - 0.5 / (1 + np.exp(-8 * (np.log10(RATES) + 3))) - 0.01 * np.linspace(0, 1, STEPS)
    assert proposed(RATES, losses) == pytest.approx(1e-3, rel=0.3)


@pytest.mark.parametrize(
    "losses",
    [np.full(STEPS, 0.7), np.linspace(0.7, 2, STEPS), 0.7 - 0.005 * np.linspace(0, 1, STEPS), np.array([0.7, 0.1])],
    ids=["flat", "rising", "hardly falling", "too short"],
)
def test_where_the_loss_does_not_fall_nothing_is_proposed(losses: np.ndarray) -> None:
    assert proposed(RATES[: len(losses)], losses) is None


def test_a_small_data_set_gets_a_sane_rate(prepared: Prepared, small: Small) -> None:
    settings = small(imbalance="weights")
    before = settings.model_dump_json()
    heard: list[tuple[int, int]] = []
    found = find_rate(settings, prepared, lambda done, total: heard.append((done, total)))
    assert found.proposal is not None
    assert 1e-3 <= found.proposal <= 1
    assert len(found.rates) == len(found.losses) > STEPS / 2
    assert np.isfinite(found.losses).all()
    assert found.losses[0] == pytest.approx(np.log(2), rel=0.2)
    assert heard == [(step, STEPS) for step in range(1, len(found.rates) + 1)]
    assert settings.model_dump_json() == before


def test_equal_seeds_find_equal_curves(prepared: Prepared, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(range_finder, "STEPS", 30)
    one, other = (find_rate(small("gru"), prepared) for _ in range(2))
    np.testing.assert_array_equal(one.losses, other.losses)


def test_rates_that_blow_up_end_the_search(prepared: Prepared, small: Small) -> None:
    found = find_rate(small("simple_rnn", optimizer="sgd", gradient_clip=0.0, units=32, batch_size=20), prepared)
    assert len(found.rates) < STEPS
    assert np.isfinite(found.losses).all()


def test_what_does_not_fit_is_refused_as_a_training_is(
    prepared: Prepared, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNROLLED_MEMORY", "500")
    with pytest.raises(DoesNotFit):
        find_rate(small(), prepared)


def test_the_same_search_is_known_by_the_same_settings(small: Small) -> None:
    asked = relevant(small(batch_size=7))
    other = small(batch_size=7, learning_rate=0.5, epochs=9, schedule="cosine", patience=9, average_weights=True)
    assert relevant(other) == asked
    assert relevant(small(batch_size=8)) != asked
    assert relevant(small(batch_size=7, units=9)) == asked  # pooling has no units
    assert relevant(small(batch_size=7, embedding_dim=9)) != asked
