"""Whether a network uses the order of the words: one sentence in other orders, and all test texts shuffled."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.insight.network import Network
from core.insight.order import Order, in_other_orders
from core.runs import insights
from core.runs.records import Run
from dashboard.ui import charts, exporting, results, state
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import pairs, taking
from dashboard.ui.inside.given import nothing_typed, sentence

_OTHERS = 4


def show(run: Run) -> None:
    """First the reader's own sentence, then the plain verdict on all test texts."""
    text = sentence(run)
    if text.strip():
        _sentence(results.network(run), text)
    else:
        nothing_typed()
    st.subheader(_("On the test texts"))
    exporting.sharing()
    with st.spinner(_("The network reads the test texts, as they are and shuffled…")):
        found = _found(run.run_id, run.test_looks)
    if found is None:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        return
    _verdict(run, found)
    pairs.show(run)


def _sentence(network: Network, text: str) -> None:
    rows = [([token.text for token in network.encoder.tokens(text) if token.seen], network.predict([text])[0])]
    rows += in_other_orders(network, text, _OTHERS)
    table = pd.DataFrame(
        {
            _("Answer"): [network.class_names[int(answer.argmax())] for _words, answer in rows],
            _("Probability"): [percent(float(answer.max())) for _words, answer in rows],
            _("Words"): [" ".join(words) for words, _answer in rows],
        }
    )
    st.dataframe(table, hide_index=True, column_config={_("Words"): st.column_config.TextColumn(width="large")})
    st.caption(_("Your sentence as it is, and its words in four other orders. Where the answers differ, the network "
                 "has noticed the order."))  # fmt: skip


@st.cache_data(max_entries=20, show_spinner=False)
def _found(run_id: str, test_looks: int) -> Order | None:
    found: Order | None = state.engine().short(insights.order_of_run, run_id)
    return found


def _verdict(run: Run, found: Order) -> None:
    points, low, high = (number(value, 1) for value in found.points)
    said = _(found.sentence, shuffled=percent(found.shuffled), accuracy=percent(found.accuracy),
             points=points, low=low, high=high, texts=number(found.texts))  # fmt: skip
    st.markdown(f"**{said}**")
    with st.container(horizontal=True):
        st.metric(_("Right, as written"), percent(found.accuracy), border=True, width=200)
        st.metric(_("Right, shuffled"), percent(found.shuffled), border=True, width=200)
        st.metric(_("Answers that changed"), percent(found.changed), border=True, width=200)
    rows = [(_("This network, as written"), found.accuracy), (_("This network, shuffled"), found.shuffled)]
    pooling = results.references(run).get("pooling")
    if pooling is not None:
        rows.append((_("Pooling, in any order"), float(pooling.test["accuracy"])))
    table = pd.DataFrame(rows, columns=["system", "value"])
    table["look"] = [run.look, run.look, None][: len(rows)]
    taking.show([charts.scores(table)], "order_scores", _numbers(rows), "word_order")
    st.caption(_("Counted on {count} test texts, each shuffled three times. An average of word vectors gives the same "
                 "answer in any order: it does not know where a word stands.", count=found.texts))  # fmt: skip


def _numbers(rows: list[tuple[str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[_("Network"), _("Right")])
