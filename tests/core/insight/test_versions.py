"""Versions of a text read side by side, against each read for itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.insight import versions
from core.text.sequences import Sequences
from tests.core.insight.networks import made

READ_OUTS = ("last", "mean", "max", "mean_max", "attention")
ONE_WAY = [{"read_out": kind, "layers": 2, "residual": True, "layer_normalization": True} for kind in READ_OUTS]
TWO_WAYS = [{"read_out": kind, "bidirectional": True, "layer_normalization": kind == "mean"} for kind in READ_OUTS]
CELLS = pytest.mark.parametrize("cell", ["simple_rnn", "lstm", "gru"])


def texts(most: int) -> Any:
    return st.lists(st.integers(1, 11), min_size=2, max_size=most).map(lambda ids: np.array(ids, np.int32))


@CELLS
@pytest.mark.parametrize("values", TWO_WAYS, ids=READ_OUTS)
@settings(max_examples=5)
@given(ids=texts(6), every=st.integers(1, 3))
def test_all_beginnings(cell: str, values: dict[str, Any], ids: Any, every: int) -> None:
    network = made(cell, **values)
    ends = np.arange(len(ids), 0, -every)[::-1]
    expected = network.answers(Sequences.from_lists([ids[:end].tolist() for end in ends]))
    np.testing.assert_allclose(versions.of_beginnings(network, ids, ends), expected, atol=1e-5)


@CELLS
@pytest.mark.parametrize("values", [*ONE_WAY, *TWO_WAYS], ids=lambda values: "-".join(map(str, values.values())))
@settings(max_examples=5)
@given(ids=texts(6), size=st.integers(1, 3))
def test_without_each_word_or_some(cell: str, values: dict[str, Any], ids: Any, size: int) -> None:
    network = made(cell, **values)
    size = min(size, len(ids) - 1)
    spans = np.array([[start, min(start + size, len(ids))] for start in range(0, len(ids), size)])
    expected = network.answers(Sequences.from_lists([np.delete(ids, slice(*span)).tolist() for span in spans]))
    np.testing.assert_allclose(versions.of_gaps(network, ids, spans), expected, atol=1e-5)


def test_where_little_is_shared_each_version_is_read_for_itself() -> None:
    assert versions.shared(made("lstm", layers=2))
    assert not versions.shared(made("lstm", layers=2, bidirectional=True))
    assert not versions.shared(made("lstm", mask=False))
    assert not versions.shared(made("pooling"))
