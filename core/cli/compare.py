"""`compare`: which of several trainings is better, on the same test texts."""

from __future__ import annotations

import math
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.find import find_run, open_store
from core.cli.output import percent, say, show_table, write_json
from core.errors import RunError
from core.evaluation.contrast import Contrast
from core.evaluation.lead import ONCE, lead
from core.evaluation.measures import TITLES
from core.evaluation.said import as_json, said
from core.evaluation.several import Method, Standing, against, every_pair, standing
from core.messages import N_
from core.runs.compared import (
    Kind,
    LeftOut,
    comparable,
    cross_validated,
    kinds,
    marks_of,
    marks_of_references,
    method,
    reference_method,
    untested,
)
from core.tasks import task_of

if TYPE_CHECKING:
    from core.runs.records import Run
    from core.runs.store import RunStore


class NothingToCompare(RunError):
    message = N_("There is nothing to compare: two methods with scores on the same test texts are needed.")


class NoSuchMethod(RunError):
    message = N_("“{wanted}” is none of what is compared here: {names}.")


DATA = ("sample:", "data:", "hub:")


def run(options: Namespace) -> None:
    if all(given.startswith(DATA) or Path(given).exists() for given in options.data):
        from core.cli import contest  # the engine is only needed here

        contest.run(options)
        return
    store = open_store()
    told(store, [find_run(store, wanted) for wanted in options.data], options)


def told(store: RunStore, runs: Sequence[Run], options: Namespace, **more: Any) -> None:
    """Print what may be said of these runs, and write it as JSON if asked to; `more` goes into the JSON, too."""
    marked = {one.run_id: found for one in runs if (found := marks_of(store, one)) is not None}
    runs, marked = cross_validated(runs, marked)
    chosen, left_out = comparable(kinds(runs, {run_id: found.key for run_id, found in marked.items()}))
    left_out = [*(untested(one) for one in runs if one.run_id not in marked), *left_out]
    for each in left_out:
        say(each.sentence.format(**each.values))
    methods = {kind.name: method(kind, marked) for kind in chosen}
    if chosen:
        methods |= references_beside(store, chosen, options.all)
    if len(methods) < 2:
        raise NothingToCompare
    reference = _reference(methods, options.against, chosen)
    others = [each for each in methods.values() if each is not reference]
    standings = sorted((standing(each) for each in methods.values()), key=lambda each: each.rank)
    contrasts, pairs = against(reference, others), every_pair(list(methods.values()))
    if options.json:
        write_json(_content(standings, contrasts, pairs, left_out) | more, options.json)
    if options.json != "-":
        _show(standings, contrasts, pairs)


def references_beside(store: RunStore, chosen: Sequence[Kind], every: bool) -> dict[str, Method]:
    """By their titles: the main simpler method of the first kind's texts, or every one."""
    item = task_of(chosen[0].runs[0].settings)
    found = marks_of_references(store, chosen[0])
    wanted = [name for name in found if every or name == item.main_reference]
    return {item.references[name]: reference_method(name, item.references[name], found[name]) for name in wanted}


def _reference(methods: dict[str, Method], wanted: str | None, chosen: Sequence[Kind]) -> Method:
    item = task_of(chosen[0].runs[0].settings)
    if wanted is None:
        usual = methods.get(item.references[item.main_reference])
        return methods[chosen[1].name] if len(chosen) == 2 or usual is None else usual
    by_id = {one.run_id: kind.name for kind in chosen for one in kind.runs}
    for name in methods:
        known = (name, *(key for key, title in item.references.items() if title == name))
        if wanted in known or any(run_id.startswith(wanted) for run_id, own in by_id.items() if own == name):
            return methods[name]
    raise NoSuchMethod(wanted=wanted, names=", ".join(methods))


def _sentences(standings: Sequence[Standing], contrasts: Sequence[Contrast], pairs: Sequence[Contrast]) -> list[str]:
    rank = {each.name: place for place, each in enumerate(standings)}
    told = [said(each) for each in sorted(contrasts, key=lambda each: rank[each.name])]
    first = lead(pairs)
    if first is not None and len(standings) > 2:
        told.append(first.sentence.format(name=first.name, count=first.count, others=", ".join(first.others)))
    if any(each.once for each in contrasts):
        told.append(ONCE)
    return told


def _content(
    standings: Sequence[Standing], contrasts: Sequence[Contrast], pairs: Sequence[Contrast], left_out: list[LeftOut]
) -> dict[str, Any]:
    """The JSON of `compare`: accuracies as fractions of one, differences in percentage points."""
    return {
        "methods": [vars(each) for each in standings],
        "against": [as_json(each) for each in contrasts],
        "pairs": [as_json(each) for each in pairs],
        "sentences": _sentences(standings, contrasts, pairs),
        "left_out": [each.sentence.format(**each.values) for each in left_out],
    }


def written(found: Standing, value: float) -> str:
    """A score, or a bound of it."""
    return f"{value:,.1f}" if found.measure == "perplexity" else percent(value)


def interval(found: Standing) -> str:
    return f"{written(found, found.low)} to {written(found, found.high)}"


def scatter(found: Standing) -> str:
    """Between seeds: points, or as it is of a perplexity; nothing of one seed."""
    if math.isnan(found.scatter):
        return ""
    return f"{found.scatter if found.measure == 'perplexity' else 100 * found.scatter:.1f}"


def _show(standings: Sequence[Standing], contrasts: Sequence[Contrast], pairs: Sequence[Contrast]) -> None:
    told = {each.name: each for each in contrasts}
    rows = []
    for each in standings:
        row = (each.name, str(each.seeds), written(each, each.score), interval(each))
        other = told.get(each.name)
        difference = "" if other is None else f"{other.points:+.1f} ({other.low:.1f} to {other.high:.1f})"
        chance = "" if other is None else "< .001" if other.corrected < 0.001 else f"{other.corrected:.3f}"
        rows.append((*row, scatter(each), difference, chance))
    unit = "test sentences" if contrasts[0].words else "test texts"
    print(f"\nOn the same {contrasts[0].texts:,} {unit}, points against {contrasts[0].reference}:")
    score = TITLES[standings[0].measure].lower()
    heads = ("method", "seeds", score, "95 % interval", "seeds vary by", "points", "chance")
    show_table(heads, rows, right=("seeds", score, "seeds vary by", "chance"))
    print()
    for line in _sentences(standings, contrasts, pairs):
        print(line)
