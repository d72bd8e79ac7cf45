"""Columns and headers are guessed as a person would."""

from __future__ import annotations

import pandas as pd
import pytest

from core.data.columns import Columns, guess_columns, is_header


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"label": ["a", "b"], "text": ["x", "y"]}, Columns("text", "label")),
        ({" Étiquette ": ["a", "b"], "TEXTE": ["x", "y"]}, Columns("TEXTE", " Étiquette ")),
        (
            {"id": ["1", "2", "3"], "what": ["a long text", "a longer text", "more"], "kind": ["x", "y", "x"]},
            Columns("what", "kind"),
        ),
        (
            {"said": ["very good", "bad", "worse", "ok"], "year": list("1121"), "mood": ["up", "down", "down", "up"]},
            Columns("said", "mood"),
        ),
        ({"only": ["a", "b"]}, Columns("only", None)),
        ({"label": ["a", "b"]}, Columns("label", None)),
        ({"a": [], "b": []}, Columns("a", "b")),
    ],
)
def test_guess(columns: dict[str, list[str]], expected: Columns) -> None:
    assert guess_columns(pd.DataFrame(columns, dtype="str")) == expected


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["text", "label"]], True),
        ([["Texte", "Étiquette"], ["a", "b"]], True),
        ([["verbatim client", "humeur"], ["Très bien", "+"], ["Nul", "-"], ["Bof", "-"], ["Oui", "+"]], True),
        ([["Très bien", "positif"], ["Nul", "négatif"], ["Super", "positif"], ["Bof", "négatif"]], False),
        ([["1", "bon"], ["2", "mauvais"], ["3", "moyen"]], False),
        ([["C'est bien.", "x"], ["Non.", "y"], ["Oui.", "y"], ["Si.", "y"]], False),
        ([["a", "b"]], False),
        ([["text"], ["bon"]], True),
        ([["bon"], ["mauvais"]], False),
    ],
)
def test_header(rows: list[list[str]], header: bool) -> None:
    assert is_header(rows) is header
