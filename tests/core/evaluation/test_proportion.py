import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from core.evaluation.proportion import wilson


@given(st.integers(1, 500), st.integers(0, 500))
def test_the_interval_is_scipys(texts: int, right: int) -> None:
    right = min(right, texts)
    expected = binomtest(right, texts).proportion_ci(method="wilson")
    assert tuple(map(float, wilson(right, texts))) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_nothing_is_known_of_no_texts() -> None:
    low, high = wilson([0, 1], [0, 1])
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] < 1
