"""Texts that are cut and words that nobody knows are told, with their shares and the settings that help."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from core.config import Preparation
from core.data.quality import Finding, about_preparation


@dataclass
class Figures:
    cut: int = 0
    texts: int = 200
    unknown: dict[str, float] = field(default_factory=lambda: {"train": 0.0, "validation": 0.02, "test": 0.5})
    longest: int = 400

    @property
    def lengths(self) -> pd.Series:
        return pd.Series([1.0, 120.0, self.longest], [0.0, 0.95, 1.0])


def told(figures: Figures, **preparation: object) -> list[Finding]:
    return about_preparation(figures, Preparation(**preparation))  # type: ignore[arg-type]


def remedies(finding: Finding) -> list[tuple[str, int | str]]:
    return [(remedy.setting, remedy.value) for remedy in finding.remedies]


def test_nothing_to_say() -> None:
    assert told(Figures()) == []


def test_what_is_cut_and_what_is_unknown() -> None:
    unknown, cut = told(Figures(cut=30, unknown={"validation": 0.4}))
    assert (unknown.code, unknown.severity, cut.code, cut.severity) == ("unknown", "serious", "cut", "warning")
    assert "30 of 200 texts (15%)" in cut.told()
    assert "40% of the words" in unknown.told()


def test_the_settings_that_help() -> None:
    (cut,) = told(Figures(cut=30), sequence_length=50)
    assert remedies(cut) == [("sequence_length", 120), ("sequence_length", 400), ("truncation", "middle")]
    (cut,) = told(Figures(cut=3, longest=100_000), sequence_length=120, truncation="middle")
    assert remedies(cut) == []
    unknown_words = Figures(unknown={"validation": 0.4})
    assert remedies(told(unknown_words)[0]) == [("tokens", "wordpiece"), ("minimum_count", 1)]
    assert remedies(told(unknown_words, tokens="bpe")[0]) == []
