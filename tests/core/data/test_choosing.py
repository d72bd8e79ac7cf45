"""A table becomes a data set: nothing of it is lost."""

from __future__ import annotations

import pandas as pd
import pytest

from core.data.choosing import NoSuchColumn, dataset_from_table
from core.data.columns import Columns, guess_columns
from core.data.splits.parts import UnknownPart

FRAME = pd.DataFrame(
    {
        "titre": ["Bien", "", "Nul"],
        "avis": ["bon film", "rien", ""],
        "note": ["+", " - ", "-"],
        "jeu": ["Entraînement", "dev", "test"],
        "auteur": ["A", "B", "A"],
        "date": ["2024", "2025", "2026"],
    },
    dtype="str",
)


def test_texts_are_joined_and_the_other_columns_kept() -> None:
    data = dataset_from_table(FRAME, Columns("titre", "note", "jeu", "auteur", ("avis",)), "x", "upload: x.csv")
    assert data.texts == ["Bien\nbon film", "rien", "Nul"]
    assert data.labels == ["+", "-", "-"]
    assert data.parts == ["train", "validation", "test"]
    assert data.frame["group"].tolist() == ["A", "B", "A"]
    assert data.frame["date"].tolist() == ["2024", "2025", "2026"]
    assert list(data.frame) == ["text", "label", "part", "group", "date"]


def test_a_table_without_labels() -> None:
    assert dataset_from_table(FRAME, Columns("avis", None), "x", "x").labels == ["", "", ""]


def test_what_names_no_part_is_said() -> None:
    with pytest.raises(UnknownPart, match="“2024” in the column “date”"):
        dataset_from_table(FRAME, Columns("avis", "note", "date"), "x", "x")
    with pytest.raises(NoSuchColumn, match=r"“autheur”\. Did you mean “auteur”"):
        dataset_from_table(FRAME, Columns("avis", "note", None, "autheur"), "x", "x")


def test_all_of_them_are_guessed() -> None:
    assert guess_columns(FRAME) == Columns("avis", "note", "jeu", "auteur")
    assert guess_columns(FRAME, ("date", "titre"), "auteur") == Columns("date", "auteur", "jeu", None, ("titre",))
