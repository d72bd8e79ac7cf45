"""Is a recurrent network worth it on these texts? The chosen network against its siblings and simpler methods.

    begun(store, fingerprint, entrants(settings), names)   ->  three seeds of each, queued round by round
    rows(…)                                                ->  scores, order, time and size of each, while it fills
    advice(…)                                              ->  what to use

What has no seeds (the most frequent class, TF-IDF with logistic regression, counts of tokens) are references of the
first run. Labels, tags, spans and what comes next are each judged by a score of their own (core.evaluation.measures).
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.config import RunSettings
from core.evaluation.contrast import Contrast
from core.evaluation.lead import lead
from core.evaluation.marks import Marks, marks
from core.evaluation.measures import Measure
from core.evaluation.several import Method, Standing, every_pair, standing
from core.messages import N_
from core.runs.records import Run
from core.training.recipes import recipe

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation
    from core.generation.judging import WritingEvaluation
    from core.insight.order import Order
    from core.runs.store import RunStore

TAG = "contest"
SEEDS = 3
CELLS = ("lstm", "gru", "simple_rnn")
SIMPLER = ("pooling", "bag_of_words")  # without a memory of the order; for texts that get one label each
# By task, what has no seeds.
LONE = {
    "classification": ("tfidf_logistic_regression", "majority"),
    "tagging": ("tag_linear", "tag_per_word", "tag_majority"),
    "generation": ("fivegram", "trigram", "bigram", "unigram"),
}
# From the simplest up: of methods that are equally good, the first is to be used.
SIMPLEST_FIRST = (
    "majority", "tag_majority", "unigram", "bigram", "tag_per_word", "trigram", "fivegram", "tag_linear",
    "tfidf_logistic_regression", "bag_of_words", "pooling", "simple_rnn", "gru", "lstm",
)  # fmt: skip

BEST = N_("Use {name}: it is better than everything else that was tried here.")
SIMPLEST = N_(
    "Use {name}: nothing is better, as far as {texts} test texts can tell, and it is the simplest of those as good."
)
SIMPLEST_OF_WORDS = N_(
    "Use {name}: nothing is better, as far as {texts} test sentences can tell, and it is the simplest of those as good."
)
NOT_YET = N_("What to use is said as soon as two methods have been judged.")


@dataclass(frozen=True)
class Row:
    """A method by its key (an architecture or a reference). standing, second (`second`): None before it is judged.

    done: runs that are over, of `runs`. seconds: to train it once. numbers: to learn. order: whether it uses the order
    of the words, None where it is not known.
    """

    key: str
    standing: Standing | None
    second: float | None
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
    beside = (*CELLS, *SIMPLER) if base.task == "classification" else CELLS
    names = [chosen, *(name for name in beside if name != chosen)]
    made = {}
    groups = (base.preparation, base.split, base.of_task)
    shared = {name: value for group in groups for name, value in group.model_dump(mode="json").items()}
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
    found |= {name: Method(name, (marks,), learned=False) for name, marks in lone.items()}
    return {key: method for key, method in found.items() if method.marks}


def lone_of(
    references: Mapping[str, Evaluation | WritingEvaluation], task: str
) -> dict[str, tuple[Marks, float | None, float]]:
    """Of each reference without seeds, how it did on each text, its second score, and its seconds."""
    found = {}
    for name in LONE[task]:
        if name in references:
            marked = marks(references[name].predictions)
            value = references[name].test.get(second(marked.measure)[1])
            found[name] = marked, value if isinstance(value, float) else None, references[name].seconds
    return found


def second(measure: Measure) -> tuple[str, str]:
    """The score beside the one that decides: its title, and its name among scores (a run's metric has test_ before)."""
    if measure == "perplexity":
        return N_("Next token foreseen"), "likeliest"
    if measure == "entity_f1":
        return N_("Words right"), "accuracy"
    return N_("F1 (macro)"), "macro_f1"


def rows(
    runs: Sequence[Run],
    judged: Mapping[str, Method],
    lone_scores: Mapping[str, tuple[float | None, float]],
    numbers: Callable[[Run], int],
    orders: Mapping[str, Order | None],
) -> list[Row]:
    """The table, the best first, then what is not judged yet. lone_scores: of references, second score and seconds."""
    made = []
    first = next((method.marks[0] for method in judged.values()), None)
    metric = f"test_{second(first.measure)[1]}" if first else ""
    for key, several in by_network(runs).items():
        over = [run for run in several if run.status.over]
        trained = [run for run in several if run.has_network]
        scores = [run.metrics[metric] for run in several if metric in run.metrics]
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
    for name, (value, seconds) in lone_scores.items():
        if name in judged:
            made.append(Row(name, standing(judged[name]), value, 1, 1, seconds, None, None))
    return sorted(made, key=lambda row: row.standing.rank if row.standing else math.inf)


def advice(judged: Mapping[str, Method]) -> tuple[str, str, list[Contrast]]:
    """A sentence of this module with {name} and {texts}, the key that it names ("" for none), and every pair."""
    pairs = every_pair(list(judged.values()))
    first = lead(pairs)
    if first is None:
        return NOT_YET, "", pairs
    if not first.others:
        return BEST, first.name, pairs
    # Who is worse by itself, and only among so many comparisons not for sure, is not to be recommended all the same.
    behind = {pair.reference for pair in pairs if pair.name == first.name and replace(pair, corrected=math.nan).clear}
    as_good = (first.name, *(name for name in first.others if name not in behind))
    rank = {name: place for place, name in enumerate(SIMPLEST_FIRST)}
    told = SIMPLEST_OF_WORDS if pairs[0].words else SIMPLEST
    return told, min(as_good, key=lambda name: rank.get(name, len(rank))), pairs
