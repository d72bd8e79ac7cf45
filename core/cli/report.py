"""What `train` has to say at the end: as JSON for programs, and as a table with one plain sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.cli.output import percent, show_table
from core.evaluation.comparison import Difference, compare_tables
from core.evaluation.references import REFERENCES

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation
    from core.evaluation.metrics import Scores
    from core.runs.records import Run

NUMBERS = (
    "texts",
    "accuracy",
    "accuracy_low",
    "accuracy_high",
    "macro_precision",
    "macro_recall",
    "macro_f1",
    "loss",
)


def content(
    run: Run, evaluation: Evaluation, references: Mapping[str, Evaluation], seconds: Mapping[str, float]
) -> dict[str, Any]:
    """The JSON of `train`; accuracies are fractions of one, `sequences_per_second` counts training texts."""
    return {
        "run_id": run.run_id,
        "name": run.name,
        "status": str(run.status),
        "task": run.settings.task,
        "architecture": run.settings.network.architecture,
        "recipe": run.settings.recipe,
        "seed": run.settings.training.seed,
        "dataset": {"name": run.dataset_name, "fingerprint": run.dataset_fingerprint},
        "classes": run.class_names,
        "rows": run.rows,
        "epochs": int(run.metrics.get("epoch", 0)),
        "validation": _numbers(evaluation.validation),
        "test": _numbers(evaluation.test),
        "references": {
            name: _numbers(reference.test) | {"network_minus_this": vars(_difference(evaluation, reference))}
            for name, reference in references.items()
        },
        "seconds": dict(seconds),
        "sequences_per_second": run.metrics["sequences_per_second"],
        "settings": run.settings.flat(),
    }


def show(run: Run, evaluation: Evaluation, references: Mapping[str, Evaluation]) -> None:
    """The scores on the test part, one sentence for each reference, and the way on."""
    named = {run.settings.network.architecture: evaluation} | {REFERENCES[n]: r for n, r in references.items()}
    rows = [(name, *_cells(item.test)) for name, item in named.items()]
    print(f"\nOn {evaluation.test['texts']:,} test texts that were never learned from:")
    show_table(("", "accuracy", "95 % interval", "macro F1", "loss"), rows, right=("accuracy", "macro F1", "loss"))
    print()
    for name, reference in references.items():
        difference = _difference(evaluation, reference)
        numbers = {key: f"{value:.1f}" for key, value in difference.values.items()} | {"texts": f"{difference.texts:,}"}
        names = {"name": run.settings.network.architecture, "reference": REFERENCES[name]}
        print(difference.sentence.format(**names, **numbers))
    print(f'\nAsk it:  python -m core predict {run.run_id[:8]} "a text"')


def _difference(evaluation: Evaluation, reference: Evaluation) -> Difference:
    difference = compare_tables(evaluation.predictions, reference.predictions)
    assert difference is not None, "references are judged on the run's own test texts"
    return difference


def _numbers(scores: Scores) -> dict[str, float]:
    return {name: scores[name] for name in NUMBERS}  # type: ignore[literal-required]


def _cells(scores: Scores) -> tuple[str, ...]:
    interval = f"{percent(scores['accuracy_low'])} to {percent(scores['accuracy_high'])}"
    return percent(scores["accuracy"]), interval, percent(scores["macro_f1"]), f"{scores['loss']:.3f}"
