"""Charts of a view with what may be taken from them: the same numbers as a table and as CSV, the pictures as PNG, SVG.

    taking.show([charts.verdicts(...), charts.heat_map(...)], "gates", table, "gates")

The table and the buttons are folded away, and made only once they are unfolded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.ui import charts
from dashboard.ui.charts.base import box_of
from dashboard.ui.i18n import _

_TALLEST = 320  # pixels of the table


def show(
    shown: Sequence[charts.Chart],
    key: str,
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    on_click: Callable[[], None] | None = None,
) -> None:
    """Charts below each other that scroll together (`charts.show_aligned`), then `numbers` of them.

    table: the same numbers, or a function that makes them, called only if they are looked at. name: of the file.
    """
    charts.show_aligned(shown, key, on_click)
    numbers(key, table, name, pictures=True)


def numbers(key: str, table: pd.DataFrame | Callable[[], pd.DataFrame], name: str, *, pictures: bool = False) -> None:
    """The table view and the downloads of what is shown under `key`; `pictures`: whether there are charts."""
    title = _("The numbers, and downloads") if pictures else _("Download")
    folded = st.expander(title, icon=":material/table_view:", key=f"{key}_taking", on_change="rerun")
    if not folded.open:
        return
    made = table() if callable(table) else table
    with folded:
        st.dataframe(made, hide_index=True, height=min(_TALLEST, 36 * (len(made) + 1)), key=f"{key}_table")
        with st.container(horizontal=True, vertical_alignment="center"):
            # Spreadsheets need the mark at the beginning to read accents.
            st.download_button(
                _("CSV"), made.to_csv(index=False).encode("utf-8-sig"), file_name=f"unrolled_{name}.csv",
                mime="text/csv", icon=":material/download:", key=f"{key}_csv", on_click="ignore",
            )  # fmt: skip
            if pictures:
                _pictures()(
                    key=f"{key}_pictures",
                    data={"box": box_of(key), "png": _("Picture (PNG)"), "svg": _("Picture (SVG)")},
                    width="content",
                )


@cache
def _pictures() -> Any:
    """Two buttons that press the chart's own button for a picture, in the format that they name.

    Plotly's button knows one format, told in its settings; a page cannot give it a second button.
    """
    return st.components.v2.component("unrolled_pictures", html=_HTML, css=_CSS, js=_JS)


_HTML = '<div><button data-format="png"></button><button data-format="svg"></button></div>'
_CSS = """
div { display: flex; gap: 0.5rem; flex-wrap: wrap }
button { font: inherit; color: inherit; background: transparent; cursor: pointer; min-height: 2.5rem;
  padding: 0.25rem 0.75rem; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.5rem) }
button:hover, button:focus-visible { color: var(--st-primary-color); border-color: var(--st-primary-color) }
"""
_JS = """
// The page lays them over the charts (strip.py); a picture has them as a part of it.
const framed = ({ word = null, row = null, rows }, color) => {
  const rect = { type: "rect", yref: "y domain", fillcolor: "rgba(0,0,0,0)", line: { color, width: 1.5 } }
  const column = word === null ? [] : [{ ...rect, x0: word - 0.5, x1: word + 0.5, y0: 0, y1: 1 }]
  if (row === null) return column
  return [...column, { ...rect, xref: "x domain", x0: 0, x1: 1, y0: 1 - row / rows, y1: 1 - (row + 1) / rows }]
}

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button")) {
    const format = button.dataset.format
    button.textContent = data[format]
    button.onclick = () => {
      const { frames = [] } = document.querySelector(`.st-key-${data.box}`)
      for (const [place, plot] of document.querySelectorAll(`.st-key-${data.box} .js-plotly-plot`).entries()) {
        const options = plot._context.toImageButtonOptions
        const { xaxis, height, margin, meta, shapes } = plot.layout
        plot.layout.shapes = [...(shapes ?? []), ...framed(frames[place] ?? {}, plot._fullLayout.title.font.color)]
        plot._context.toImageButtonOptions = { ...options, format }
        if (meta?.words) {
          plot.layout.xaxis = { ...xaxis, showticklabels: true }
          plot.layout.height = height + meta.words
          plot.layout.margin = { ...margin, b: (margin?.b ?? 0) + meta.words }
        }
        plot.querySelector(".modebar-btn")?.click()
        Object.assign(plot.layout, { xaxis, height, margin, shapes })
        plot._context.toImageButtonOptions = options
      }
    }
  }
}
"""
