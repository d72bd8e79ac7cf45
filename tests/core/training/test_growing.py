"""More classes than before: what was learned stays where it was, and answers as it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core.config import RunSettings
from core.text.prepare import Prepared
from core.training.growing import grown_weights
from core.training.session import fit
from core.training.state import TrainingState

Small = Callable[..., RunSettings]


def with_classes(prepared: Prepared, names: list[str]) -> Prepared:
    """The same texts, some of which have the last class."""
    parts = {}
    for name, part in prepared.parts.items():
        labels = part.labels.copy()
        labels[::4] = len(names) - 1
        parts[name] = replace(part, labels=labels)
    return replace(prepared, class_names=names, parts=parts)


def named(state: TrainingState, shape: tuple[int, ...]) -> list[np.ndarray]:
    return [values for values in state.variables if values.shape == shape]


def test_one_output_becomes_two_with_the_same_probabilities() -> None:
    rng = np.random.default_rng(0)
    inputs, before, fresh = rng.normal(size=(5, 4)), rng.normal(size=(4, 1)), rng.normal(size=(4, 3))
    logits = inputs @ grown_weights(before, fresh)
    odds = np.exp(logits[:, 1] - logits[:, 0])
    np.testing.assert_allclose(odds / (1 + odds), 1 / (1 + np.exp(-(inputs @ before)[:, 0])))
    np.testing.assert_array_equal(grown_weights(before, fresh)[:, 2], fresh[:, 2])


@pytest.mark.parametrize("averaged", [True, False])
def test_a_training_goes_on_with_more_classes(prepared: Prepared, small: Small, averaged: bool) -> None:
    settings = small(epochs=2, average_weights=averaged, early_stopping=False)
    three = with_classes(prepared, ["no", "yes", "maybe"])
    _, first = fit(settings, three)
    # Nothing is read any more, so what comes out is the state as it was taken up.
    for names in (["no", "yes", "maybe"], ["no", "yes", "maybe", "new"]):
        network, taken = fit(settings, with_classes(prepared, names), None, first.state.continued(1, texts=True))
        assert network.class_names == names
        for before, after in zip(first.state.variables, taken.state.variables, strict=True):
            shared = tuple(slice(size) for size in before.shape)
            np.testing.assert_array_equal(after[shared], before)
        for before, after in zip(first.state.optimizer, taken.state.optimizer, strict=True):
            shared = tuple(slice(size) for size in before.shape)
            np.testing.assert_array_equal(after[shared], before)
            assert not after[..., before.shape[-1] :].any() if before.ndim else True
    longer = settings.with_values({"epochs": 3})
    network, outcome = fit(longer, with_classes(prepared, ["no", "yes", "maybe", "new"]), None, first.state.continued())
    assert [result.epoch for result in outcome.history] == [1, 2, 3]
    assert network.predict(["w1 yes"]).shape == (1, 4)


def test_two_classes_become_three(prepared: Prepared, small: Small) -> None:
    settings = small(epochs=2, early_stopping=False)
    before, first = fit(settings, prepared)
    three = with_classes(prepared, ["no", "yes", "maybe"])
    after, _ = fit(settings, three, None, first.state.continued(1, texts=True))
    texts = list(prepared.parts["test"].texts)
    answers = after.predict(texts)
    np.testing.assert_allclose(answers[:, 1] / answers[:, :2].sum(axis=1), before.predict(texts)[:, 1], atol=1e-5)
