"""The same sentence read by several runs in lanes: where each turns, and which is right in the end."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.insight.network import Network
from core.insight.race import Lane, lanes
from core.runs.records import Run
from dashboard.ui import results, state
from dashboard.ui.charts.race import race
from dashboard.ui.i18n import _, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import stretch
from dashboard.ui.inside.given import SHOWN, nothing_typed, sentence

_MOST = 6
_NOT_KNOWN = ""


def show(run: Run) -> None:
    """Choose the runs, the sentence and its right answer, if it is known."""
    others = {other.run_id: other for other in _others(run)}
    if not others:
        st.write(
            _("There is no second trained run with the same classes yet. Train another network on these texts, for "
              "example with another cell.")
        )  # fmt: skip
        return
    chosen = st.multiselect(
        _("Against"), list(others), default=list(others)[:3], format_func=lambda run_id: others[run_id].name,
        max_selections=_MOST - 1, key=f"race_{run.run_id}",
    )  # fmt: skip
    text = sentence(run)
    if not text.strip():
        nothing_typed()
        return
    label = st.selectbox(
        _("The right answer"), [_NOT_KNOWN, *run.class_names], index=_known(run, text), key=f"race_label_{hash(text)}",
        format_func=lambda name: name or _("not known"),
    )  # fmt: skip
    runs = [run, *(others[run_id] for run_id in chosen)]
    networks = [results.network(each) for each in runs]
    words, found = lanes(networks, text)
    shown = [(each.name, lane.verdicts, [word for word, _class in lane.turned])
             for each, lane in zip(runs, found, strict=True)]  # fmt: skip
    names = networks[0].class_names
    part = stretch(len(words))
    taking.show([race(words, shown, names, part)], "race", lambda: _numbers(runs, found, words, names), "race")
    st.caption(_("Each square is the answer had the text ended at that word, the stronger the surer. A frame marks a "
                 "word at which the answer turned."))  # fmt: skip
    st.dataframe(_ends(runs, networks, found, words, label), hide_index=True, key="race_ends")


def _others(run: Run) -> list[Run]:
    """Classifiers with the same classes; first those of the same texts, the newest first."""
    found = [
        other for other in state.store().runs()
        if other.has_network and other.run_id != run.run_id and other.settings.task == run.settings.task
        and set(other.class_names) == set(run.class_names)
    ]  # fmt: skip
    return sorted(found, key=lambda other: other.dataset_fingerprint != run.dataset_fingerprint)


def _known(run: Run, text: str) -> int:
    """The place of the text's label among the choices, if it is one of the test texts."""
    evaluation = results.evaluation(run)
    if evaluation is None:
        return 0
    tests = evaluation.predictions
    # What the box begins with may be the beginning of a longer one; a word that is typed is not.
    same = tests["text"].str.startswith(text) if len(text) >= SHOWN else tests["text"].str.strip() == text.strip()
    found = tests.loc[same, "label"]
    return 1 + run.class_names.index(found.iloc[0]) if len(found) else 0


def _ends(
    runs: Sequence[Run], networks: Sequence[Network], found: Sequence[Lane], words: Sequence[str], label: str
) -> pd.DataFrame:
    names = networks[0].class_names
    columns = {
        _("Run"): [run.name for run in runs],
        _("Answer"): [names[lane.answer] for lane in found],
        _("Sure"): [percent(float(lane.verdicts[-1].max()), 0) for lane in found],
        _("Turns at"): [", ".join(f"“{words[word]}”" for word, _class in lane.turned) or "–" for lane in found],
    }
    if label:
        columns[_("Right")] = [_("yes") if names[lane.answer] == label else _("no") for lane in found]
    return pd.DataFrame(columns)


def _numbers(runs: Sequence[Run], found: Sequence[Lane], words: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    rows = [
        {_("Run"): run.name, _("number"): place + 1, _("word"): word}
        | {_("probability of “{name}”", name=name): lane.verdicts[place, column] for column, name in enumerate(names)}
        for run, lane in zip(runs, found, strict=True)
        for place, word in enumerate(words)
    ]
    return pd.DataFrame(rows)
