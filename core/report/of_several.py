"""The report of a comparison: scores and curves of several runs, what may be said of them, and what sets them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.evaluation.lead import ONCE, lead
from core.evaluation.marks import marks
from core.evaluation.said import said
from core.evaluation.several import every_pair
from core.messages import N_
from core.report import settings as in_words
from core.report.facts import Facts
from core.report.html import Html, figure, page, section, table, tag
from core.report.of_run import data_section, score
from core.report.pictures import Line, curves
from core.report.words import ENGLISH, Words
from core.runs.compared import comparable, cross_validated, kinds, method, untested
from core.tasks import task_of

MOST_PAIRS = 15


def html(several: Sequence[Facts], words: Words = ENGLISH, extra: Sequence[str] = ()) -> str:
    """The file. `extra`: sentences that the page says of the comparison, put first."""
    say = words.say
    title = say(N_("Comparison of {count} trainings"), count=len(several))
    told = [*extra, *(standing(several, words) if not extra else [])]
    return page(
        title,
        words.code,
        tag("h1", title),
        *(tag("p", sentence, class_="verdict") for sentence in told),
        _scores(several, words),
        _curves(several, words),
        _settings(several, words),
        *_data(several, words),
    )


def standing(several: Sequence[Facts], words: Words) -> Iterator[str]:
    """What leads, then what may be said of each pair, corrected for their number; and why others are left out.

    Trainings that differ in their seeds only are one method, as on page Compare.
    """
    marked = {one.run.run_id: marks(_judged(one).predictions) for one in several if _judged(one) is not None}
    runs, marked = cross_validated([one.run for one in several], marked)
    chosen, left_out = comparable(kinds(runs, {run_id: found.key for run_id, found in marked.items()}))
    pairs = every_pair([method(kind, marked) for kind in chosen])
    first = lead(pairs)
    if first is not None and first.count > 2:
        yield words.say(first.sentence, name=first.name, count=first.count, others=", ".join(first.others))
    yield from (said(pair, words) for pair in pairs[:MOST_PAIRS])
    if any(pair.once for pair in pairs):
        yield words.say(ONCE)
    for each in [*(untested(run) for run in runs if run.run_id not in marked), *left_out]:
        yield words.say(each.sentence, **each.values)


def _scores(several: Sequence[Facts], words: Words) -> Html:
    say = words.say
    names = [name for name in task_of(several[0].run.settings).scores
             if any(one.intervals and name in one.intervals.overall for one in several)]  # fmt: skip
    named = {name: title for one in several for name, (title, _) in task_of(one.run.settings).scores.items()}
    rows = [
        (
            say(N_("Test texts")),
            *(words.number(_judged(one).test["texts"] if _judged(one) else None) for one in several),
        )
    ]
    rows += [
        (
            say(named[name]),
            *(score(name, one.intervals.overall.get(name) if one.intervals else None, words) for one in several),
        )
        for name in names
    ]
    rows.append((say(N_("Seconds")), *(words.number(one.run.seconds, 0) for one in several)))
    return section(say(N_("Scores")), table([say(N_("Score")), *(one.run.name for one in several)], rows))


def _judged(one: Facts) -> Any:
    """Whatever its task."""
    return one.evaluation or one.writing


def _curves(several: Sequence[Facts], words: Words) -> Html:
    drawn = []
    for name, told in (("loss", N_("Loss by epoch")), ("accuracy", N_("Accuracy by epoch"))):
        lines = [
            Line(one.run.name, one.history["epoch"].tolist(), one.history[f"val_{name}"].tolist(), one.run.look)
            for one in several
            if not one.history.empty
        ]
        if lines:
            title = words.say(told)
            drawn.append(figure(curves(lines, title, share=name == "accuracy"), title))
    told = N_("On the validation texts, one colour and dash for each training, the same as in the app.")
    return section(words.say(N_("How they learned")), *drawn, tag("p", words.say(told), class_="quiet"))


def _settings(several: Sequence[Facts], words: Words) -> Html:
    rows = in_words.differing([one.run.settings for one in several], words)
    title = words.say(N_("Settings that differ"))
    if not rows:
        return section(title, tag("p", words.say(N_("None: these trainings have the same settings."))))
    return section(title, table([words.say(N_("Setting")), *(one.run.name for one in several)], rows))


def _data(several: Sequence[Facts], words: Words) -> list[Html]:
    """Each set of texts once."""
    return [data_section(one, words) for one in {one.run.dataset_fingerprint: one for one in several}.values()]
