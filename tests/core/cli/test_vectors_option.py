"""`train --vectors FILE`: what of it is of use is kept in the user's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cli.train import vectors_of
from core.config import RunSettings
from core.data.dataset import Dataset
from core.settings import Settings
from core.text.vector_errors import NoVectorFile
from core.text.vector_shelf import VectorShelf

TEXTS = Dataset.build(["A good film", "A bad film"], ["yes", "no"], "two", "test")


def test_a_file_is_kept_for_the_words_of_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment = Settings(tmp_path, "", None, 1, 60)
    path = tmp_path / "mini.vec"
    path.write_text("3 2\ngood 1 2\nsoup 3 4\nfilm 5 6\n", encoding="utf-8")
    fingerprint = vectors_of(path, TEXTS, RunSettings(), environment)
    assert VectorShelf(tmp_path).load(fingerprint).words == ["good", "film"]
    assert "2 of its 3 words" in capsys.readouterr().err
    assert RunSettings().with_values({"vectors": fingerprint}).flat()["embedding_dim"] == 2
    with pytest.raises(NoVectorFile, match=r"absent\.vec"):
        vectors_of(tmp_path / "absent.vec", TEXTS, RunSettings(), environment)
