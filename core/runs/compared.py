"""Runs set beside each other: those that differ in their seed only are one method, those tested on other texts none.

kinds(runs)            ->  LSTM (3 seeds), GRU (3 seeds), an LSTM of other texts (1 seed)
comparable(kinds, …)   ->  LSTM and GRU, and the sentence why the third is left out
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evaluation.marks import Marks, joined, marks
from core.evaluation.several import Method
from core.messages import N_
from core.runs.folds import complete
from core.runs.records import Run
from core.tasks import task_of

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation
    from core.generation.judging import WritingEvaluation
    from core.runs.store import RunStore

SEEDED = ("pooling",)  # of the simpler methods, those that random numbers change

UNTESTED = N_("“{name}” is left out: it has no score on test texts.")
OTHER_TASK = N_("“{name}” is left out: it does another task than “{reference}”.")
OTHER_DATA = N_(
    "“{name}” is left out: it was tested on other texts than “{reference}”, from “{dataset}”. A score on other texts "
    "does not tell which is better, for they may be easier."
)
OTHER_SPLIT = N_(
    "“{name}” is left out: its texts are those of “{reference}”, but divided in another way, so it was tested on other "
    "ones. A score on other texts does not tell which is better, for they may be easier."
)
OTHER_TOKENS = N_(
    "“{name}” is left out: it cuts the texts of “{reference}” into other tokens, and a perplexity counts tokens."
)


@dataclass(frozen=True)
class Kind:
    """runs: alike but for their seeds, in the order in which they were given. key: of their test texts (Marks.key)."""

    name: str
    runs: tuple[Run, ...]
    key: str

    @property
    def architecture(self) -> str:
        return self.runs[0].settings.network.architecture


@dataclass(frozen=True)
class LeftOut:
    """A sentence of this module, and what fills it."""

    sentence: str
    values: Mapping[str, str]


def alike(run: Run) -> str:
    """Equal for runs that differ in nothing but their seeds."""
    same = {"seed": 0, "order_seed": 0} | ({"fold": 1} if run.settings.split.split_by == "folds" else {})
    return f"{run.dataset_fingerprint} {run.settings.with_values(same).digest()}"


def cross_validated(runs: Sequence[Run], marked: Mapping[str, Marks]) -> tuple[list[Run], dict[str, Marks]]:
    """The same with all folds of one network and seed as one run, the first fold's, judged on the texts of all.

    Where a fold is missing, the others stay as they are.
    """
    together: dict[str, dict[int, Run]] = {}
    for run in runs:
        if run.settings.split.split_by == "folds" and run.run_id in marked:
            name = f"{run.dataset_fingerprint} {run.settings.with_values({'fold': 1}).digest()}"
            together.setdefault(name, {}).setdefault(run.settings.split.fold, run)
    taken, whole = set(), dict(marked)
    for folds in together.values():
        first = next(iter(folds.values()))
        if complete(list(folds.values())):
            whole[first.run_id] = joined([marked[run.run_id] for run in folds.values()])
            taken |= {run.run_id for run in folds.values()} - {first.run_id}
    return [run for run in runs if run.run_id not in taken], whole


def kinds(runs: Iterable[Run], keys: Mapping[str, str]) -> list[Kind]:
    """Runs put together that are alike. keys: of their test texts by run id; who has none is left out here.

    Of two runs with the same seeds, the first counts: they are the same network twice.
    """
    together: dict[tuple[str, str], dict[tuple[int, int], Run]] = {}
    for run in runs:
        if run.run_id in keys:
            seeds = run.settings.training.seed, run.settings.training.order_seed
            together.setdefault((alike(run), keys[run.run_id]), {}).setdefault(seeds, run)
    found: list[Kind] = []
    taken: Counter[str] = Counter()
    for (_alike, key), several in together.items():
        name = _name(list(several.values()))
        taken[name] += 1
        found.append(Kind(f"{name} ({taken[name]})" if taken[name] > 1 else name, tuple(several.values()), key))
    return found


def comparable(found: Sequence[Kind]) -> tuple[list[Kind], list[LeftOut]]:
    """Those with the test texts that most runs have (of as many, the first), and why each of the others is left out."""
    if not found:
        return [], []
    usual = Counter(kind.key for kind in found for _run in kind.runs).most_common(1)[0][0]
    chosen = [kind for kind in found if kind.key == usual]
    return chosen, [_why(kind, chosen[0]) for kind in found if kind.key != usual]


def untested(run: Run) -> LeftOut:
    """Of a run without a key."""
    return LeftOut(UNTESTED, {"name": run.name})


def method(kind: Kind, marked: Mapping[str, Marks]) -> Method:
    """marked: by run id."""
    return Method(kind.name, tuple(marked[run.run_id] for run in kind.runs))


def reference_method(name: str, title: str, found: Sequence[Marks]) -> Method:
    """What a kind is compared to, from the marks of each of its runs; those without random numbers count once."""
    learned = name in SEEDED
    return Method(title, tuple(found if learned else found[:1]), learned)


def judged(store: RunStore, run_id: str) -> Evaluation | WritingEvaluation | None:
    """How a run was judged on its test texts, whatever its task; None before it was."""
    return store.load_evaluation(run_id) or store.load_writing(run_id)


def judged_references(store: RunStore, run_id: str) -> Mapping[str, Evaluation | WritingEvaluation]:
    """The same of what it is compared to, by name: those that are there by now."""
    return store.load_references(run_id) or store.load_writing_references(run_id)


def marks_of(store: RunStore, run: Run) -> Marks | None:
    """How a run did on its test texts; None before it was judged."""
    evaluation = judged(store, run.run_id)
    return None if evaluation is None else marks(evaluation.predictions)


def marks_of_references(store: RunStore, kind: Kind) -> dict[str, list[Marks]]:
    """By the name of the reference, one for each run of the kind that has it by now and was tested on the same."""
    found: dict[str, list[Marks]] = {}
    for run in kind.runs:
        for name, evaluation in judged_references(store, run.run_id).items():
            marked = marks(evaluation.predictions)
            if marked.key == kind.key:
                found.setdefault(name, []).append(marked)
    return found


def _name(runs: list[Run]) -> str:
    """What the names of the runs begin with, by whole pieces: “GRU · mr”, “GRU · mr · seed 2” -> “GRU · mr”."""
    pieces = [run.name.split(" · ") for run in runs]
    common = [each[0] for each in zip(*pieces, strict=False) if len(set(each)) == 1]
    return " · ".join(common) if common and common == pieces[0][: len(common)] else runs[0].name


def _why(kind: Kind, reference: Kind) -> LeftOut:
    names = {"name": kind.name, "reference": reference.name}
    ours, theirs = kind.runs[0], reference.runs[0]
    if task_of(ours.settings).name != task_of(theirs.settings).name:
        return LeftOut(OTHER_TASK, names)
    if ours.dataset_fingerprint == theirs.dataset_fingerprint:
        if ours.settings.task == "generation" and ours.settings.split == theirs.settings.split:
            return LeftOut(OTHER_TOKENS, names)
        return LeftOut(OTHER_SPLIT, names)
    return LeftOut(OTHER_DATA, names | {"dataset": ours.dataset_name})
