"""Is a recurrent network worth it on these texts? The chosen network against its siblings and simpler methods.

    begun(store, fingerprint, entrants(settings), names)   ->  three seeds of each, queued round by round
    rows(…)                                                ->  scores, order, time and size of each, while it fills
    advice(…)                                              ->  what to use

The most frequent class, and TF-IDF with logistic regression, which have no seeds, are the references of the first run.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.config import RunSettings
from core.evaluation.contrast import Contrast
from core.evaluation.lead import lead
from core.evaluation.marks import Marks
from core.evaluation.several import Method, Standing, every_pair, standing
from core.messages import N_
from core.runs.records import Run
from core.training.recipes import recipe

if TYPE_CHECKING:
    from core.insight.order import Order
    from core.runs.store import RunStore

TAG = "contest"
SEEDS = 3
CELLS = ("lstm", "gru", "simple_rnn")
SIMPLER = ("pooling", "bag_of_words")
LONE = ("tfidf_logistic_regression", "majority")
# From the simplest up: of methods that are equally good, the first is to be used.
SIMPLEST_FIRST = ("majority", "tfidf_logistic_regression", "bag_of_words", "pooling", "simple_rnn", "gru", "lstm")

BEST = N_("Use {name}: it is better than everything else that was tried here.")
SIMPLEST = N_(
    "Use {name}: nothing is better, as far as {texts} test texts can tell, and it is the simplest of those as good."
)
NOT_YET = N_("What to use is said as soon as two methods have been judged.")


@dataclass(frozen=True)
class Row:
    """A method by its key (an architecture or a reference). standing, macro_f1: None before it is judged.

    done: runs that are over, of `runs`. seconds: to train it once. numbers: to learn. order: whether it uses the order
    of the words, None where it is not known.
    """

    key: str
    standing: Standing | None
    macro_f1: float | None
    done: int
    runs: int
    seconds: float | None
    numbers: int | None
    order: Order | None


def entrants(base: RunSettings, texts: int | None = None) -> dict[str, RunSettings]:
    """The settings of each network by its architecture, the chosen one first; preparation and split are the same.

    The others are trained as recommended, with what of the chosen network's own settings they have, too.
    """
    chosen = base.network.architecture
    names = [chosen, *(name for name in (*CELLS, *SIMPLER) if name != chosen)]
    made = {}
    shared = base.preparation.model_dump(mode="json") | base.split.model_dump(mode="json")
    own = base.network.model_dump(mode="json") if chosen in CELLS else {}
    for name in names:
        if name == chosen:
            made[name] = base
            continue
        other = recipe(base.recipe, name, texts, base.task)
        values = shared | ({"mask_padding": True} if name == "pooling" else {})
        if name in CELLS:
            known = type(other.network).model_fields
            values |= {field: value for field, value in own.items() if field in known and field != "architecture"}
            values |= base.training.model_dump(mode="json")
        made[name] = other.with_values(values)
    return made


def begun(
    store: RunStore,
    fingerprint: str,
    networks: Mapping[str, RunSettings],
    names: Callable[[str, int], str],
    seeds: int = SEEDS,
) -> tuple[str, list[str]]:
    """Queued runs with what they share (the tag TAG): each network's first seed before any network's second."""
    shared = uuid.uuid4().hex[:12]
    made: list[str] = []
    for seed in range(seeds):
        for name, settings in networks.items():
            tags = {TAG: shared, "place": str(len(made))}
            first = settings.training.seed
            numbered = settings.with_values({"seed": first + seed})
            made.append(store.create_run(numbered, fingerprint, names(name, first + seed), tags=tags))
    return shared, made


def by_network(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """The runs of a contest by their architecture, in the order in which they entered."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.settings.network.architecture, []).append(run)
    return found


def methods(runs: Sequence[Run], marked: Mapping[str, Marks], lone: Mapping[str, Marks]) -> dict[str, Method]:
    """What is judged by now, by key. marked: by run id; lone: of references without seeds, by name."""
    found = {
        key: Method(key, tuple(marked[run.run_id] for run in several if run.run_id in marked))
        for key, several in by_network(runs).items()
    }
    found |= {name: Method(name, (lone[name],), learned=False) for name in LONE if name in lone}
    return {key: method for key, method in found.items() if method.marks}


def rows(
    runs: Sequence[Run],
    judged: Mapping[str, Method],
    lone_scores: Mapping[str, tuple[float, float]],
    numbers: Callable[[Run], int],
    orders: Mapping[str, Order | None],
) -> list[Row]:
    """The table, the best first, then what is not judged yet. lone_scores: macro F1 and seconds of the references."""
    made = []
    for key, several in by_network(runs).items():
        over = [run for run in several if run.status.over]
        trained = [run for run in several if run.has_network]
        scores = [run.metrics["test_macro_f1"] for run in several if "test_macro_f1" in run.metrics]
        made.append(
            Row(
                key,
                standing(judged[key]) if key in judged else None,
                float(np.mean(scores)) if scores else None,
                len(over),
                len(several),
                float(np.mean([run.seconds for run in trained])) if trained else None,
                numbers(trained[0]) if trained else None,
                orders.get(key),
            )
        )
    for name in LONE:
        if name in judged and name in lone_scores:
            macro_f1, seconds = lone_scores[name]
            made.append(Row(name, standing(judged[name]), macro_f1, 1, 1, seconds, None, None))
    return sorted(made, key=lambda row: -row.standing.accuracy if row.standing else math.inf)


def advice(judged: Mapping[str, Method]) -> tuple[str, str, list[Contrast]]:
    """A sentence of this module with {name} and {texts}, the key that it names ("" for none), and every pair."""
    pairs = every_pair(list(judged.values()))
    first = lead(pairs)
    if first is None:
        return NOT_YET, "", pairs
    if not first.others:
        return BEST, first.name, pairs
    as_good = (first.name, *first.others)
    rank = {name: place for place, name in enumerate(SIMPLEST_FIRST)}
    return SIMPLEST, min(as_good, key=lambda name: rank.get(name, len(rank))), pairs
