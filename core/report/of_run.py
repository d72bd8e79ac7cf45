"""The report of one run: what it is, what it reaches, on which texts, and what the network does with some of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from core.evaluation.intervals import Intervals, Score
from core.evaluation.named import NOT_SHARES
from core.evaluation.said import between, said
from core.messages import N_
from core.models import architecture
from core.report import settings as in_words
from core.report.facts import Example, Facts
from core.report.html import Html, figure, joined, page, section, table, tag
from core.report.pictures import Line, curves, heat_map, sentence
from core.report.words import ENGLISH, Words
from core.tasks import task_of

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
        section(say(N_("Settings")), table([say(N_("Setting")), say(N_("Value"))], in_words.rows(run.settings, words))),
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
    if facts.evaluation is None:
        return
    item = task_of(facts.run.settings)
    name = words.say(architecture(facts.run.settings.network.architecture).title)
    order = sorted(facts.references, key=lambda one: one != item.main_reference)
    for reference in order:
        title = words.say(item.references[reference])
        found = between(name, facts.evaluation.predictions, title, facts.references[reference].predictions)
        if found is not None:
            yield said(found, words)


def scores_section(facts: Facts, words: Words) -> Html:
    """Every score with its interval, beside the simpler methods; then by class, and the confusions."""
    if facts.intervals is None or facts.evaluation is None:
        told = N_("This training has no scores on test texts.")
        perplexity = facts.run.metrics.get("test_perplexity")
        if perplexity is not None:
            return section(
                words.say(N_("Scores")),
                tag("p", words.say(N_("Perplexity on the test texts: {value}."), value=words.number(perplexity, 1))),
            )
        return section(words.say(N_("Scores")), tag("p", words.say(told)))
    named, say = task_of(facts.run.settings).scores, words.say
    systems = {say(architecture(facts.run.settings.network.architecture).title): facts.intervals}
    titles = task_of(facts.run.settings).references
    systems |= {say(titles[name]): found for name, found in facts.reference_intervals.items()}
    rows = [
        (say(title), *(score(name, found.overall.get(name), words) for found in systems.values()))
        for name, (title, _) in named.items()
        if name in facts.intervals.overall
    ]
    looked = facts.run.test_looks
    return section(
        say(N_("Scores")),
        tag("p", say(N_("On {count} test texts that were never learned from, with the range in which the true value "
                        "likely lies (95%). They were looked at {times} times for this training."),
                     count=facts.evaluation.test["texts"], times=looked)),
        table([say(N_("Score")), *systems], rows),
        _by_class(facts.intervals, words),
        _confusions(facts.evaluation.class_names, facts.evaluation.test["confusion"], words),
    )  # fmt: skip


def score(name: str, found: Score | None, words: Words) -> str:
    """ "82.1% (79.0% to 85.0%)", or without a range where none is known."""
    if found is None:
        return "–"

    def write(value: float) -> str:
        return words.number(value, 3) if name in NOT_SHARES else words.percent(value)

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


def _versions(facts: Facts, words: Words) -> Html:
    told = ", ".join(f"{name} {version}" for name, version in facts.versions.items())
    number = words.say(N_("Number of the training: {run_id}."), run_id=facts.run.run_id)
    return section(words.say(N_("Versions")), tag("p", f"{told}. {number}"))
