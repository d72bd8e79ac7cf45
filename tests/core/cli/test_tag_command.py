"""`tag`, and the other commands on what it trained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.cli.find import open_store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tagging")


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_HOME", str(home))


@pytest.fixture(scope="module")
def trained(home: Path) -> dict[str, Any]:
    lines = []
    for number in range(40):
        name, verb = f"Nom{number % 9}", ("dort", "mange")[number % 2]
        lines += [f"il O\n{verb} O\nà O\n{name} B-LOC\nSud{number % 5} I-LOC\n. O\n"]
    (home / "names.conll").write_text("\n".join(f"{line}" for line in lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNROLLED_HOME", str(home))
        told = [
            "--recipe",
            "fast",
            "--architecture",
            "gru",
            "--set",
            "units=8",
            "--set",
            "epochs=6",
            "--set",
            "letter_filters=7",
        ]
        status = main(["tag", str(home / "names.conll"), *told, "--json", str(home / "out.json")])
    assert status == 0
    found: dict[str, Any] = json.loads((home / "out.json").read_text(encoding="utf-8"))
    return found


def test_its_json(trained: dict[str, Any]) -> None:
    assert (trained["task"], trained["architecture"]) == ("tagging", "gru")
    assert trained["classes"] == ["B-LOC", "I-LOC", "O"]
    assert trained["test"]["sentences"] == trained["rows"]["test"]
    assert 0 <= trained["test"]["entity_f1"] <= 1
    assert set(trained["references"]) == {"tag_majority", "tag_per_word", "tag_linear"}
    assert trained["references"]["tag_per_word"]["network_minus_this"]["words"]
    assert trained["settings"]["reads"] == "both"
    weights = open_store().load_trained(trained["run_id"]).weights
    assert weights["letters_filters/kernel"].shape[-1] == trained["settings"]["letter_filters"] == 7


def test_predict_and_trace(trained: dict[str, Any], home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = trained["run_id"]
    assert main(["predict", run, "il dort à Nom3 Sud1.", "", "--json", "-"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert [each["word"] for each in first["words"]] == ["il", "dort", "à", "Nom3", "Sud1", "."]
    assert {each["tag"] for each in first["words"]} <= {"O", "B-LOC", "I-LOC"}
    assert second["words"] == []
    assert main(["trace", run, "il dort"]) == 0
    assert "memory" in capsys.readouterr().out
    (home / "new.conll").write_text("il X\ndort X\n\nelle X\n", encoding="utf-8")
    assert main(["predict", run, "--file", str(home / "new.conll"), "--out", str(home / "new.tsv")]) == 0
    lines = (home / "new.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["il", "dort", "", "elle", ""]


def test_what_cannot_be_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tag", str(home / "names.conll"), "--architecture", "pooling"]) == 2
    assert "“pooling” has no answer for each word" in capsys.readouterr().err
    (home / "texts.csv").write_text("text,label\na,x\nb,y\n", encoding="utf-8")
    assert main(["tag", str(home / "texts.csv")]) == 2
    assert "no tags for their words" in capsys.readouterr().err
