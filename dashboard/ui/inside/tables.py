"""The numbers of views along a sentence as tables, one row a word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.insight.network import Trace
from dashboard.ui import reading
from dashboard.ui.i18n import _


def along(trace: Trace, class_names: Sequence[str], place: str | None, states: Sequence[str]) -> pd.DataFrame:
    """Each word with the answer after it and these states ("hidden", "forget"...) of one place, a column a unit."""
    columns: dict[str, object] = {_("number"): np.arange(1, len(trace.verdicts) + 1), _("word"): reading.words(trace)}
    for index, name in enumerate(class_names):
        columns[_("probability of “{name}”", name=name)] = trace.verdicts[:, index]
    columns[_("norm")] = trace.norms if place is None else np.linalg.norm(trace.at(place), axis=1)
    if trace.attention is not None:
        columns[_("weight")] = trace.attention
    if place is not None:
        for state in states:
            values = trace.states[f"{place}{state}"]
            columns |= {f"{state} {unit + 1}": values[:, unit] for unit in range(values.shape[1])}
    return pd.DataFrame(columns)
