"""What the views of page Look inside ask of a task: the box for the text, the words, the lane above, the sentences."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from copy import copy
from typing import ClassVar

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.looks import Given, Look, look_of
from core.insight.looks.base import Kind
from core.insight.places import Places
from core.models.base import Array, Weights
from core.runs.records import Run
from dashboard.ui import charts, results
from dashboard.ui.charts import Chart
from dashboard.ui.i18n import _, number, percent


class Lens(ABC):
    """Of one run. without: views that do not exist for this task, and why (N_). each: whether each step has an answer
    of its own.
    """

    each: ClassVar[bool] = True
    # Whether one of a text's words is asked about, and not what comes after all of it.
    chosen_answers: ClassVar[bool] = False
    without: ClassVar[Mapping[str, str]] = {}

    def __init__(self, run: Run) -> None:
        self.run = run
        self.look: Look = look_of(results.trained(run))

    @abstractmethod
    def ask(self, place: int = 0) -> Given | None:
        """Show the box for the text; None, with a sentence, as long as there is nothing to read. `place`: of several
        boxes, which; each begins with another text."""

    def known(self, given: Given) -> Given:
        """What another network was given, as this one can read it."""
        return given

    def read(self) -> tuple[Given, Places] | None:
        """The shared text, and how the run's network reads it, after the box for it."""
        given = self.ask()
        return None if given is None else (given, self.trace(given))

    def trace(self, given: Given) -> Places:
        """What the run's network makes of a text; read once, however many views show it."""
        return _trace(self.run.run_id, self.run.seconds, given, self.look)

    @abstractmethod
    def words(self, trace: Places) -> list[str]:
        """The steps, as the visitor typed them."""

    @abstractmethod
    def said(self, trace: Places) -> None:
        """What the network answers, above the lanes."""

    @abstractmethod
    def lane(self, trace: Places, part: slice, word: int | None = None, title: str | None = None) -> Chart:
        """The answers along a stretch of the text; `word`: its place in the stretch."""

    def more_lanes(self, trace: Places, part: slice) -> list[Chart]:
        """What else there is along the text."""
        return []

    @abstractmethod
    def explain(self, trace: Places, place: str | None) -> None:
        """How to read the lanes, one sentence for each."""

    def at_word(self, trace: Places, word: int) -> None:  # noqa: B027 - most tasks have nothing to add
        """What there is to see of one word's answer alone."""

    def usual_word(self, trace: Places) -> int | None:
        """Whose answer is shown as long as no word is chosen; None: no word's."""
        return None

    @abstractmethod
    def columns(self, trace: Places) -> dict[str, object]:
        """The lanes as columns of a table."""

    def as_of(self, weights: Weights) -> Lens:
        """The same of the network with earlier weights."""
        earlier = copy(self)
        earlier.look = self.look.with_weights(weights)
        return earlier

    @abstractmethod
    def compared(self, before: Places, after: Places) -> str:
        """What other words have changed, in one sentence of Markdown."""

    def explain_search(self) -> None:
        """What replacements the search for the smallest edit tried."""
        st.caption(_("Words were replaced by the most frequent ones."))

    def possible(self, trace: Places, step: int) -> list[int]:
        """Answers at a step that one may ask about, by their places."""
        return list(range(len(self.look.answers)))

    def question(self, trace: Places, step: int) -> str:
        """Which answer is asked about, where there are several of a text; as Markdown."""
        return ""

    def explain_counted(self) -> None:  # noqa: B027 - most tasks have nothing to add
        """What is peculiar to this task in what counted."""

    def replayed(self, answers: Array, epochs: Sequence[str], trace: Places, step: int) -> tuple[Chart, pd.DataFrame]:
        """(epochs, answers) the answer at a step after each epoch, drawn, and as columns."""
        return charts.verdicts(answers, epochs, self.look.answers, self.replay_title(trace, step)), pd.DataFrame(
            shares_of(answers, self.look.answers)
        )

    def replay_title(self, trace: Places, step: int) -> str:
        """The title of it."""
        return _("The answer at “{word}” after each epoch", word=self.words(trace)[step])

    def asked(self, trace: Places, word: int | None) -> int:
        """The step whose answer is looked at: the chosen word's, where each word has one, else the last."""
        return len(trace.norms) - 1 if word is None else word

    def best(self, trace: Places, step: int) -> int:
        """The most probable answer at a step, by its place."""
        return int(self.look.verdicts(trace)[step].argmax())

    def name_of(self, answer: int) -> str:
        """An answer as it is shown."""
        return self.look.answers[answer]

    def judged(self) -> pd.DataFrame | None:
        """The table of the run's test texts; None before it was judged."""
        found = results.evaluation(self.run)
        return None if found is None else found.predictions

    def texts(self, count: int) -> str:
        """So many test texts, in words."""
        return _("{count} test texts", count=number(count))

    def point_names(self) -> list[str]:
        """What those points are coloured by."""
        return self.look.sample_names

    def points(self, texts: int) -> str:
        """What the points beside a path are: samples of so many training texts."""
        return _("The coloured points are the ends of {texts} training texts, by their class.", texts=number(texts))

    def token(self, word: str) -> str:
        """A token of the vocabulary, or a place in a test text, as it is shown; "" is the start of a text."""
        return word

    def label_title(self) -> str:
        """Over what a test text is labelled with."""
        return _("Label")

    def clear_role(self, told: Mapping[str, str]) -> str:
        """How it is known that a unit has a role. told: found, held, chance, twins (core.insight.roles.Role)."""
        return _("Found on half of the test texts (rank correlation {found}) and checked on the other half: {held}. "
                 "With labels shuffled, the most was {chance}; networks with their weights shuffled reach {twins}.",
                 **told)  # fmt: skip

    def no_role(self, told: Mapping[str, str]) -> str:
        """What was tried of a unit without a role, and how near the best try came."""
        return _("The best try, a negation, the position or a class, reached a rank correlation of {held} on texts "
                 "that were not used to find it; with labels shuffled, the most was {chance}, and networks with "
                 "their weights shuffled reach {twins}. That is not enough to name a role.", **told)  # fmt: skip

    def explain_units(self) -> None:  # noqa: B027 - most tasks have nothing to add
        """What is peculiar to this task in what moves a unit."""

    def score_titles(self) -> tuple[str, str]:
        """What the score on the test texts is called then, and in the finished network."""
        return _("Right on test texts, then"), _("In the finished network")


def written(score: float, kind: Kind) -> str:
    """A score of core.insight.looks as it is shown."""
    return percent(score) if kind == "share" else number(score, 1)


@st.cache_data(max_entries=8, show_spinner=False)
def _trace(run_id: str, seconds: float, given: Given, _look: Look) -> Places:
    return _look.trace(given)


def shares_of(answers: Array, names: Sequence[str]) -> dict[str, object]:
    """(steps, answers) as columns of a table, a column an answer."""
    return {_("probability of “{name}”", name=name): answers[:, place] for place, name in enumerate(names)}


def memory_lanes(trace: Places, place: str, words: Sequence[str], part: slice, limit: float) -> list[Chart]:
    """The states of a place over a stretch, and how strong they are; limit: the state with the strongest colour."""
    values, shown = trace.at(place)[part], words[part]
    if not trace.remembers:
        title = _("Each word's vector, after it has heard the others")
        return [charts.heat_map(values, shown, title, limit=limit, value_title=_("value"))]
    heat = charts.heat_map(values, shown, _("The memory after each word"), limit=limit)
    return [heat, charts.norms(np.linalg.norm(values, axis=1), shown)]


def table_of(lens: Lens, trace: Places, place: str | None, states: Sequence[str]) -> pd.DataFrame:
    """Each word with the answers there and these states ("hidden", "forget"...) of one place, a column a unit."""
    columns: dict[str, object] = {_("number"): np.arange(1, len(trace.norms) + 1), _("word"): lens.words(trace)}
    columns |= lens.columns(trace)
    columns[_("norm")] = trace.norms if place is None else np.linalg.norm(trace.at(place), axis=1)
    if place is not None:
        for state in states:
            values = trace.states[f"{place}{state}"]
            columns |= {f"{state} {unit + 1}": values[:, unit] for unit in range(values.shape[1])}
    return pd.DataFrame(columns)
