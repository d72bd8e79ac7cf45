"""The words that charts along a sentence share: written once below the first chart, each in its column, to be clicked.

Two hundred slanted labels took Plotly a second of the browser's time in every chart, and at every click again; as plain
text they take none. It also hears clicks and taps on the charts: Streamlit tells of those on bars, not on heat maps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

LEFT, RIGHT = 64, 12  # pixels beside the plots; the same for all, or words would not stand below their columns


class Clicked(NamedTuple):
    """Places, from 0: the word's column, the chart in the box, and how far up that was, in the chart's own numbers."""

    word: int
    chart: int | None = None
    height: float | None = None


class Frame(NamedTuple):
    """What stands out in one chart: a word, a row of so many, by their places from 0; None: nothing.

    height, above, below: pixels of the chart, and of what is above and below its plot.
    """

    height: float
    above: float
    below: float
    word: int | None = None
    row: int | None = None
    rows: int = 0


def show(
    words: Sequence[str],
    box: str,
    key: str,
    on_click: Callable[[Clicked], None] | None,
    hears: bool,
    frames: Sequence[Frame] = (),
) -> None:
    """Write the words. box: the CSS class of what holds the charts; `hears`: whether this one hears clicks on them.

    frames: of the charts in the box, this strip standing below the first. They are laid over the charts: as a part of
    them, a choice would send every chart again, and the browser would draw each of them twice (Streamlit takes a chart
    that changed out and puts a new one in).
    """

    def clicked() -> None:
        told = (st.session_state.get(key) or {}).get("clicked")
        if on_click and told:
            on_click(Clicked(int(told["word"]), told.get("chart"), told.get("height")))

    _strip()(
        key=key,
        data={"words": list(words), "box": box, "left": LEFT, "right": RIGHT, "clicks": on_click is not None,
              "hears": hears and on_click is not None, "frames": [frame._asdict() for frame in frames]},
        on_clicked_change=clicked,
    )  # fmt: skip


@cache
def _strip() -> Any:
    return st.components.v2.component("unrolled_words", html=_HTML, css=_CSS, js=_JS)


# Not for screen readers: charts have their own sentence, and words are chosen from a list.
_HTML = '<div class="strip" aria-hidden="true"><div class="row"></div><div class="frames"></div></div>'
_CSS = """
.strip { position: relative }
.frames > div { position: absolute; outline: 1.5px solid var(--st-text-color); outline-offset: -0.75px;
  pointer-events: none; z-index: 1 }
.row { position: relative; overflow: hidden; font-size: 12px; line-height: 1.2; color: var(--st-text-color) }
span { position: absolute; top: 2px; white-space: nowrap; padding: 0 1px; opacity: 0.8 }
.slanted span { transform-origin: 100% 0; transform: translateX(-100%) rotate(-50deg) }
.straight span { transform: translateX(-50%) }
.clicks span { cursor: pointer }
.clicks span:hover { opacity: 1; color: var(--st-primary-color) }
"""
_JS = """
const SLOW = 500, FAR = 8

export default function ({ parentElement, data, setTriggerValue }) {
  const row = parentElement.querySelector(".row")
  row.forget?.()
  const inner = (width) => width - data.left - data.right
  const written = JSON.stringify(data.words)
  const across = (share) => `calc(${data.left}px + (100% - ${data.left + data.right}px) * ${share})`
  const wide = (share) => `calc((100% - ${data.left + data.right}px) * ${share})`
  if (row.written !== written) {
    row.replaceChildren(...data.words.map((word, place) => {
      const span = document.createElement("span")
      span.textContent = word
      span.style.left = across((place + 0.5) / data.words.length)
      return span
    }))
    row.written = written
  }
  const longest = Math.max(...data.words.map((word) => word.length), 1)
  const fit = () => {
    const straight = inner(row.clientWidth) / data.words.length >= longest * 7 + 8
    row.className = `row ${straight ? "straight" : "slanted"}${data.clicks ? " clicks" : ""}`
    row.style.height = `${straight ? 20 : 14 + Math.ceil(5.6 * longest)}px`
    frame()
  }
  const frame = () => {
    let top = 0
    const frames = data.frames.flatMap(({ height, above, below, word, row: unit, rows }, place) => {
      top = place ? top : -height
      const [first, high] = [top + above, height - above - below]
      top = place ? top + height : row.offsetHeight
      const column = word === null ? [] : [[first, high, across(word / data.words.length), wide(1 / data.words.length)]]
      return unit === null ? column : [...column, [first + high * unit / rows, high / rows, across(0), wide(1)]]
    })
    parentElement.querySelector(".frames").replaceChildren(...frames.map(([top, height, left, width]) => {
      const made = document.createElement("div")
      Object.assign(made.style, { top: `${top}px`, height: `${height}px`, left, width })
      return made
    }))
  }
  fit()
  const watcher = new ResizeObserver(fit)
  watcher.observe(row)

  const box = document.querySelector(`.st-key-${data.box}`)
  if (box && data.frames.length) box.frames = data.frames  // for pictures that are taken home
  let held = null
  const down = (event) => {
    const plot = event.composedPath().find((each) => each.classList?.contains("js-plotly-plot"))
    held = { x: event.clientX, y: event.clientY, at: event.timeStamp, plot }
  }
  // Heard at the document: while a button is held, Plotly lays a cover over the page.
  const up = (event) => {
    const plot = held?.plot
    if (!plot || event.timeStamp - held.at > SLOW) return
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > FAR) return
    held = null
    const plots = [...box.querySelectorAll(".js-plotly-plot")]
    const layout = plot?._fullLayout
    if (!layout?.xaxis) return
    const edge = plot.getBoundingClientRect()
    const across = event.clientX - edge.left - layout.xaxis._offset
    const below = event.clientY - edge.top - layout.yaxis._offset
    if (across < 0 || across > layout.xaxis._length || below < 0 || below > layout.yaxis._length) return
    const word = Math.min(data.words.length - 1, Math.max(0, Math.round(layout.xaxis.p2l(across))))
    setTriggerValue("clicked", { word, chart: plots.indexOf(plot), height: layout.yaxis.p2l(below) })
  }
  row.onclick = (event) => {
    const word = [...row.children].indexOf(event.composedPath()[0])
    if (data.clicks && word >= 0) setTriggerValue("clicked", { word })
  }
  if (data.hears && box) {
    box.addEventListener("pointerdown", down, true)
    document.addEventListener("pointerup", up, true)
  }
  row.forget = () => {
    watcher.disconnect()
    box?.removeEventListener("pointerdown", down, true)
    document.removeEventListener("pointerup", up, true)
  }
  return row.forget
}
"""
