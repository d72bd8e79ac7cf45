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
        # What is the same everywhere is no text, whatever it is called and however long.
        (
            {"text": ["the same long sentence"] * 3, "said": ["a b", "c", "d"], "label": list("xyx")},
            Columns("said", "label"),
        ),
        ({"avis": ["", "", ""], "x": ["a b", "c d", "e f"], "y": list("aba")}, Columns("x", "y")),
        (
            {"title": ["a", "b", "c"], "review": ["long", "longer", "longest"], "stars": list("121")},
            Columns("review", "stars"),
        ),
        # A label that never changes is one only where there is no other.
        ({"text": ["a", "b", "c"], "lang": ["fr"] * 3, "polarity": list("101")}, Columns("text", "polarity")),
        ({"text": ["a", "b", "c"], "label": ["x"] * 3}, Columns("text", "label")),
        (
            {
                "text": list("abcd"),
                "label": list("xyxy"),
                "split": ["train", "train", "dev", "test"],
                "user_id": list("1122"),
            },
            Columns("text", "label", "split", "user_id"),
        ),
        ({"text": ["a", "b"], "label": ["x", "y"], "set": ["train"] * 2}, Columns("text", "label")),
        ({"text": ["a", "b"], "label": ["test", "train"]}, Columns("text", "label")),
        ({"label": ["a", "b"]}, Columns("label", None)),
        ({"a": [], "b": []}, Columns("a", "b")),
    ],
)
def test_guess(columns: dict[str, list[str]], expected: Columns) -> None:
    assert guess_columns(pd.DataFrame(columns, dtype="str")) == expected


def test_the_first_rows_of_a_large_file_may_all_be_of_one_part() -> None:
    frame = pd.DataFrame({"text": ["a", "b"], "label": ["x", "y"], "split": ["train"] * 2}, dtype="str")
    assert guess_columns(pd.concat([frame] * 25_000, ignore_index=True)).part == "split"


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
