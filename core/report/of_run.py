"""The report of one run: what it is, what it reaches, on which texts, and what the network does with some of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.evaluation.intervals import Intervals, Score
from core.evaluation.named import NOT_SHARES
from core.evaluation.said import between, said
from core.messages import N_
from core.models import architecture
from core.report import settings as in_words
from core.report.facts import Example, Facts
from core.report.html import Html, figure, folded, joined, page, section, table, tag
from core.report.pictures import Line, curves, heat_map, sentence
from core.report.words import ENGLISH, Words
from core.tasks import task_of

if TYPE_CHECKING:
    from core.evaluation.evaluate import Evaluation
    from core.generation.judging import WritingEvaluation

PARTS = {"train": N_("training"), "validation": N_("validation"), "test": N_("test")}
CAUTION = N_(
    "A network answers any text, also one unlike those it learned from, and often with confidence. Read a sample of "
    "its answers before you rely on them."
)


def html(facts: Facts, words: Words = ENGLISH) -> str:
    """The file; needs nothing beside it."""
    run, say = facts.run, words.say
    head = tag("header", tag("h1", run.name), tag("p", about(facts, words), class_="quiet"))
    sections = [
        *(tag("p", told, class_="verdict") for told in verdicts(facts, words)),
        scores_section(facts, words),
        _curves(facts, words),
        _insight(facts, words),
        data_section(facts, words),
        _settings(facts, words),
        _versions(facts, words),
        tag("p", say(CAUTION), class_="quiet"),
    ]
    return page(run.name, words.code, head, *sections)


def about(facts: Facts, words: Words) -> str:
    """One line: what kind of network, when it was trained, for how long, and when this was written."""
    run = facts.run
    return words.say(
        N_("{network}, trained on {begun} in {minutes} minutes; this report was written on {written}."),
        network=words.say(architecture(run.settings.network.architecture).title),
        begun=words.date(run.created), minutes=words.number(run.seconds / 60, 1),
        written=words.date(datetime.now(UTC)),
    )  # fmt: skip


def verdicts(facts: Facts, words: Words) -> Iterator[str]:
    """What may be said of it beside each simpler method, on the same test texts."""
    judged = facts.evaluation or facts.writing
    if judged is None:
        return
    item = task_of(facts.run.settings)
    name = words.say(architecture(facts.run.settings.network.architecture).title)
    beside: Mapping[str, Any] = facts.references or facts.writing_references
    for reference in sorted(beside, key=lambda one: one != item.main_reference):
        title = words.say(item.references[reference])
        found = between(name, judged.predictions, title, beside[reference].predictions)
        if found is not None:
            yield said(found, words)


def scores_section(facts: Facts, words: Words) -> Html:
    """Every score with its interval, beside the simpler methods; then by class, and the confusions."""
    say, found, judged = words.say, facts.intervals, facts.evaluation or facts.writing
    if found is None or judged is None:
        return section(say(N_("Scores")), tag("p", say(N_("This training has no scores on test texts."))))
    item = task_of(facts.run.settings)
    systems = {say(architecture(facts.run.settings.network.architecture).title): found}
    systems |= {say(item.references[name]): other for name, other in facts.reference_intervals.items()}
    rows = [
        (say(title), *(score(name, other.overall.get(name), words) for other in systems.values()))
        for name, (title, _) in item.scores.items()
        if name in found.overall
    ]
    return section(
        say(N_("Scores")),
        tag("p", say(N_("On {count} test texts that were never learned from, with the range in which the true value "
                        "likely lies (95%). They were looked at {times} times for this training."),
                     count=judged.test["texts"], times=facts.run.test_looks)),
        table([say(N_("Score")), *systems], rows),
        *([_copied(facts.writing, words)] if facts.writing else []),
        *(_classes(found, facts.evaluation, words) if facts.evaluation else []),
    )  # fmt: skip


def _classes(found: Intervals, evaluation: Evaluation, words: Words) -> list[Html]:
    return [_by_class(found, words), _confusions(evaluation.class_names, evaluation.test["confusion"], words)]


def _copied(writing: WritingEvaluation, words: Words) -> Html:
    """How much of what it writes it has read."""
    if not writing.copying:
        return Html("")
    samples, real = writing.copying["samples"], writing.copying["test"]
    told = N_(
        "Of {texts} texts that it wrote, {count} are (nearly) copied from one training text; of {tests} real test "
        "texts, {real} would count so."
    )
    values = {"texts": samples.texts, "count": samples.nearly_all, "tests": real.texts, "real": real.nearly_all}
    return tag("p", words.say(told, **values))


def score(name: str, found: Score | None, words: Words) -> str:
    """ "82.1% (79.0% to 85.0%)", or without a range where none is known."""
    if found is None:
        return "–"

    def write(value: float) -> str:
        if name in NOT_SHARES:
            return words.number(value, 1 if name == "perplexity" else 3)
        return words.percent(value)

    if math.isnan(found.low):
        return write(found.value)
    return words.say(
        N_("{value} ({low} to {high})"), value=write(found.value), low=write(found.low), high=write(found.high)
    )


def data_section(facts: Facts, words: Words) -> Html:
    """Which texts, by their fingerprint, and how they were divided."""
    run, say = facts.run, words.say
    told = [say(N_("“{name}”, fingerprint {fingerprint}."), name=run.dataset_name, fingerprint=run.dataset_fingerprint)]
    if facts.dataset is not None:
        told.append(say(N_("{count} rows as they were given."), count=facts.dataset.rows))
        if facts.dataset.licence:
            told.append(say(N_("Licence: {licence}."), licence=facts.dataset.licence))
        if facts.dataset.notes:
            told.append(facts.dataset.notes)
    if facts.split is None:
        return section(say(N_("Texts")), tag("p", " ".join(told)))
    names = [name for name in facts.run.class_names if any(name in part.classes for part in facts.split.parts)][:30]
    rows = [
        (say(PARTS[one.part]), words.number(one.texts), *(words.number(one.classes.get(name, 0)) for name in names))
        for one in facts.split.parts
    ]
    heads = [say(N_("Part")), say(N_("Texts")), *names]
    return section(say(N_("Texts")), tag("p", " ".join(told)), table(heads, rows, range(1, len(heads))))


def _curves(facts: Facts, words: Words) -> Html:
    history, say = facts.history, words.say
    if history.empty:
        return Html("")
    look = facts.run.look
    epochs = history["epoch"].tolist()

    def two(name: str) -> list[Line]:
        return [
            Line(say(N_("validation")), epochs, history[f"val_{name}"].tolist(), look),
            Line(say(N_("training")), epochs, history[name].tolist(), look, thin=True),
        ]

    loss, accuracy = say(N_("Loss by epoch")), say(N_("Accuracy by epoch"))
    return section(
        say(N_("How it learned")),
        figure(curves(two("loss"), loss), loss),
        figure(curves(two("accuracy"), accuracy, share=True), accuracy),
    )


def _insight(facts: Facts, words: Words) -> Html:
    if not facts.examples:
        return Html("")
    told = N_(
        "Test texts of which it was surest, right ones first. The colour of a word is how likely the answer was after "
        "it: orange is likely, blue is not. Below, a row for each of the units that move most."
    )
    return section(
        words.say(N_("What it does with a text")),
        tag("p", words.say(told)),
        *(_example(example, words) for example in facts.examples),
    )


def _example(example: Example, words: Words) -> Html:
    seen = [token.text for token in example.trace.tokens if token.seen]
    sentence_of = N_("Label: “{label}”. Answer: “{predicted}”, {probability} sure.")
    told = words.say(sentence_of, label=example.label, predicted=example.predicted,
                     probability=words.percent(example.probability))  # fmt: skip
    states = next((states for name, states in example.trace.states.items() if name.endswith("hidden")), None)
    picture = heat_map(seen, states, told) if states is not None and states.size else Html("")
    return tag("figure", sentence(seen, example.trace.verdicts[:, example.place]),
               tag("div", picture, class_="wide"), tag("figcaption", told))  # fmt: skip


def _by_class(found: Intervals, words: Words) -> Html:
    say = words.say
    heads = [say(N_("Class")), say(N_("Texts")), say(N_("Precision")), say(N_("Recall")), say(N_("F1"))]
    rows = [
        (
            str(row["name"]),
            words.number(int(row["texts"])),
            *(score(name, Score(row[name], row[f"{name}_low"], row[f"{name}_high"]), words)
              for name in ("precision", "recall", "f1")),
        )
        for row in found.by_class.to_dict("records")
    ]  # fmt: skip
    return joined([tag("h2", say(N_("By class"))), table(heads, rows, (1,))])


def _confusions(names: Sequence[str], counts: Sequence[Sequence[int]], words: Words) -> Html:
    if len(names) > 20:
        return Html("")
    heads = [words.say(N_("true, answered")), *names]
    rows = [(name, *map(words.number, row)) for name, row in zip(names, counts, strict=True)]
    return joined([tag("h2", words.say(N_("Confusions"))), table(heads, rows, range(1, len(heads)))])


def _settings(facts: Facts, words: Words) -> Html:
    say, rows = words.say, in_words.rows(facts.run.settings, words)
    return section(
        say(N_("Settings")),
        folded(say(N_("All {count} settings"), count=len(rows)), table([say(N_("Setting")), say(N_("Value"))], rows)),
    )


def _versions(facts: Facts, words: Words) -> Html:
    told = ", ".join(f"{name} {version}" for name, version in facts.versions.items())
    number = words.say(N_("Number of the training: {run_id}."), run_id=facts.run.run_id)
    return section(words.say(N_("Versions")), tag("p", f"{told}. {number}"))
