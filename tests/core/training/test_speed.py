"""A machine twice as slow as estimated has half the speed, and the estimate is right next time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.config import RunSettings
from core.text.prepare import Prepared
from core.training.limits import Texts, foretell, foretell_seconds
from core.training.observer import EpochResult
from core.training.speed import speed_of

Small = Callable[..., RunSettings]


def test_the_speed_makes_the_next_estimate_right(prepared: Prepared, small: Small) -> None:
    settings, texts = small(epochs=2), Texts.of(prepared)
    epoch = foretell_seconds(settings, texts) - foretell_seconds(small(epochs=1), texts)
    history = [EpochResult(place + 1, 0.5, 0.5, 0.5, 0.5, seconds) for place, seconds in enumerate([9.0, 2 * epoch])]
    speed = speed_of(settings, prepared, history)
    assert speed == pytest.approx(0.5)
    assert foretell(settings, texts, speed).seconds == pytest.approx(2 * foretell_seconds(settings, texts))
    assert speed_of(settings, prepared, history[:1]) is None  # mostly compiling
    long = EpochResult(1, 0.5, 0.5, 0.5, 0.5, 90.0)
    assert speed_of(settings, prepared, [long]) == pytest.approx(epoch / 90.0)
    assert speed_of(settings, prepared, []) is None
