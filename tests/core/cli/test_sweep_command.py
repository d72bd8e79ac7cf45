"""`sweep`: variants of a network, told by the validation texts alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.cli import main
from core.cli.find import open_store
from core.cli.parameters import NotAnAssignment
from core.cli.sweep import varied
from core.evaluation.evaluate import scored
from core.runs.records import RunStatus
from core.text.prepare import prepare

TINY = ["--recipe", "fast", "--architecture", "pooling", "--set", "epochs=1", "--set", "embedding_dim=4"]
VARY = ["--vary", "sequence_length=2,3", "--vary", "cleaning=-lowercase"]


def test_values_of_numbers_have_commas_and_those_of_lists_are_given_one_by_one() -> None:
    told = ["sequence-length=25, 50", "cleaning=unicode,html", "cleaning=-html", "sequence_length=100"]
    assert varied(told) == {"sequence_length": ["25", "50", "100"], "cleaning": ["unicode,html", "-html"]}
    with pytest.raises(NotAnAssignment):
        varied(["sequence_length"])


def test_what_is_not_of_the_preparation_is_said_before_texts_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "no such file.csv", "--vary", "units=3"]) == 2
    assert "“units” is not a parameter of the preparation" in capsys.readouterr().err


def test_variants_are_trained_in_turn_compared_and_kept(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = tmp_path / "things.csv", tmp_path / "sweep.json"
    rows = [f"{'good' if row % 2 else 'bad'} thing number {row},{'up' if row % 2 else 'down'}" for row in range(60)]
    file.write_text("\n".join(["remark,feeling", *rows]), encoding="utf-8")
    trained: list[str] = []

    def train(run_id: str, *_: Any) -> None:
        """What a training leaves in the store; the third is stopped, as by Control-C."""
        store = open_store()
        trained.append(run_id)
        if len(trained) == 3:
            store.set_status(run_id, RunStatus.STOPPED)
            return
        run = store.run(run_id)
        prepared = prepare(store.load_dataset(run.dataset_fingerprint), run.settings.preparation, run.settings.split)
        answers = {name: np.full((len(part), 2), 0.5, np.float32) for name, part in prepared.parts.items()}
        store.save_evaluation(run_id, scored(prepared, answers, 0.0))
        store.set_status(run_id, RunStatus.FINISHED)

    monkeypatch.setattr("core.cli.sweep.train_run", train)
    options = ["--text", "remark", "--label", "feeling", "--json", str(out)]
    assert main(["sweep", str(file), *options, *TINY, *VARY]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    names = ["as it is", "sequence_length=2", "sequence_length=3", "cleaning=-lowercase"]
    assert [row["name"] for row in told["variants"]] == names
    assert [row["status"] for row in told["variants"]] == ["finished", "finished", "stopped", "stopped"]
    assert len(trained) == 3
    assert told["variants"][1]["minus_as_it_is"]["texts"] == 9
    assert told["variants"][1]["preparation"]["sequence_length"] == 2
    assert told["conclusions"]
    assert "test" not in told["variants"][0]
    shown = capsys.readouterr().out
    assert "test accuracy" not in shown.lower()
    assert "sequence_length=2" in shown
    runs = open_store().sweep(told["sweep"])
    assert [run.status for run in runs[2:]] == [RunStatus.STOPPED] * 2
    assert len({str(run.settings.split) for run in runs}) == 1
