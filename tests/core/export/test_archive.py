"""The zip answers as the app does, by itself, and one that does not is never offered."""

import ast
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.evaluation.answering import Answering
from core.evaluation.confidence import tempered
from core.evaluation.metrics import scores
from core.export.archive import ExportMismatch, NothingToExport, export, imported
from core.insight.network import Network
from core.models import architectures
from core.text.prepare import prepare
from core.training.recipes import recipe
from core.training.session import fit, keras_model

TEXTS = ["a lovely film", "the <b>worst</b> évening 🙂", "so so, not bad at all and not good either", "x", ""]
MASKED = recipe("recommended", "gru").with_values({"units": 4, "embedding_dim": 6, "epochs": 1})
# As the tutorial has it: zeros before the text, and read like words; here with three classes and a middle cut away.
UNMASKED = recipe("tutorial", "simple_rnn").with_values(
    {"units": 4, "embedding_dim": 6, "epochs": 1, "sequence_length": 7, "truncation": "middle"}
)


def bundle(folder: Path, settings: RunSettings, class_names: list[str]) -> Path:
    """A folder as the run store keeps it, of a network that has learned a little."""
    kinds = len(class_names)
    texts = [f"{['good', 'bad', 'so so'][i % kinds]} film {i} of the évening" for i in range(30)]
    labels = [class_names[i % kinds] for i in range(30)]
    dataset = Dataset.build(texts, labels, "films", "pasted")
    network, _ = fit(settings, prepare(dataset, settings.preparation, settings.split))
    network.save(folder)
    keras_model(network).save(folder / "model.keras")
    return folder


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("masked"), MASKED, ["yes", "no"])


@pytest.fixture(scope="module")
def unmasked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("unmasked"), UNMASKED, ["good", "bad, really", "text"])


@pytest.fixture(scope="module")
def unpacked(masked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("export")
    test = scores([0, 1, 1, 0], np.eye(2)[[0, 1, 1, 1]], ["no", "yes"])
    with zipfile.ZipFile(export(masked, place / "films.zip", TEXTS, "Films $5", test)) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


@pytest.mark.parametrize("name", [name for name in architectures() if name not in ("gru", "simple_rnn")])
def test_every_kind_of_network_answers_alone_as_it_does_here(name: str, tmp_path: Path) -> None:
    """`export` itself compares, on odd texts and long ones, too; GRU and SimpleRNN are the other tests'."""
    settings = recipe("recommended", name)
    few = dict.fromkeys(("units", "dense_units", "filters", "feed_forward"), 4)
    small = few | {"embedding_dim": 6, "ngram_places": 9, "epochs": 1}
    known = settings.flat()
    settings = settings.with_values({key: value for key, value in small.items() if key in known})
    out = export(bundle(tmp_path, settings, ["yes", "no"]), tmp_path / "films.zip", TEXTS)
    assert zipfile.is_zipfile(out)


def alone(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """predict.py in a Python that knows nothing of this project."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-I", str(unpacked / "predict.py"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=unpacked.parent, env=environment
    )


def test_the_script_needs_tensorflow_and_tokenizers_only(unpacked: Path) -> None:
    tree = ast.parse((unpacked / "predict.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    outside = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    assert outside == {"tensorflow", "keras", "tokenizers"}  # Keras comes with TensorFlow


def test_the_script_alone_gives_the_apps_answers(unpacked: Path, masked: Path) -> None:
    table = unpacked.parent / "in.csv"
    table.write_text("id;text\n" + "".join(f'{i};"{text}"\n' for i, text in enumerate(TEXTS)), encoding="utf-8-sig")
    ended = alone(unpacked, "--file", str(table), "--out", str(unpacked.parent / "out.csv"))
    assert (ended.returncode, ended.stderr) == (0, "")
    found = pd.read_csv(unpacked.parent / "out.csv", keep_default_na=False)
    network = Network.load(masked)
    assert found["text"].tolist() == TEXTS
    columns = [f"probability:{name}" for name in network.class_names]
    np.testing.assert_allclose(found[columns].to_numpy(), network.predict(TEXTS), atol=1e-5)
    best = found[columns].to_numpy().argmax(axis=1)
    assert found["predicted"].tolist() == [network.class_names[place] for place in best]


def test_people_find_what_it_is_in_both_languages(unpacked: Path) -> None:
    readme = (unpacked / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Films $5\n")
    assert readme.count("- no\n- yes\n") == 2
    assert "son exactitude est de 75,0\N{NO-BREAK SPACE}%" in readme
    assert "its accuracy is 75.0%" in readme
    assert "pip install tensorflow==" in readme


def test_all_settings_travel_with_it(unpacked: Path) -> None:
    settings = json.loads((unpacked / "settings.json").read_text(encoding="utf-8"))
    assert RunSettings.model_validate(settings["training"]) == MASKED
    assert settings["class_names"] == ["no", "yes"]
    assert settings["test"]["accuracy"] == 0.75


def test_a_network_that_reads_its_padding_is_given_it(unmasked: Path, tmp_path: Path) -> None:
    out = export(unmasked, tmp_path / "new" / "rnn.zip", TEXTS)
    with zipfile.ZipFile(out) as archive:
        settings = json.loads(archive.read("settings.json"))
        assert sorted(archive.namelist()) == [
            "README.md",
            "model.keras",
            "predict.py",
            "preparation.json",
            "settings.json",
            "tokenizer.json",
        ]
    assert settings["encoding"] == {
        "sequence_length": 7,
        "truncation": "middle",
        "padding": "left",
        "padded_length": 7,
    }


@pytest.fixture
def swapped(masked: Path, tmp_path: Path) -> Path:
    """A folder whose Keras model has other weights than its arrays."""
    folder = shutil.copytree(masked, tmp_path / "swapped")
    network = Network.load(folder)
    network.weights["output/bias"][:] += 1
    keras_model(network).save(folder / "model.keras")
    return folder


def test_a_zip_that_answers_differently_is_not_offered(swapped: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "films.zip"
    with pytest.raises(ExportMismatch, match="answers differently"):
        export(swapped, out, TEXTS)
    assert list(out.parent.iterdir()) == []


def test_an_older_zip_stays_if_the_new_one_fails(swapped: Path, tmp_path: Path) -> None:
    out = tmp_path / "films.zip"
    out.write_bytes(b"older")
    with pytest.raises(ExportMismatch):
        export(swapped, out, TEXTS)
    assert out.read_bytes() == b"older"


def test_a_run_without_a_network_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(NothingToExport, match="no trained network"):
        export(tmp_path, tmp_path / "out.zip", TEXTS)


def test_the_zip_takes_along_how_probabilities_become_answers(masked: Path, tmp_path: Path) -> None:
    network = Network.load(masked)
    told = network.predict(TEXTS)
    line = float(np.median(tempered(told, 3.0)[:, 1]))
    chosen = Answering(3.0, line, 0.5001)
    with zipfile.ZipFile(export(masked, tmp_path / "films.zip", TEXTS, answering=chosen)) as archive:
        archive.extractall(tmp_path / "unpacked")
    readme = (tmp_path / "unpacked" / "README.md").read_text("utf-8")
    assert "température de 3." in readme
    assert "temperature of 3." in readme
    there = imported(tmp_path / "unpacked" / "predict.py").Network()
    found = np.array(there.probabilities(TEXTS))
    assert found == pytest.approx(tempered(told, 3.0), abs=1e-4)
    assert [there.answer(row) for row in found.tolist()] == chosen.names(found, ["no", "yes"]).tolist()


def test_a_zip_that_leaves_out_the_temperature_is_not_offered(
    masked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answering, "told", lambda _self: {"temperature": 1.0, "threshold": None, "least": 0.0})
    with pytest.raises(ExportMismatch):
        export(masked, tmp_path / "films.zip", TEXTS, answering=Answering(5.0))
