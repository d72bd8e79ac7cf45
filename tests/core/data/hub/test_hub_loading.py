"""Data sets by their name: from folders as the hub keeps them, and every way in which the hub may refuse."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import datasets
import huggingface_hub
import pandas as pd
import pytest
from datasets.exceptions import DataFilesNotFoundError, DatasetNotFoundError
from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

from core.data.formats.source import ReadingStopped
from core.data.given import read_dataset
from core.data.hub import loading as hub
from core.data.hub.errors import (
    HubAsksForLogin,
    HubConfigNeeded,
    HubNotInstalled,
    HubProgramNeeded,
    HubUnreachable,
    HubUnreadable,
    NoSuchHubDataset,
    NoSuchHubSplit,
    explained,
)
from core.data.hub.loading import read_hub
from core.errors import DataError

CLASSES = datasets.Features(
    {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=["neg", "pos"]), "n": datasets.Value("int64")}
)
TAGS = datasets.Features(
    {
        "id": datasets.Value("string"),
        "tokens": datasets.List(datasets.Value("string")),
        "pos_tags": datasets.List(datasets.ClassLabel(names=["DET", "NOUN", "VERB"])),
        "ner_tags": datasets.List(datasets.ClassLabel(names=["O", "B-PER", "I-PER"])),
    }
)


def reviews(count: int, label: int | None = None) -> datasets.Dataset:
    """Sorted by label, as many data sets are."""
    labels = [int(2 * row >= count) if label is None else label for row in range(count)]
    rows = {"text": [f"avis {row}" for row in range(count)], "label": labels, "n": list(range(count))}
    return datasets.Dataset.from_dict(rows, features=CLASSES)


@pytest.fixture
def saved(tmp_path: Path) -> str:
    """As `save_to_disk` writes it; the test texts have no label, as in a competition."""
    parts = {"train": reviews(300), "validation": reviews(2), "test": reviews(1, -1), "unsupervised": reviews(5, -1)}
    datasets.DatasetDict(parts).save_to_disk(tmp_path / "saved")
    return str(tmp_path / "saved")


def test_classes_have_their_names_and_splits_are_parts(saved: str) -> None:
    table = read_hub(saved, folders=True)
    dataset = table.dataset()
    assert len(dataset) == 303
    assert not table.cut
    assert dataset.class_names == ["neg", "pos"]
    assert dataset.frame["part"].value_counts().to_dict() == {"train": 300, "validation": 2, "test": 1}
    assert dataset.frame.loc[dataset.frame["part"] == "test", "label"].tolist() == [""]
    assert dataset.source == f"hub:{saved}"
    assert "n" in dataset.frame


def test_one_part_alone(saved: str) -> None:
    table = read_hub(saved, split="unsupervised", folders=True)
    assert table.frame["text"].tolist() == [f"avis {row}" for row in range(5)]
    assert table.part is None
    with pytest.raises(NoSuchHubSplit, match="It has these: train, validation, test, unsupervised"):
        read_hub(saved, split="dev", folders=True)


def test_of_a_large_data_set_rows_are_drawn_from_everywhere(saved: str) -> None:
    table = read_hub(saved, folders=True, limit=43)
    assert table.cut
    dataset = table.dataset()
    assert dataset.frame["part"].value_counts().to_dict() == {"train": 40, "validation": 2, "test": 1}
    assert min(dataset.frame["label"].value_counts()[["neg", "pos"]]) >= 10
    assert dataset.fingerprint == read_hub(saved, folders=True, limit=43).dataset().fingerprint


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_folders_of_files(tmp_path: Path, kind: str) -> None:
    write: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
        "csv": lambda frame, path: frame.to_csv(path, index=False),
        "jsonl": lambda frame, path: frame.to_json(path, orient="records", lines=True),
        "parquet": lambda frame, path: frame.to_parquet(path),
    }
    for part, rows in (("train", 8), ("test", 2)):
        frame = pd.DataFrame({"avis": [f"très {row}" for row in range(rows)], "note": ["bon", "nul"] * (rows // 2)})
        write[kind](frame, tmp_path / f"{part}.{kind}")
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n", encoding="utf-8")
    dataset = read_dataset(f"hub:{tmp_path}")
    assert (dataset.texts[0], dataset.class_names) == ("très 0", ["bon", "nul"])
    assert dataset.frame["part"].value_counts().to_dict() == {"train": 8, "test": 2}
    assert dataset.licence == "cc-by-4.0"


def test_configurations(tmp_path: Path) -> None:
    card = "---\nconfigs:\n- config_name: fr\n  data_files: fr.csv\n- config_name: en\n  data_files: en.csv\n---\n"
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    for name in ("fr", "en"):
        (tmp_path / f"{name}.csv").write_text(f"text,label\n{name},a\n", encoding="utf-8")
    assert read_dataset(f"hub:{tmp_path}:en").texts == ["en"]
    for config in ("", "de"):
        with pytest.raises(HubConfigNeeded, match=r"Choose one of these: fr, en\."):
            read_hub(str(tmp_path), config, folders=True)


def test_sentences_with_tags(tmp_path: Path) -> None:
    rows = {"id": ["a", "b", "c"], "tokens": [["Jean", "va"], [], ["un\tmot"]], "pos_tags": [[1, 2], [], [1]],
            "ner_tags": [[1, 0], [], [0]]}  # fmt: skip
    tagged = datasets.Dataset.from_dict(rows, features=TAGS)
    datasets.DatasetDict({"train": tagged, "test": tagged}).save_to_disk(tmp_path / "saved")
    dataset = read_hub(str(tmp_path / "saved"), folders=True).dataset()
    assert dataset.task == "tagging"
    assert dataset.frame["words"].tolist() == ["Jean\tva", "un mot"] * 2
    assert dataset.frame["tags"].tolist() == ["B-PER\tO", "O"] * 2
    assert dataset.parts is not None
    assert sorted(dataset.parts) == ["test", "test", "train", "train"]
    assert dataset.frame["id"].tolist() == ["a", "c"] * 2


def test_the_reading_can_be_watched_and_stopped(saved: str) -> None:
    seen: list[tuple[int, int]] = []
    read_hub(saved, folders=True, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 303)
    assert seen[-1][0] > 0
    with pytest.raises(ReadingStopped):
        read_hub(saved, folders=True, cancelled=lambda: True)


def test_a_name_on_a_page_is_never_a_folder_of_this_computer(saved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoSuchHubDataset):
        read_hub(saved)
    monkeypatch.chdir(Path(saved).parent)
    with pytest.raises(NoSuchHubDataset):
        read_hub("saved")
    with pytest.raises(NoSuchHubDataset):
        read_hub("  ")


def test_the_hub_is_asked_for_the_card_first(saved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is the library's own: here it is answered by a folder."""
    asked: list[str] = []

    def dataset_info(self: object, name: str, **_: object) -> object:
        asked.append(name)
        return SimpleNamespace(card_data=SimpleNamespace(license=["mit", "apache-2.0"]))

    monkeypatch.setattr(huggingface_hub.HfApi, "dataset_info", dataset_info)
    monkeypatch.setattr(hub, "_streams", lambda name, config, local: {"train": (reviews(3).to_iterable_dataset(), 3)})
    table = read_hub("someone/reviews")
    assert asked == ["someone/reviews"]
    assert table.licence == "mit, apache-2.0"
    assert table.dataset().source == "hub:someone/reviews"
    read_hub("https://hub.example/datasets/someone/reviews/")
    assert asked[1] == "someone/reviews"


def test_without_a_connection() -> None:
    """Tests are offline (tests/conftest.py), and the library says so as it says that nothing answers."""
    with pytest.raises(HubUnreachable, match="does not answer"):
        read_hub("someone/reviews")


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "datasets":
            raise ImportError
        return known(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(HubNotInstalled, match="pip install datasets"):
        read_hub("someone/reviews")


def _bare(kind: type[Exception]) -> Exception:
    """An error of the hub's library without the answer that it wants to be made with."""
    return kind.__new__(kind)


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (_bare(GatedRepoError), HubAsksForLogin),
        (DatasetNotFoundError("Dataset 'a/b' is a gated dataset on the Hub."), HubAsksForLogin),
        (DatasetNotFoundError("Dataset 'a/b' doesn't exist on the Hub"), NoSuchHubDataset),
        (_bare(RepositoryNotFoundError), NoSuchHubDataset),
        (HFValidationError("Repo id must use alphanumeric chars"), NoSuchHubDataset),
        (ConnectionError("Couldn't reach it"), HubUnreachable),
        (TimeoutError(), HubUnreachable),
        (type("ReadTimeout", (Exception,), {"__module__": "httpx._exceptions"})(), HubUnreachable),
        (RuntimeError("Dataset scripts are no longer supported, but found b.py"), HubProgramNeeded),
        (DataFilesNotFoundError("No (supported) data files found"), HubUnreadable),
        (ValueError("Couldn't infer the same data file format"), HubUnreadable),
    ],
)
def test_what_the_hub_refuses_is_one_sentence(raised: Exception, expected: type[DataError]) -> None:
    with pytest.raises(expected), explained("a/b"):
        raise raised
