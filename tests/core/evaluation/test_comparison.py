"""The paired comparison against SciPy's bootstrap and binomial test, and what it may say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, bootstrap

from core.evaluation.comparison import compare, compare_tables, sign_test


def answers(only_a: int, only_b: int, both: int, neither: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, A's and B's answers with so many texts where A alone, B alone, both or neither are right."""
    a = np.repeat([1, 0, 1, 0], [only_a, only_b, both, neither])
    b = np.repeat([0, 1, 1, 0], [only_a, only_b, both, neither])
    return np.ones(len(a), int), a, b


@pytest.mark.parametrize("counts", [(40, 20, 240), (7, 9, 84), (3, 0, 27)])
def test_the_interval_is_that_of_scipys_paired_bootstrap(counts: tuple[int, int, int]) -> None:
    labels, a, b = answers(*counts)
    ours = compare(labels, a, b)
    right_a, right_b = (a == labels).astype(float), (b == labels).astype(float)
    trusted = bootstrap(
        (right_a, right_b),
        lambda x, y, axis: 100 * (x - y).mean(axis=axis),
        paired=True,
        method="percentile",
        n_resamples=9_999,
        rng=np.random.default_rng(1),
    ).confidence_interval
    one_text = 100 / len(labels)
    assert ours.low == pytest.approx(trusted.low, abs=one_text)
    assert ours.high == pytest.approx(trusted.high, abs=one_text)
    assert ours.points == pytest.approx(100 * (right_a - right_b).mean())


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_scipys(only_a: int, only_b: int) -> None:
    expected = binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0
    assert sign_test(only_a, only_b) == pytest.approx(expected)


def test_the_sign_test_holds_for_many_texts() -> None:
    assert sign_test(5_200, 5_000) == pytest.approx(binomtest(5_200, 10_200).pvalue)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 200))
def test_changing_sides_changes_the_sign_only(only_a: int, only_b: int, both: int) -> None:
    if not only_a + only_b + both:
        return
    labels, a, b = answers(only_a, only_b, both)
    there, back = compare(labels, a, b), compare(labels, b, a)
    assert there.points == -back.points
    assert there.p_value == pytest.approx(back.p_value)
    assert there.low <= there.points <= there.high
    if there.verdict == "better":
        assert there.low > 0


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((60, 20, 220), "better"),
        ((20, 60, 220), "worse"),
        ((31, 29, 240), "within_noise"),
        ((0, 0, 300), "within_noise"),
        ((3, 0, 0), "too_few"),  # the bootstrap alone would be sure: every resample favours A
    ],
)
def test_what_is_said(counts: tuple[int, int, int], verdict: str) -> None:
    assert compare(*answers(*counts)).verdict == verdict


def test_the_same_seed_gives_the_same_interval() -> None:
    case = answers(31, 22, 240)
    assert compare(*case, seed=3) == compare(*case, seed=3)


def table(rows: list[int], predicted: list[str]) -> pd.DataFrame:
    texts = [f"text {row}" for row in rows]
    return pd.DataFrame({"row": rows, "text": texts, "label": ["x"] * len(rows), "predicted": predicted})


def test_tables_are_compared_on_the_texts_that_both_hold() -> None:
    one = table([1, 2, 3, 4], ["x", "x", "x", "y"])
    other = table([4, 3, 9], ["y", "y", "y"])
    difference = compare_tables(one, other)
    assert difference is not None
    assert difference.texts == 2
    assert difference.points == 50.0


def test_the_same_rows_of_other_texts_are_other_texts() -> None:
    table = pd.DataFrame({"row": [0, 1], "text": ["a", "b"], "label": ["x", "y"], "predicted": ["x", "x"]})
    shared, copied = table.copy(deep=False), table.assign(text=pd.Series(["a", "b"], dtype="str"))
    other = table.assign(text=["a", "c"])
    texts = [found.texts for b in (shared, copied, other) if (found := compare_tables(table, b))]
    assert texts == [2, 2, 1]


def test_tables_without_a_common_text_cannot_be_compared() -> None:
    assert compare_tables(table([1], ["x"]), table([2], ["x"])) is None


def test_an_interval_without_zero_on_a_handful_of_texts_is_called_too_few() -> None:
    labels = np.zeros(9, dtype=int)
    five_wrong = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0])
    difference = compare(labels, labels, five_wrong)
    assert difference.low > 0
    assert difference.p_value > 0.05
    assert difference.verdict == "too_few"
