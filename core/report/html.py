"""HTML without surprises: what goes in as text comes out as text, whatever characters it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #5b6470; --line: #d8dce1; --page: #fff; --card: #f7f7f6 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e3; --quiet: #a2a8b0; --line: #3a3d42; --page: #171614; --card: #22211f }
}
* { box-sizing: border-box }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 0 auto;
  max-width: 60rem; padding: 2rem 1rem 4rem }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .3rem } h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem }
h1, h2, p { overflow-wrap: anywhere } td, th { overflow-wrap: break-word; max-width: 24rem }
p { max-width: 46rem } .quiet { color: var(--quiet); font-size: .9rem }
.verdict { background: var(--card); border-left: 4px solid #0072B2; padding: .8rem 1rem; font-size: 1.1rem }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
tr > :first-child { position: sticky; left: 0; background: var(--page); min-width: 6rem }
tr > :not(:first-child):not(.number) { min-width: 5.5rem } summary { cursor: pointer; margin: .6rem 0 }
th { font-weight: 600 } td.number, th.number { text-align: right }
svg { max-width: 100%; height: auto } svg text { fill: var(--ink); font: 12px system-ui, sans-serif }
svg .axis { stroke: var(--line) } figure { margin: 1rem 0 } figcaption { color: var(--quiet); font-size: .9rem }
.words span { display: inline-block; padding: .1rem .25rem; border-radius: .2rem; color: #1f2328 }
@media print { body { max-width: none } h2 { break-after: avoid } figure, table { break-inside: avoid } }
"""


class Html(str):
    """Text that is HTML already; any other string is escaped when it is put in."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: str) -> Html:
    """tag("p", "a < b", class_="quiet")  ->  <p class="quiet">a &lt; b</p>"""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{written}>{joined(inside)}</{name}>")


def joined(parts: Iterable[str]) -> Html:
    return Html("".join(part if isinstance(part, Html) else escape(str(part), quote=False) for part in parts))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> Html:
    """`numbers`: the columns that are aligned to the right."""
    right = set(numbers)

    def cell(name: str, place: int, text: str) -> Html:
        return tag(name, text, class_="number") if place in right else tag(name, text)

    head = tag("tr", *(cell("th", place, text) for place, text in enumerate(heads)))
    body = [tag("tr", *(cell("td", place, text) for place, text in enumerate(row))) for row in rows]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="wide")


def section(title: str, *inside: str) -> Html:
    return tag("section", tag("h2", title), *inside)


def folded(title: str, *inside: str) -> Html:
    """What is seen only once its title is clicked; this needs no script."""
    return tag("details", tag("summary", title), *inside)


def figure(picture: Html, caption: str) -> Html:
    return tag("figure", tag("div", picture, class_="wide"), tag("figcaption", caption))


def page(title: str, language: str, *inside: str) -> str:
    """A whole file. Its policy forbids it to load anything or to run anything, should a text ever get through."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = joined(
        [
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            tag("title", title),
            Html(f"<style>{STYLE}</style>"),
        ]
    )
    return f'<!doctype html>\n<html lang="{escape(language)}">{tag("head", head)}{tag("body", *inside)}</html>\n'
