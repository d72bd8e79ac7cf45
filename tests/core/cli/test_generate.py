"""Writing texts on the command line, from a file with one text a line to a zip that works by itself."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.cli.find import open_store
from core.export.archive import imported
from core.generation.sampling import Sampling
from core.generation.writer import Writer
from core.runs.results import NoClassifier
from tests.core.cli.errors import require_one_line

TINY = ["--set", "units=6", "--set", "embedding_dim=6", "--set", "epochs=2", "--set", "minimum_count=1", "--seed", "3"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNROLLED_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("UNROLLED_TRACKING_URI", raising=False)
        yield


@pytest.fixture(scope="module")
def trained(environment: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("texts")
    rows = [
        f"{start} {noun} {verb} !\t{label}"
        for label, start in (("fr", "Le"), ("en", "The"))
        for noun in ("chat", "chien", "loup", "ours", "lion")
        for verb in ("dort", "court", "mange", "chante")
    ]
    (folder / "animals.tsv").write_text("\n".join(["text\tlabel", *rows]), encoding="utf-8")
    out = folder / "result.json"
    arguments = ["generate-train", str(folder / "animals.tsv"), "--name", "animals", "--json", str(out)]
    assert main([*arguments, "--architecture", "gru", *TINY]) == 0
    return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_training_tells_how_well_it_foretells_beside_what(trained: dict[str, Any]) -> None:
    told = {name: trained[name] for name in ("task", "architecture", "recipe", "seed", "classes", "rows", "epochs")}
    assert told == {
        "task": "generation",
        "architecture": "gru",
        "recipe": "recommended",
        "seed": 3,
        "classes": ["en", "fr"],
        "rows": {"train": 28, "validation": 6, "test": 6},
        "epochs": 2,
    }
    assert list(trained["references"]) == ["uniform", "unigram", "bigram", "trigram", "fivegram"]
    for scores in [trained["test"], *trained["references"].values()]:
        assert 1 < scores["perplexity_low"] <= scores["perplexity"] <= scores["perplexity_high"] < 30
        assert (scores["texts"], scores["tokens"]) == (6, 30)
    for reference in trained["references"].values():
        expected = trained["test"]["perplexity"] / reference["perplexity"]
        assert reference["network_against_this"]["points"] == pytest.approx(100 * (1 - expected), abs=1e-3)
    assert trained["copying"]["samples"]["texts"] == len(trained["samples"]) == 100
    assert {each["label"] for each in trained["samples"]} == {"en", "fr"}


def test_what_it_wrote_while_it_learned_is_kept(trained: dict[str, Any]) -> None:
    store = open_store()
    texts = store.texts(trained["run_id"])
    assert list(texts) == [1, 2]
    assert {each.label for each in texts[2]} == {"en", "fr"}
    assert store.run(trained["run_id"]).metrics["test_perplexity"] == pytest.approx(trained["test"]["perplexity"])
    assert store.load_evaluation(trained["run_id"]) is None
    assert store.load_references(trained["run_id"]) == {}
    with pytest.raises(NoClassifier):
        store.load_network(trained["run_id"])


def test_generate_writes_by_label_and_start_and_tells_what_came_next(
    trained: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["generate", "animals", "--label", "fr", "--start", "Le xyzzy", "--count", "2", "--longest", "5"]
    assert main([*asked, "--json", "-"]) == 0
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert "read as unknown words: xyzzy" in captured.err
    assert told["unknown"] == ["xyzzy"]
    assert len(told["texts"]) == 2
    for text in told["texts"]:
        assert text["text"].startswith("Le xyzzy")
        assert text["copied"]["run"] == 4
        assert text["steps"][0]["likeliest"][0][1] >= text["steps"][0]["probability"]
    assert main([*asked, "--next"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Le xyzzy")
    assert "likeliest" in shown


def test_trace_tells_what_it_expected(trained: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "animals", "The xyzzy", "--json", "-"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["tokens"], told["unknown"]) == (["The", "xyzzy"], ["xyzzy"])
    assert told["given"][1] is None
    assert len(told["expected"]) == len(told["states"]) == 3
    assert main(["trace", "animals", "The xyzzy"]) == 0
    heads, first, *_ = capsys.readouterr().out.splitlines()
    assert heads.startswith("token")
    assert first.startswith("(start)")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["generate", "animals", "--label", "de"], "It knows: en, fr"),
        (["generate", "animals", "--temperature", "3"], "at most 2.0"),
        (["generate", "animals", "--top-k", "many"], "A number is needed"),
        (["generate", "animal"], "Did you mean “animals”?"),
        (["predict", "animals", "a text"], "Have it write with: python -m core generate"),
        (["generate-train", "none.csv"], "There is no file “none.csv”"),
        (["generate-train", "x.csv", "--architecture", "pooling"], "Choose one of: simple_rnn, lstm, gru"),
        (["generate-train", "x.csv", "--set", "bidirectional=true"], "cannot read in both directions"),
        (["generate-train", "x.csv", "--set", "form=other"], "Choose among"),
    ],
)
def test_errors_are_one_line_that_says_what_to_do(
    trained: dict[str, Any], arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    require_one_line(arguments, sentence, capsys)


def test_too_few_texts_of_one_column_leave_no_run(
    trained: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "poems.txt").write_text("un vers\nun autre\n", encoding="utf-8")
    assert main(["generate-train", str(tmp_path / "poems.txt")]) == 2
    assert "Only 2 different texts" in capsys.readouterr().err
    assert len(open_store().runs()) == 1


def test_the_zip_writes_by_itself(trained: dict[str, Any], tmp_path: Path) -> None:
    """Its answers are compared with the network's when it is packed; here its program writes."""
    assert main(["export", "animals", str(tmp_path / "animals.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "animals.zip") as archive:
        archive.extractall(tmp_path / "there")
    assert "perplexity is" in (tmp_path / "there" / "README.md").read_text(encoding="utf-8")
    there = imported(tmp_path / "there" / "predict.py").Network()
    first, second = there.write("en", "The", 2, temperature=0)
    writer = open_store().load_trained(trained["run_id"])
    assert isinstance(writer, Writer)
    (expected,) = writer.write(writer.start("The", "en"), Sampling(temperature=0))
    assert first == second == expected.text
    assert there.write(seed=1, longest=4) == there.write(seed=1, longest=4)


# The last one here, for the run is longer afterwards.
def test_a_network_that_writes_goes_on_with_texts_of_a_file(
    trained: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"Le {noun} rouge dort !\tfr" for noun in ("chat", "chien", "loup", "ours", "lion")]
    (tmp_path / "more.tsv").write_text("\n".join(["text\tlabel", *rows]), encoding="utf-8")
    out = tmp_path / "out.json"
    assert main(["continue", "animals", str(tmp_path / "more.tsv"), "--epochs", "1", "--json", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["run_id"], told["epochs"], told["classes"]) == (trained["run_id"], 3, ["en", "fr"])
    assert sum(told["rows"].values()) == 45
    assert list(told["references"]) == list(trained["references"])
    said = capsys.readouterr()
    assert "5 usable texts" in said.err
    assert "on the processor" in said.err
    assert "counts after two tokens" in said.out
