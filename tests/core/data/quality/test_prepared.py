"""Texts that are cut and words that nobody knows are told, with their shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.data.quality import about_preparation


@dataclass
class Figures:
    cut: int = 0
    texts: int = 200
    unknown: dict[str, float] = field(default_factory=lambda: {"train": 0.0, "validation": 0.02, "test": 0.5})


def test_nothing_to_say() -> None:
    assert about_preparation(Figures()) == []  # type: ignore[arg-type]


def test_what_is_cut_and_what_is_unknown() -> None:
    figures = Figures(cut=30, unknown={"validation": 0.4})
    unknown, cut = about_preparation(figures)  # type: ignore[arg-type]
    assert (unknown.code, unknown.severity, cut.code, cut.severity) == ("unknown", "serious", "cut", "warning")
    assert "30 of 200 texts (15%)" in cut.told()
    assert "40% of the words" in unknown.told()
