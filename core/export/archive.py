"""A run as a zip that works by itself, offered only after it has been opened again and has answered the same."""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from string import Template
from types import ModuleType
from typing import Any

from core.errors import RunError
from core.evaluation.answering import Answering
from core.insight.trained import Trained, task_in
from core.messages import N_
from core.tasks import task, task_of
from core.text.preparation_file import FILE_NAME, PreparationFile
from core.training.runtime import start

# Keras and NumPy add up in another order; over hundreds of steps that shows in the sixth digit.
TOLERANCE = 1e-4
# Texts that trip programs up are always tried, beside those of the data set.
ODD_TEXTS = ("", " ", "?!", "zzxxqq", "e\u0301te\u0301 🙂 <b>", "mot " * 700)

# The zip's README speaks both languages, whoever opens it.
SHARES = ("accuracy", "macro_f1")
ANSWERING = {
    "fr": {
        "temperature": "Ses probabilités sont corrigées par une température de {}.",
        "threshold": "La seconde classe est donnée dès que sa probabilité atteint {}.",
        "least": "Sous une probabilité de {}, la réponse est « ? » : il ne sait pas.",
    },
    "en": {
        "temperature": "Its probabilities are corrected by a temperature of {}.",
        "threshold": "The second class is answered from a probability of {} on.",
        "least": "Below a probability of {}, the answer is “?”: it does not know.",
    },
}
PERCENT = {"fr": "0.0\N{NO-BREAK SPACE}%", "en": "0.0%"}


class ExportMismatch(RunError):
    message = N_(
        "The exported model answers differently from the trained one (by up to {difference} on {texts} texts), so it "
        "was not kept. Train the run again, and report this if it happens again."
    )


class NothingToExport(RunError):
    message = N_("This run has no trained network yet. Wait until its first epoch is over, or choose another run.")


def export(
    bundle: Path,
    out: Path,
    texts: Sequence[str],
    name: str = "",
    test: Mapping[str, Any] | None = None,
    answering: Answering | None = None,
) -> Path:
    """Write the zip `out` from a folder that holds a saved core.insight.Network and its model.keras; returns `out`.

    `texts` are real texts on which the zip's own predict.py must agree with the NumPy network; `name` and `test` (the
    scores on the test part) stand in its README. `answering`: how its probabilities become answers. Raises
    NothingToExport, or ExportMismatch and leaves no file.
    """
    if not (bundle / "model.keras").is_file():
        raise NothingToExport
    network = task(task_in(bundle)).trained.load(bundle)
    out.parent.mkdir(parents=True, exist_ok=True)
    unchecked = out.with_name(f".{out.name}.{os.getpid()}.unchecked")
    try:
        answering = answering or Answering()
        _write(unchecked, bundle, network, name, test, answering)
        _check(unchecked, network, [*texts, *ODD_TEXTS], answering)
        unchecked.replace(out)
    finally:
        unchecked.unlink(missing_ok=True)
    return out


def _write(
    path: Path, bundle: Path, network: Trained, name: str, test: Mapping[str, Any] | None, answering: Answering
) -> None:
    settings = _settings(network, name, test) | {"answering": answering.told()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(bundle / "model.keras", "model.keras", zipfile.ZIP_STORED)  # it is a zip already
        archive.writestr("tokenizer.json", network.encoder.to_json())
        archive.writestr("settings.json", json.dumps(settings, ensure_ascii=False, indent=1))
        archive.writestr(FILE_NAME, PreparationFile.of(network.settings).to_json())
        archive.writestr("README.md", _readme(network, name, test, answering))
        archive.write(task_of(network.settings).template / "predict.py", "predict.py")


def _settings(network: Trained, name: str, test: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "name": name,
        "class_names": list(network.class_names),
        **task_of(network.settings).told_in_zip(network),
        "test": test,
        "training": network.settings.model_dump(mode="json"),
        "about": network.about,
        "made_with": _versions(),
    }


def _readme(network: Trained, name: str, test: Mapping[str, Any] | None, answering: Answering) -> str:
    versions = _versions()
    template = task_of(network.settings).template / "README.md"
    return Template(template.read_text(encoding="utf-8")).substitute(
        name=name or "Unrolled",
        classes="\n".join(f"- {class_name}" for class_name in network.class_names),
        score_fr=_score(network, test, "fr"),
        score_en=_score(network, test, "en"),
        answering_fr=_answering(answering, "fr"),
        answering_en=_answering(answering, "en"),
        install=f"pip install tensorflow=={versions['tensorflow']} tokenizers=={versions['tokenizers']}",
    )


def _score(network: Trained, test: Mapping[str, Any] | None, language: str) -> str:
    from babel.numbers import format_decimal, format_percent

    if test is None:
        return ""
    shown = {"texts": format_decimal(test["texts"], locale=language)}
    shown |= {name: format_percent(test[name], PERCENT[language], locale=language) for name in SHARES if name in test}
    if "perplexity" in test:
        shown["perplexity"] = format_decimal(test["perplexity"], "0.0", language)
    return task_of(network.settings).score_in_zip[language].format(**shown)


def _answering(answering: Answering, language: str) -> str:
    """How the zip answers, where that is not the usual way."""
    values = {name: f"{value:.3g}" for name, value in answering.told().items() if value is not None}
    if language == "fr":
        values = {name: value.replace(".", ",") for name, value in values.items()}
    usual = Answering().told()
    return " ".join(ANSWERING[language][name].format(value) for name, value in values.items()
                    if answering.told()[name] != usual[name])  # fmt: skip


def _versions() -> dict[str, str]:
    start()
    import tensorflow

    # TensorFlow's distribution has several names (tensorflow-cpu, …), its module one.
    return {"tensorflow": tensorflow.__version__} | {name: metadata.version(name) for name in ("keras", "tokenizers")}


def _check(path: Path, network: Trained, texts: Sequence[str], answering: Answering) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        program = imported(Path(folder) / "predict.py")
        difference = task_of(network.settings).answers_differ(network, program, list(texts), answering)
    if not difference <= TOLERANCE:  # NaN is not
        raise ExportMismatch(difference=f"{difference:.2g}", texts=len(texts))


def imported(path: Path) -> ModuleType:
    """The script that travels in the zip as a module, without a trace in sys.modules."""
    spec = importlib.util.spec_from_file_location("unrolled_exported_predict", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
