"""A model card (Mitchell et al. 2019) in Markdown: what a network is for, what it learned from, how well it does and
where it should not be used. What only its owner knows is left to be filled in, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from core.messages import N_
from core.models import architecture
from core.report import settings as in_words
from core.report.facts import Facts
from core.report.of_run import CAUTION, PARTS, score, verdicts
from core.report.words import ENGLISH, Words
from core.tasks import task_of

_SPECIAL = set("\\`*_{}[]<>#|~$")
FILL_IN = N_("*To be filled in by you.*")
PURPOSE, LIMITS = N_("What it is for"), N_("Where it should not be used")
LEARNED_FROM, SCORE = N_("What it learned from"), N_("How well it does")
SETTINGS, VERSIONS = N_("Settings"), N_("Versions")


def markdown(facts: Facts, words: Words = ENGLISH) -> str:
    run, say = facts.run, words.say
    network = say(architecture(run.settings.network.architecture).title)
    lines = [
        f"# {plain(run.name)}",
        "",
        say(N_("{network}, trained with Unrolled. Task: {task}."), network=network,
            task=say(task_of(run.settings).title)),
        "",
        f"## {say(PURPOSE)}",
        "",
        say(FILL_IN),
        "",
        f"## {say(LIMITS)}",
        "",
        say(CAUTION),
        "",
        say(FILL_IN),
        "",
        f"## {say(LEARNED_FROM)}",
        "",
        *_data(facts, words),
        "",
        f"## {say(SCORE)}",
        "",
        *_scores(facts, words),
        "",
        f"## {say(SETTINGS)}",
        "",
        *_table([say(N_("Setting")), say(N_("Value"))], in_words.rows(run.settings, words)),
        "",
        f"## {say(VERSIONS)}",
        "",
        *(f"- {name} {version}" for name, version in facts.versions.items()),
        "- " + say(N_("Number of the training: {run_id}."), run_id=run.run_id),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """A user's text on one line, with nothing in it that Markdown would render."""
    escaped = "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in " ".join(str(text).split()))
    return escaped.replace("://", ":\N{ZERO WIDTH SPACE}//")


def _data(facts: Facts, words: Words) -> list[str]:
    run, say = facts.run, words.say
    told = [
        say(N_("“{name}”, fingerprint {fingerprint}."), name=plain(run.dataset_name),
            fingerprint=run.dataset_fingerprint)
    ]  # fmt: skip
    if facts.dataset is not None and facts.dataset.licence:
        told.append(say(N_("Licence: {licence}."), licence=plain(facts.dataset.licence)))
    if facts.dataset is not None and facts.dataset.notes:
        told.append(plain(facts.dataset.notes))
    lines = [" ".join(told), "", say(N_("Classes: {names}."), names=", ".join(map(plain, run.class_names[:50])))]
    if facts.split is not None:
        rows = [(say(PARTS[part.part]), words.number(part.texts)) for part in facts.split.parts]
        lines += ["", *_table([say(N_("Part")), say(N_("Texts"))], rows)]
    return lines


def _scores(facts: Facts, words: Words) -> list[str]:
    say = words.say
    if facts.intervals is None or facts.evaluation is None:
        return [say(N_("This training has no scores on test texts."))]
    item = task_of(facts.run.settings)
    found = {say(architecture(facts.run.settings.network.architecture).title): facts.intervals}
    found |= {say(item.references[name]): one for name, one in facts.reference_intervals.items()}
    rows = [
        (say(title), *(score(name, one.overall.get(name), words) for one in found.values()))
        for name, (title, _) in item.scores.items()
        if name in facts.intervals.overall
    ]
    told = N_("On {count} test texts that were never learned from; in brackets, the 95% interval.")
    return [
        *chain.from_iterable((plain(sentence), "") for sentence in verdicts(facts, words)),
        say(told, count=facts.evaluation.test["texts"]),
        "",
        *_table([say(N_("Score")), *found], rows),
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    written = [f"| {' | '.join(plain(cell) for cell in row)} |" for row in (heads, *rows)]
    return [written[0], "|" + "---|" * len(heads), *written[1:]]
