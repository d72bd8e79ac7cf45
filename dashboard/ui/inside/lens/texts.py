"""The lens for a classifier: one answer for the text, and what it would have been after each word."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.insight.looks import Given
from core.insight.network import Trace
from core.insight.places import Places
from dashboard.ui import charts, reading
from dashboard.ui.charts import Chart
from dashboard.ui.charts.words import attention
from dashboard.ui.i18n import _, number
from dashboard.ui.inside.given import nothing_typed, sentence
from dashboard.ui.inside.lens.base import Lens, shares_of
from dashboard.ui.problems import plain


class TextLens(Lens):
    each = False

    def ask(self, place: int = 0) -> Given | None:
        text = sentence(self.run, place)
        if text.strip():
            return Given(text)
        nothing_typed()
        return None

    def words(self, trace: Places) -> list[str]:
        return reading.words(cast(Trace, trace))

    def said(self, trace: Places) -> None:
        own = cast(Trace, trace)
        reading.answer(own.probabilities, self.look.answers)
        reading.unknown(own)

    def lane(self, trace: Places, part: slice, word: int | None = None, title: str | None = None) -> Chart:
        own = cast(Trace, trace)
        return charts.verdicts(own.verdicts[part], self.words(trace)[part], self.look.answers, title, word=word)

    def more_lanes(self, trace: Places, part: slice) -> list[Chart]:
        own = cast(Trace, trace)
        return [] if own.attention is None else [attention(own.attention[part], self.words(trace)[part])]

    def explain(self, trace: Places, place: str | None) -> None:
        reading.explain(cast(Trace, trace), place)

    def asked(self, trace: Places, word: int | None) -> int:
        return len(trace.norms) - 1

    def replay_title(self, trace: Places, step: int) -> str:
        return _("The answer to your sentence after each epoch")

    def compared(self, before: Places, after: Places) -> str:
        old, new = (cast(Trace, trace).probabilities for trace in (before, after))
        best, now = int(old.argmax()), int(new.argmax())
        if best != now:
            return _("The answer turns from **{old}** to **{new}**.",
                     old=plain(self.name_of(best)), new=plain(self.name_of(now)))  # fmt: skip
        points = number(100 * float(new[best] - old[best]), 1)
        return _("The answer stays; its probability moves by {points} points.", points=points)

    def explain_search(self) -> None:
        st.caption(_("Words were replaced by frequent ones that speak most against the answer."))

    def columns(self, trace: Places) -> dict[str, object]:
        own = cast(Trace, trace)
        weight = {} if own.attention is None else {_("weight"): own.attention}
        return shares_of(own.verdicts, self.look.answers) | weight


LENS = TextLens
