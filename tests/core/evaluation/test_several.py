"""Several methods with several seeds, against SciPy and statsmodels, and in simulations where the truth is known."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap, norm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from core.evaluation.contrast import OF_SPANS, OF_WORDS, OF_WRITING, SENTENCES, Contrast
from core.evaluation.marks import Marks
from core.evaluation.power import about, needed
from core.evaluation.several import Method, against, contrast, every_pair, holm, standing


def method(name: str, *right: NDArray[np.bool_] | list[int], learned: bool = True, key: str = "k") -> Method:
    rows = [np.asarray(each, np.float32) for each in right]
    return Method(name, tuple(Marks(key, each, np.ones_like(each)) for each in rows), learned)


def two(only_a: int, only_b: int, both: int, neither: int = 0) -> tuple[Method, Method]:
    counts = [only_a, only_b, both, neither]
    return method("A", np.repeat([1, 0, 1, 0], counts)), method("B", np.repeat([0, 1, 1, 0], counts))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 90))
def test_with_one_seed_each_the_test_is_mcnemars(only_a: int, only_b: int, both: int) -> None:
    trusted = mcnemar([[both, only_a], [only_b, 0]], exact=True).pvalue if only_a + only_b else 1.0
    assert contrast(*two(only_a, only_b, both)).p_value == pytest.approx(trusted)


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_the_correction_is_holms(count: int) -> None:
    p_values = np.random.default_rng(count).random(count) ** 4
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])


def test_a_method_of_one_seed_has_wilsons_interval() -> None:
    found = standing(method("A", np.arange(90) < 60))
    trusted = binomtest(60, 90).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((trusted.low, trusted.high))
    assert found.seeds == 1
    assert math.isnan(found.scatter)


def test_seeds_that_differ_widen_the_interval() -> None:
    steady = standing(method("A", *[np.arange(400) < 300] * 3))
    jumping = standing(method("A", *[np.arange(400) < right for right in (270, 300, 330)]))
    assert steady.score == jumping.score == 0.75
    assert steady.scatter == 0
    assert jumping.scatter == pytest.approx(0.075)
    assert jumping.high - jumping.low > 2 * (steady.high - steady.low)
    assert (steady.low, steady.high) == pytest.approx((0.7075, 0.7925), abs=0.004)  # that of the bootstrap


def test_what_is_said() -> None:
    assert contrast(*two(60, 20, 220)).verdict == "better"
    assert contrast(*two(20, 60, 220)).verdict == "worse"
    assert contrast(*two(12, 6, 102)).verdict == "more_texts"
    assert contrast(*two(0, 0, 120)).verdict == "equal"
    assert contrast(*two(501, 500, 100)).verdict == "equal"  # millions of texts would tell them apart
    a = method("A", *[np.arange(300) < right for right in (240, 150, 250)])
    b = method("B", *[np.arange(300) < right for right in (200, 205, 210)])
    assert contrast(a, b).verdict == "more_seeds"


def test_the_sentences_say_their_numbers() -> None:
    won, lost, open_ = (contrast(*two(*counts)) for counts in ((60, 20, 220), (20, 60, 220), (12, 6, 102)))
    said = [each.sentence.format(name="LSTM", reference="averaging", **each.values) for each in (won, lost, open_)]
    assert said[0].startswith("LSTM is better than averaging by 13.3")
    assert "is worse than averaging by 13.3" in said[1]
    assert said[2].startswith("120 test texts cannot tell LSTM and averaging apart; about 500 would.")
    assert lost.values["low"] < lost.values["points"] < lost.values["high"]


def test_many_comparisons_ask_for_more() -> None:
    pair = two(30, 14, 256)
    alone = contrast(*pair)
    among = against(pair[1], [pair[0], *(method(f"C{place}", pair[1].right) for place in range(9))])
    assert alone.verdict == "better"
    assert among[0].verdict == "more_texts"
    assert among[0].values["needed"] > 300
    assert [each.corrected for each in among] == holm([each.p_value for each in among])


def test_every_pair_puts_the_better_one_first() -> None:
    found = every_pair([method("low", [1, 0, 0, 0]), method("high", [1, 1, 1, 0]), method("mid", [1, 1, 0, 0])])
    assert [(each.name, each.reference) for each in found] == [("high", "mid"), ("high", "low"), ("mid", "low")]


def test_other_test_texts_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different texts"):
        contrast(method("A", [1, 0]), method("B", [1, 0], key="other"))


def test_a_method_without_seeds_does_not_scatter_and_one_with_a_single_seed_as_the_other() -> None:
    a = method("A", *[np.arange(300) < right for right in (240, 210, 250)])
    fixed = contrast(a, method("TF-IDF", np.arange(300) < 200, learned=False))
    once = contrast(a, method("B", np.arange(300) < 200))
    assert once.high - once.low > fixed.high - fixed.low
    assert not fixed.once
    assert contrast(method("A", [1, 0]), method("B", [1, 1])).once


def test_so_many_texts_would_show_it() -> None:
    """Connor's number against SciPy's normal law, and what it promises against drawings."""
    only_a, only_b, texts = 30, 20, 300
    ahead = np.repeat([1.0, -1.0, 0.0], [only_a, only_b, texts - only_a - only_b])
    found = needed(ahead, np.ones(texts, np.float32))
    psi, d = (only_a + only_b) / texts, (only_a - only_b) / texts
    trusted = (norm.ppf(0.975) * psi**0.5 + norm.ppf(0.8) * (psi - d**2) ** 0.5) ** 2 / d**2
    assert found == pytest.approx(trusted)
    rng, counts = np.random.default_rng(0), []
    for drawn in rng.multinomial(round(found), [only_a / texts, only_b / texts, 1 - psi], size=500):
        counts.append(binomtest(int(drawn[0]), int(drawn[0] + drawn[1])).pvalue < 0.05)
    assert np.mean(counts) == pytest.approx(0.8, abs=0.06)


def test_a_number_as_one_says_it() -> None:
    assert [about(value) for value in (3, 87, 120, 151, 873.2, 12_345, 260_001)] == [
        10, 90, 120, 160, 900, 13_000, 300_000,
    ]  # fmt: skip


def simulated(rng: np.random.Generator, texts: int, seeds: int, scatter: float, gain: float = 0.0) -> list[Method]:
    """Two methods that find the same texts hard; a seed makes a network better or worse by `scatter` on average."""
    ease = rng.normal(1.0, 1.2, texts)
    rows = []
    for place in range(2):
        shifts = rng.normal(gain * place, scatter, seeds)
        rows.append([rng.random(texts) < 1 / (1 + np.exp(-(ease + shift))) for shift in shifts])
    return [method("A", *rows[0]), method("B", *rows[1])]


@pytest.mark.parametrize(("texts", "seeds", "scatter"), [(150, 1, 0.0), (300, 3, 0.3)])
def test_where_there_is_no_difference_the_sentence_seldom_claims_one(texts: int, seeds: int, scatter: float) -> None:
    rng = np.random.default_rng(texts + seeds)
    said = [contrast(*simulated(rng, texts, seeds, scatter), seed=trial).verdict for trial in range(60)]
    wrong = np.mean([each in ("better", "worse") for each in said])
    # At most 5 % in the long run (measured: tests/benchmarks/honesty.py); of 60, 8 or more with a chance of 1 in 100.
    assert wrong <= 7 / 60


def test_a_large_difference_is_found() -> None:
    rng = np.random.default_rng(5)
    said = [contrast(*reversed(simulated(rng, 400, 3, 0.1, gain=1.2))).verdict for _ in range(20)]
    assert said.count("better") >= 19


def test_the_intervals_of_a_difference_cover_the_truth() -> None:
    """1,000 simulated data sets of 200 texts, all at once: the share of intervals that hold the true difference."""
    rng, texts, draws = np.random.default_rng(3), 200, 400
    shares = np.array([0.14, 0.08, 0.78])
    found = rng.multinomial(texts, shares, size=1_000)
    again = rng.multinomial(texts, found / texts, size=(draws, 1_000))
    low, high = np.quantile((again[..., 0] - again[..., 1]) / texts, [0.025, 0.975], axis=0)
    assert 0.93 <= np.mean((low <= 0.06) & (high >= 0.06)) <= 0.97


def foretold(name: str, *losses: NDArray[np.float64], tokens: NDArray[np.int64], learned: bool = True) -> Method:
    rows = [Marks("k", -each.astype(np.float32), tokens.astype(np.float32), measure="perplexity") for each in losses]
    return Method(name, tuple(rows), learned)


def spanned(name: str, *counts: tuple[NDArray[np.int64], NDArray[np.int64]], learned: bool = True) -> Method:
    """counts: spans found, and spans that there are with those answered, of each sentence."""
    rows = [Marks("k", (2 * f).astype(np.float32), s.astype(np.float32), True, "entity_f1") for f, s in counts]
    return Method(name, tuple(rows), learned)


def drawn_spans(rng: np.random.Generator, sentences: int, ease: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    real, extra = np.random.default_rng(0).poisson(1.5, sentences), rng.poisson(0.3, sentences)
    found = rng.binomial(real, ease)
    return found, real + found + extra


def test_f1_is_drawn_by_sentences_as_scipys_bootstrap_does() -> None:
    rng = np.random.default_rng(2)
    (found, size), (fewer, other) = drawn_spans(rng, 300, 0.8), drawn_spans(rng, 300, 0.7)

    def difference(a: Any, b: Any, c: Any, d: Any, axis: int = -1) -> Any:
        return 2 * (a.sum(axis=axis) / b.sum(axis=axis) - c.sum(axis=axis) / d.sum(axis=axis))

    trusted = bootstrap((found, size, fewer, other), difference, paired=True, vectorized=True, method="percentile",
                        n_resamples=2_000, rng=np.random.default_rng(1)).confidence_interval  # fmt: skip
    told = contrast(spanned("A", (found, size)), spanned("B", (fewer, other)))
    assert (told.low, told.high) == pytest.approx((100 * trusted.low, 100 * trusted.high), abs=0.3)
    assert told.points == pytest.approx(100 * difference(found, size, fewer, other))
    assert (told.verdict, told.sentence) == ("better", OF_SPANS["better"])
    alone = standing(spanned("A", (found, size)))
    assert alone.score == pytest.approx(2 * found.sum() / size.sum())
    assert alone.low < alone.score < alone.high


def test_perplexities_are_drawn_by_texts_as_scipys_bootstrap_does() -> None:
    rng = np.random.default_rng(3)
    tokens = rng.integers(3, 40, 250)
    ours = tokens * rng.normal(4.0, 0.4, 250)
    theirs = ours + tokens * rng.normal(0.1, 0.2, 250)

    def lower(a: Any, b: Any, size: Any, axis: int = -1) -> Any:
        return 100 * (1 - np.exp((a.sum(axis=axis) - b.sum(axis=axis)) / size.sum(axis=axis)))

    trusted = bootstrap((ours, theirs, tokens), lower, paired=True, vectorized=True, method="percentile",
                        n_resamples=2_000, rng=np.random.default_rng(1)).confidence_interval  # fmt: skip
    a, b = foretold("A", ours, tokens=tokens), foretold("B", theirs, tokens=tokens)
    told, turned = contrast(a, b), contrast(b, a)
    assert (told.low, told.high) == pytest.approx((trusted.low, trusted.high), abs=0.3)
    assert told.points == pytest.approx(lower(ours, theirs, tokens), abs=1e-3)
    assert (told.verdict, turned.verdict) == ("better", "worse")
    assert (told.sentence, turned.sentence) == (OF_WRITING["better"], OF_WRITING["worse"])
    assert turned.values["points"] == pytest.approx(100 * (np.exp((theirs - ours).sum() / tokens.sum()) - 1), abs=1e-3)
    found = [standing(each) for each in (a, b)]
    assert found[0].score == pytest.approx(np.exp(ours.sum() / tokens.sum()), rel=1e-5)
    assert found[0].low < found[0].score < found[0].high
    assert sorted(found, key=lambda each: each.rank) == found
    assert every_pair([b, a])[0].name == "A"


def test_every_score_has_every_sentence() -> None:
    assert set(SENTENCES) == set(OF_WORDS) == set(OF_SPANS) == set(OF_WRITING)
    for said in (SENTENCES, OF_WORDS, OF_SPANS, OF_WRITING):
        for sentence in said.values():
            assert {"{name}", "{reference}", "{points}", "{low}", "{high}"} <= set(re.findall(r"{\w+}", sentence))


def test_contrasts_say_so_where_they_are_not_corrected() -> None:
    plain = Contrast("A", "B", 5.0, 1.0, 9.0, 300, 0.01, 250.0)
    assert plain.verdict == "better"
