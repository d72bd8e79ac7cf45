"""The lesson on tensors: move the sizes of a recurrent layer, and see its shapes and what it learns."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.insight import shapes
from core.insight.shapes import Cell, Shape, Sizes
from core.models import architecture
from dashboard.ui import problems, state, ways
from dashboard.ui.i18n import _, number

_CELLS: tuple[Cell, ...] = ("simple_rnn", "gru", "lstm")
_USUAL = Sizes()


def page() -> None:
    st.title(_("Shapes"))
    st.write(
        _("A recurrent layer reads tables of numbers and gives tables of numbers. Move the sizes, and see which shapes "
          "follow and how many numbers there are to learn.")
    )  # fmt: skip
    sizes = _sizes()
    st.dataframe(_table(sizes), hide_index=True)
    st.write(_what_it_learns(sizes))
    with problems.shown():
        _check(sizes)
    ways.on(("design", _("Design a network")))


def _sizes() -> Sizes:
    cell = st.segmented_control(
        _("Cell"), _CELLS, format_func=lambda name: _(architecture(name).title), default=_USUAL.cell, key="shapes_cell",
        required=True, persist_state="session",
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        batch = _size(_("Texts at once (batch size)"), "batch", 4_096)
        steps = _size(_("Words a text (steps)"), "steps", 5_000)
    with right:
        inputs = _size(_("Numbers a word (input dimensions)"), "inputs", 4_096)
        units = _size(_("Units"), "units", 1_024)
    return Sizes(cell or _USUAL.cell, batch, steps, inputs, units)


def _size(label: str, name: str, most: int) -> int:
    return st.number_input(label, 1, most, getattr(_USUAL, name), key=f"shapes_{name}", persist_state="session")


def _table(sizes: Sizes) -> pd.DataFrame:
    rows = [(_(tensor.title), _shape(tensor.shape), number(tensor.numbers), _(tensor.meaning))
            for tensor in shapes.tensors(sizes)]  # fmt: skip
    return pd.DataFrame(rows, columns=[_("Tensor"), _("Shape"), _("Numbers"), _("In words")])


def _shape(shape: Shape) -> str:
    return " × ".join(number(size) for size in shape)


def _what_it_learns(sizes: Sizes) -> str:
    parts = " + ".join(number(tensor.numbers) for tensor in shapes.tensors(sizes) if tensor.learned)
    return _(
        "It learns {parts} = **{total}** numbers. Neither more texts at once nor longer texts change that: the same "
        "weights are used for every text and at every word.",
        parts=parts, total=number(shapes.parameters(sizes)),
    )  # fmt: skip


def _check(sizes: Sizes) -> None:
    """Whether Keras agrees, asked of a layer that is really built."""
    with st.spinner(_("Keras builds this layer…")):
        found, parameters = _built(sizes)
    expected = {tensor.name: tensor.shape for tensor in shapes.tensors(sizes)}
    if (found, parameters) == (expected, shapes.parameters(sizes)):
        st.success(
            _("Checked: Keras has really built this layer, and all {count} shapes and the number of weights agree.",
              count=len(expected)), icon=":material/check:",
        )  # fmt: skip
    else:
        st.warning(_("Keras has really built this layer, and it learns {count} numbers: not what is said above.",
                     count=number(parameters)), icon=":material/warning:")  # fmt: skip


@st.cache_data(max_entries=256, show_spinner=False)
def _built(sizes: Sizes) -> tuple[dict[str, Shape], int]:
    answer: tuple[dict[str, Shape], int] = state.engine().short(shapes.built, sizes)
    return answer
