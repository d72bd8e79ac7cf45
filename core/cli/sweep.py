"""`sweep`: try several preparations on the same network and see, on the validation texts, which helps."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.cli import data
from core.cli.find import open_store
from core.cli.output import percent, say, show_table, write_json
from core.cli.parameters import NotAnAssignment
from core.cli.progress import Progress
from core.cli.train import settings_of, tell, vectors_of
from core.config import Preparation
from core.data.usable import require_trainable
from core.evaluation.sweep import CAVEAT, Finding, as_json, conclusions, findings
from core.parameters import declared
from core.runs.jobs import train_run
from core.runs.records import Run, RunStatus
from core.runs.sweeps import create, label, variants
from core.settings import Settings

if TYPE_CHECKING:
    from core.runs.store import RunStore

AS_IT_IS = "as it is"


def run(options: Namespace) -> None:
    vary = varied(options.vary)
    variants(settings_of(options), vary, options.grid)  # what is not possible is said before a large file is read
    dataset = data.read(options)
    base = settings_of(options, tell(dataset))
    require_trainable(dataset)
    environment, store = Settings.from_environment(), open_store()
    if options.vectors:
        base = base.with_values({"vectors": vectors_of(options.vectors, dataset, base, environment)})
    chosen = variants(base, vary, options.grid)
    labels = [label(variant, base) or AS_IT_IS for variant in chosen]
    title = options.name or f"{base.network.architecture} · {dataset.name}"
    sweep_id, runs = create(store, store.save_dataset(dataset), chosen, [f"{title} · {one}" for one in labels])
    say(f"Sweep {sweep_id}: {len(runs)} variants of {base.network.architecture}. Control-C stops early.")
    _train(store, runs, labels, environment)
    done = [store.run(run_id) for run_id in runs]
    found = _findings(store, done, labels)
    if options.json:
        write_json(_content(sweep_id, done, labels, found), options.json)
    if options.json != "-":
        _show(done, labels, found)


def varied(texts: Sequence[str]) -> dict[str, list[str]]:
    """["sequence_length=25,50", "cleaning=-lowercase"] -> the values of each parameter. Raises NotAnAssignment.

    The value of a list has commas of its own, so it is one value; such a parameter is given once for each.
    """
    lists = {item.name for item in declared(Preparation) if item.type is tuple}
    values: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name:
            raise NotAnAssignment(text=text)
        several = [value] if name in lists else value.split(",")
        values.setdefault(name, []).extend(one.strip() for one in several)
    return values


def _train(store: RunStore, runs: Sequence[str], labels: Sequence[str], environment: Settings) -> None:
    """One after the other; if one is stopped, the rest is not begun. A variant that fails is told and passed over."""
    for place, (run_id, name) in enumerate(zip(runs, labels, strict=True)):
        say(f"Variant {place + 1} of {len(runs)}: {name}")
        try:
            with Progress(name, stoppable=True) as progress:
                train_run(run_id, environment, progress)
        except KeyboardInterrupt:
            store.set_status(run_id, RunStatus.INTERRUPTED)
            _stop(store, runs[place + 1 :])
            raise
        except Exception as error:
            say(f"  It failed: {error}")
        if store.run(run_id).status is RunStatus.STOPPED:
            _stop(store, runs[place + 1 :])
            return


def _stop(store: RunStore, runs: Sequence[str]) -> None:
    for run_id in runs:
        store.request_stop(run_id)


def _findings(store: RunStore, runs: Sequence[Run], labels: Sequence[str]) -> list[Finding]:
    loaded = {name: store.load_evaluation(one.run_id) for name, one in zip(labels, runs, strict=True)}
    judged = {name: evaluation for name, evaluation in loaded.items() if evaluation is not None}
    base = judged.pop(AS_IT_IS, None)
    return findings(base, judged) if base else []


def _sentences(found: list[Finding]) -> list[str]:
    told = []
    for finding in conclusions(found):
        numbers = {key: f"{value:.1f}" for key, value in finding.values.items()}
        numbers["texts"] = f"{finding.difference.texts:,}"
        told.append(finding.sentence.format(name=finding.name, reference=AS_IT_IS, **numbers))
    return [*told, CAVEAT] if told else []


def _content(sweep_id: str, runs: Sequence[Run], labels: Sequence[str], found: list[Finding]) -> dict[str, Any]:
    """The JSON of `sweep`: accuracies on the validation texts, as fractions of one; nothing of the test texts."""
    against = {finding.name: as_json(finding) for finding in found}
    rows = [
        {
            "run_id": one.run_id,
            "name": name,
            "status": str(one.status),
            "validation": {
                "accuracy": one.metrics.get("best_val_accuracy"),
                "loss": one.metrics.get("best_val_loss"),
            },
            "epochs": int(one.metrics.get("epoch", 0)),
            "seconds": one.seconds,
            "minus_as_it_is": against.get(name),
            "preparation": one.settings.preparation.model_dump(mode="json"),
        }
        for name, one in zip(labels, runs, strict=True)
    ]
    return {"sweep": sweep_id, "variants": rows, "conclusions": _sentences(found)}


def _show(runs: Sequence[Run], labels: Sequence[str], found: list[Finding]) -> None:
    effects = {finding.name: finding for finding in found}
    order = sorted(zip(labels, runs, strict=True), key=lambda pair: -pair[1].metrics.get("best_val_accuracy", -1.0))
    rows = []
    for name, one in order:
        finding = effects.get(name)
        points = f"{finding.difference.points:+.1f} ({finding.effect})" if finding else ""
        accuracy = percent(one.metrics.get("best_val_accuracy", float("nan")))
        rows.append((name, str(one.status), accuracy, points, f"{one.seconds:.1f}", one.run_id[:8]))
    print("\nOn the validation texts:")
    heads = ("variant", "status", "accuracy", "points", "seconds", "id")
    show_table(heads, rows, right=("accuracy", "seconds"))
    print()
    for sentence in _sentences(found):
        print(sentence)
