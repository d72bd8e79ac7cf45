"""The two dimensions of the states, the same for every sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.insight.looks.texts import TextLook
from core.insight.space import spaces
from tests.core.insight.networks import DEEP, TEXTS, made

FRAME = pd.DataFrame({"text": TEXTS, "label": ["class 0", "class 1", "class 2", "class 0"]})


def test_the_axes_are_principal_components() -> None:
    network = made("lstm")
    space = spaces(TextLook(network), FRAME)[""]
    states = np.concatenate([network.trace(text).states["hidden"] for text in TEXTS])
    centred = states - states.mean(axis=0)
    _, strengths, directions = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(np.abs(space.axes @ directions[:2].T), np.eye(2), atol=1e-4)
    np.testing.assert_allclose(space.explained, (strengths**2 / (strengths**2).sum())[:2], atol=1e-5)
    end = network.trace(TEXTS[0]).states["hidden"][-1:]
    np.testing.assert_allclose(space.path(end)[0], space.points[0], atol=1e-5)
    assert space.classes.tolist() == [0, 1, 2, 0]
    np.testing.assert_allclose(space.low, space.path(states).min(axis=0), atol=1e-5)
    np.testing.assert_allclose(space.high, space.path(states).max(axis=0), atol=1e-5)


def test_each_layer_and_direction_has_its_own() -> None:
    found = spaces(TextLook(made("gru", **DEEP)), FRAME)
    assert list(found) == made("gru", **DEEP).trace(TEXTS[0]).places
    assert list(spaces(TextLook(made("transformer")), FRAME)) == made("transformer").trace(TEXTS[0]).places
    assert spaces(TextLook(made("pooling")), FRAME) == {}


def test_one_unit_has_one_direction() -> None:
    space = spaces(TextLook(made("gru", units=1)), FRAME)[""]
    assert space.axes.shape == (2, 1)
    assert space.explained[0] == 1
