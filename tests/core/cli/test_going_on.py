"""`continue`: longer, with another learning rate and more texts; what cannot be is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.cli import main

pytestmark = pytest.mark.usefixtures("quick_references")

FAST = ["--recipe", "fast", "--architecture", "pooling", "--set", "epochs=1"]


def rows(words: dict[str, str], start: int) -> str:
    numbers = range(start, start + 20)
    told = [f"a {word} film number {number},{label}" for number in numbers for label, word in words.items()]
    return "text,label\n" + "\n".join(told) + "\n"


def test_a_run_goes_on_with_more_texts(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(rows({"good": "lovely", "bad": "awful"}, 0), encoding="utf-8")
    second.write_text(rows({"good": "lovely", "meh": "plain"}, 15), encoding="utf-8")
    assert main(["train", str(first), *FAST, "--name", "films"]) == 0
    out = tmp_path / "out.json"
    more = ["--epochs", "2", "--learning-rate", "0.001", "--json", str(out)]
    assert main(["continue", "films", *more, str(second)]) == 0  # options may come first
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["epochs"], told["settings"]["learning_rate"]) == (3, 0.001)
    assert told["classes"] == ["bad", "good", "meh"]
    assert sum(told["rows"].values()) == 40 + 35
    assert "on the processor" in capsys.readouterr().err
    assert main(["continue", "films", "--learning-rate", "-1"]) == 2
    assert "learning_rate" in capsys.readouterr().err
