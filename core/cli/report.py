"""What `train` has to say at the end: as JSON for programs, and as a table with one plain sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from core.cli.output import percent, show_table
from core.evaluation.blend import TITLE, blended
from core.evaluation.comparison import Difference, compare, compare_tables
from core.evaluation.intervals import Intervals, intervals, labels, of_evaluation
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
        "test": _numbers(evaluation.test) | {"intervals": _bounds(evaluation)},
        "references": {
            name: _numbers(reference.test) | {"network_minus_this": vars(_difference(evaluation, reference))}
            for name, reference in references.items()
        },
        "blend": _blend(evaluation, references),
        "seconds": dict(seconds),
        "sequences_per_second": run.metrics["sequences_per_second"],
        "settings": run.settings.flat(),
    }


def show(run: Run, evaluation: Evaluation, references: Mapping[str, Evaluation]) -> None:
    """The scores on the test part, one sentence for each reference, and the way on."""
    named = {run.settings.network.architecture: evaluation} | {REFERENCES[n]: r for n, r in references.items()}
    rows = [(name, *_cells(of_evaluation(item))) for name, item in named.items()]
    both = blended(evaluation, references)
    if both is not None:
        rows.append((TITLE, *_cells(intervals(labels(evaluation), both, evaluation.class_names))))
    print(f"\nOn {evaluation.test['texts']:,} test texts that were never learned from:")
    heads = ("", "accuracy", "95 % interval", "macro F1", "95 % interval", "loss")
    show_table(heads, rows, right=("accuracy", "macro F1", "loss"))
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


def _bounds(evaluation: Evaluation) -> dict[str, list[float] | None]:
    """The 95 % interval of each score by name; None where nothing is known."""
    found = of_evaluation(evaluation).overall
    return {name: None if isnan(score.low) else [score.low, score.high] for name, score in found.items()}


def _blend(evaluation: Evaluation, references: Mapping[str, Evaluation]) -> dict[str, Any] | None:
    """The scores of the mean of the network's and the linear model's answers, and what they add to the network's."""
    from core.evaluation.metrics import scores

    both = blended(evaluation, references)
    if both is None:
        return None
    truth = labels(evaluation)
    difference = compare(truth, both.argmax(axis=1), evaluation.probabilities.argmax(axis=1))
    return _numbers(scores(truth, both, evaluation.class_names)) | {"this_minus_network": vars(difference)}


def _cells(found: Intervals) -> tuple[str, ...]:
    accuracy, f1 = found.overall["accuracy"], found.overall["macro_f1"]
    between = "" if isnan(f1.low) else f"{percent(f1.low)} to {percent(f1.high)}"
    wide = f"{percent(accuracy.low)} to {percent(accuracy.high)}"
    return percent(accuracy.value), wide, percent(f1.value), between, f"{found.overall['loss'].value:.3f}"
