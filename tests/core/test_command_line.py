"""The command line from end to end, as DESIGN.md promises it: one small training, then all that can be done with it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.cli import main
from core.cli.find import open_store
from core.runs.records import RunStatus
from tests.core.cli.errors import require_one_line

TINY = ["--set", "units=6", "--set", "embedding_dim=8", "--set", "epochs=2", "--seed", "3"]
TEXT = "Not a bad film, xyzzy!"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNROLLED_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("UNROLLED_TRACKING_URI", raising=False)
        yield


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A semicolon file with columns whose names nobody could guess, and one text twice."""
    rows = [f"{i};{'good' if i % 2 else 'bad'} thing number {i};{'up' if i % 2 else 'down'}" for i in range(80)]
    file = tmp_path_factory.mktemp("texts") / "things.csv"
    file.write_text("\n".join(["id;remark;feeling", *rows, "80;good thing number 1;up"]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def trained(environment: None, texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("result") / "result.json"
    arguments = ["train", str(texts), "--text", "remark", "--label", "feeling", "--name", "things", "--json", str(out)]
    assert main([*arguments, "--architecture", "gru", "--recipe", "fast", *TINY]) == 0
    return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_train_tells_all_that_was_promised(trained: dict[str, Any]) -> None:
    told = {name: trained[name] for name in ("task", "architecture", "recipe", "seed", "classes", "rows", "epochs")}
    assert told == {
        "task": "classification",
        "architecture": "gru",
        "recipe": "fast",
        "seed": 3,
        "classes": ["down", "up"],
        "rows": {"train": 56, "validation": 12, "test": 12},
        "epochs": 2,
    }
    assert set(trained["references"]) == {"majority", "pooling", "tfidf_logistic_regression"}
    for scores in [trained["test"], *trained["references"].values(), trained["blend"]]:
        assert 0 <= scores["accuracy"] <= 1
        assert 0 <= scores["macro_f1"] <= 1
        assert scores["loss"] > 0
    low, high = trained["test"]["intervals"]["macro_f1"] or (0, 1)
    assert 0 <= low <= trained["test"]["macro_f1"] <= high <= 1
    assert trained["references"]["tfidf_logistic_regression"]["accuracy"] == 1.0
    seconds = trained["seconds"]
    assert {"start", "train", "evaluate", "total"} <= set(seconds)
    assert seconds["total"] >= seconds["start"] + seconds["train"] + seconds["evaluate"]
    assert trained["sequences_per_second"] > 0
    assert trained["settings"]["units"] == 6


def test_the_run_is_in_the_same_store_as_the_apps(trained: dict[str, Any]) -> None:
    run = open_store().run(trained["run_id"])
    assert (run.name, run.status, run.test_looks) == ("things", RunStatus.FINISHED, 1)
    assert len(open_store().history(run.run_id)) == 2


def test_runs_lists_it(trained: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs"]) == 0
    heads, row = capsys.readouterr().out.splitlines()
    assert heads.startswith("id")
    assert row.split()[:4] == [trained["run_id"][:8], "things", "finished", "gru"]


def test_runs_as_json(trained: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", "--json", "-"]) == 0
    (run,) = json.loads(capsys.readouterr().out)
    assert run["run_id"] == trained["run_id"]
    assert run["metrics"]["test_accuracy"] == trained["test"]["accuracy"]


def test_predict_answers_typed_texts(trained: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", trained["run_id"][:6], "good thing", "", "--json", "-"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    network = open_store().load_network(trained["run_id"])
    expected = network.predict(["good thing", ""])
    assert [first["probability:down"], first["probability:up"]] == pytest.approx(expected[0].tolist())
    assert second["predicted"] in ("down", "up")


def test_predict_answers_a_table(trained: dict[str, Any], texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    assert main(["predict", "things", "--file", str(texts), "--text", "remark", "--out", str(out)]) == 0
    answers = pd.read_csv(out, dtype=str)
    assert list(answers)[:5] == ["id", "remark", "feeling", "predicted", "probability"]
    assert len(answers) == 81


def test_trace_follows_the_words(trained: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "trace.json"
    assert main(["trace", "things", TEXT, "--json", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "xyzzy (unknown)" in shown
    trace = json.loads(out.read_text(encoding="utf-8"))
    assert [TEXT[token["start"] : token["end"]] for token in trace["tokens"]] == [
        "Not",
        "a",
        "bad",
        "film",
        ",",
        "xyzzy",
        "!",
    ]
    assert np.shape(trace["states"]["hidden"]) == (7, 6)
    assert np.shape(trace["verdicts"]) == (7, 2)
    np.testing.assert_allclose(np.linalg.norm(trace["states"]["hidden"], axis=1), trace["norms"], rtol=1e-5)
    assert trace["probabilities"] == dict(zip(["down", "up"], trace["verdicts"][-1], strict=True))


def test_export_writes_a_checked_zip(trained: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "things.zip"
    assert main(["export", "things", str(out)]) == 0
    with zipfile.ZipFile(out) as archive:
        assert "predict.py" in archive.namelist()


def test_the_same_seed_gives_the_same_scores(trained: dict[str, Any], texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.json"
    arguments = ["train", str(texts), "--text", "remark", "--label", "feeling", "--json", str(out), "--name", "again"]
    assert main([*arguments, "--architecture", "gru", "--recipe", "fast", *TINY]) == 0
    again = json.loads(out.read_text(encoding="utf-8"))
    assert again["test"] == trained["test"]
    open_store().delete(again["run_id"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["train", "none.csv"], "There is no file “none.csv”"),
        (["train", "sample:reviews_en", "--set", "epoch=5"], "Did you mean “epochs”?"),
        (["train", "sample:reviews_en", "--set", "epochs"], "Write it as NAME=VALUE"),
        (["train", "sample:reviews_en", "--architecture", "grue"], "Did you mean “gru”?"),
        (["predict", "thing", "a"], "Did you mean “things”?"),
        (["trace", "nothing", "a"], "python -m core runs"),
        (["predict", "things", "--file", "none.csv"], "There is no file “none.csv”"),
    ],
)
def test_errors_are_one_line_that_says_what_to_do(
    trained: dict[str, Any], arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    require_one_line(arguments, sentence, capsys)


def test_texts_that_cannot_be_trained_on_leave_no_run(
    trained: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.csv"
    file.write_text("text,label\n" + "".join(f"text {i},same\n" for i in range(9)), encoding="utf-8")
    assert main(["train", str(file)]) == 2
    assert "one class, “same”" in capsys.readouterr().err
    assert len(open_store().runs()) == 1


@pytest.mark.parametrize("arguments", [[], ["fly"], ["train"], ["export", "x"], ["train", "x", "--seed", "one"]])
def test_what_cannot_be_understood_points_to_the_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("--help")


@pytest.mark.parametrize(
    "command", ["", "train", "check", "predict", "trace", "generate-train", "generate", "runs", "export"]
)
def test_help_is_quick_and_fits_the_screen(command: str) -> None:
    """TensorFlow takes seconds, MLflow one: neither may be imported to print a text."""
    program = (
        "import sys, core.cli\n"
        "try: core.cli.main(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert not {'tensorflow', 'keras', 'mlflow', 'sklearn'} & sys.modules.keys()"
    )
    words = [*command.split(), "--help"]
    ended = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, encoding="utf-8")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("usage: python -m core")
    assert max(map(len, ended.stdout.splitlines())) <= 106


@pytest.mark.parametrize("limit", ["0", "-3", "many"])
def test_an_impossible_limit_is_one_line(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["runs", f"--limit={limit}"])
    assert capsys.readouterr().err.startswith("Error: argument --limit: a whole number from 1")


def test_a_variable_that_is_no_number_is_one_line(
    environment: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UNROLLED_WORKERS", "two")
    assert main(["runs"]) == 2
    assert "UNROLLED_WORKERS is “two”" in capsys.readouterr().err
