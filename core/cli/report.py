"""What `train` has to say at the end: as JSON for programs, and as a table with one plain sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import isnan
from typing import TYPE_CHECKING, Any

from core.cli.output import percent, show_table
from core.cli.told import of_run
from core.evaluation.blend import TITLE, blended
from core.evaluation.comparison import compare
from core.evaluation.intervals import Intervals, intervals, labels
from core.evaluation.references import taught
from core.evaluation.said import as_json, between, said
from core.tasks import task_of

if TYPE_CHECKING:
    from core.evaluation.contrast import Contrast
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
    "sentences",
)
SHOWN = {"accuracy": "accuracy", "macro_f1": "macro F1", "entity_f1": "entity F1"}


def content(
    run: Run, evaluation: Evaluation, references: Mapping[str, Evaluation], seconds: Mapping[str, float]
) -> dict[str, Any]:
    """The JSON of `train`; accuracies are fractions of one."""
    return of_run(run, run.class_names, seconds) | {
        "validation": _numbers(evaluation.validation),
        "test": _numbers(evaluation.test) | {"intervals": _bounds(run, evaluation)},
        "references": {
            name: _numbers(reference.test)
            | {"network_minus_this": as_json(_contrast(run, evaluation, name, reference))}
            for name, reference in references.items()
        },
        "blend": _blend(evaluation, references),
    }


def show(run: Run, evaluation: Evaluation, references: Mapping[str, Evaluation]) -> None:
    """The scores on the test part, one sentence for each reference, and the way on."""
    item = task_of(run.settings)
    titles = item.references
    named = {run.settings.network.architecture: evaluation} | {titles[n]: r for n, r in references.items()}
    found = {name: item.intervals(each) for name, each in named.items()}
    both = blended(evaluation, references)
    if both is not None:
        found[TITLE] = intervals(labels(evaluation), both, evaluation.class_names)
    known = [name for name in SHOWN if all(name in each.overall for each in found.values())]
    print(f"\nOn {_counted(evaluation.test)} that were never learned from:")
    heads = ["", *chain.from_iterable((SHOWN[name], "95 % interval") for name in known), "loss"]
    show_table(heads, [(name, *_cells(each, known)) for name, each in found.items()], right=(*SHOWN.values(), "loss"))
    print()
    for name, reference in references.items():
        print(said(_contrast(run, evaluation, name, reference)))
    learned = run.rows.get("train", 0)
    if run.settings.task == "classification" and taught(learned) < learned:
        print(f"The simpler methods learned from {taught(learned):,} of the {learned:,} training texts, taken evenly.")
    print(f'\nAsk it:  python -m core predict {run.run_id[:8]} "a text"')


def _counted(test: Scores) -> str:
    if "sentences" in test:
        return f"{test['texts']:,} words of {test['sentences']:,} test sentences"
    return f"{test['texts']:,} test texts"


def _contrast(run: Run, evaluation: Evaluation, name: str, reference: Evaluation) -> Contrast:
    titles = run.settings.network.architecture, task_of(run.settings).references[name]
    found = between(titles[0], evaluation.predictions, titles[1], reference.predictions)
    assert found is not None, "references are judged on the run's own test texts"
    return found


def _numbers(scores: Scores) -> dict[str, float]:
    found = {name: scores[name] for name in NUMBERS if name in scores}  # type: ignore[literal-required]
    return found | {f"entity_{name}": value for name, value in scores.get("entities", {}).items()}


def _bounds(run: Run, evaluation: Evaluation) -> dict[str, list[float] | None]:
    """The 95 % interval of each score by name; None where nothing is known."""
    found = task_of(run.settings).intervals(evaluation).overall
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


def _cells(found: Intervals, known: list[str]) -> list[str]:
    cells = []
    for name in known:
        score = found.overall[name]
        cells += [percent(score.value), "" if isnan(score.low) else f"{percent(score.low)} to {percent(score.high)}"]
    return [*cells, f"{found.overall['loss'].value:.3f}"]
