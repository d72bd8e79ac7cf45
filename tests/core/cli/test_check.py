"""`check` on the command line: findings as text and JSON, repairs in order, the repaired texts in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from core.cli import main
from tests.core.data.quality.planted import CLEAN, TUTORIAL


@pytest.fixture
def tutorial(tmp_path: Path) -> Path:
    file = tmp_path / "tutorial.csv"
    rows = [*TUTORIAL, ("Write to ann@example.org", "good")]
    pd.DataFrame(rows, columns=["text", "label"]).to_csv(file, index=False)
    return file


def test_the_tutorial_set_comes_out_as_what_it_is(tutorial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tutorial), "--json", "-"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["usable"], told["distinct"], told["repairs"]) == (641, 21, 21, [])
    copies, emails = told["findings"]
    assert {name: copies[name] for name in ("code", "count", "severity", "repair")} == {
        "code": "duplicates", "count": 620, "severity": "serious", "repair": "duplicates",
    }  # fmt: skip
    assert copies["effect"].startswith("620 of 641 rows repeat an earlier one")
    assert emails["examples"] == [{"Text": "Write to ann@example.org", "Masked": "Write to [email]"}]
    assert told["copies"]["fake"] > 0.98
    assert told["copies"]["honest"] < 0.65


def test_repairs_are_told_and_written(tutorial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "better.csv"
    repairs = ["--repair", "duplicates", "--repair", "emails=[e-mail]"]
    assert main(["check", str(tutorial), *repairs, "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "Repaired, duplicates: 641 -> 21 rows" in shown
    assert "Nothing was found" in shown
    assert pd.read_csv(out)["text"].iloc[-1] == "Write to [e-mail]"
    assert main(["check", str(out), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_findings_name_their_repairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "torn.tsv"
    file.write_text("\n".join(f"{text}\t{label}" for text, label in [("text", "label"), *CLEAN, (CLEAN[0][0], "no")]))
    assert main(["check", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "WARNING  Same text, different labels: 1" in shown
    assert "--repair conflicts:majority or --repair conflicts:drop" in shown


def test_an_unknown_repair_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "no-such-file.csv", "--repair", "duplicate"]) == 2
    assert "Did you mean “duplicates”?" in capsys.readouterr().err
    assert main(["train", "no-such-file.csv", "--repair", "mail"]) == 2
    assert "There is no repair “mail”" in capsys.readouterr().err
