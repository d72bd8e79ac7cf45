"""`report`: one HTML file of a training or a comparison, or a model card in Markdown."""

from __future__ import annotations

from argparse import Namespace

from core.cli.find import find_run, open_store
from core.cli.output import say
from core.errors import SettingsError
from core.messages import N_
from core.report import card, of_run, of_several
from core.report.facts import facts_of


class NotAReport(SettingsError):
    message = N_(
        "“{name}” is no name for a report. It has to end with .html, or with .md for the card of one training."
    )


def run(options: Namespace) -> None:
    kind, several = options.out.suffix.lower(), len(options.runs) > 1
    if kind not in (".html", ".htm", ".md") or (kind == ".md" and several):
        raise NotAReport(name=options.out.name)
    store = open_store()
    runs = [find_run(store, wanted) for wanted in options.runs]
    with_texts = not (options.without_texts or several or kind == ".md")
    found = [facts_of(store, one, with_texts) for one in runs]
    if kind == ".md":
        text = card.markdown(found[0])
    else:
        text = of_several.html(found) if several else of_run.html(found[0])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8")
    say(f"{options.out} is ready: {options.out.stat().st_size / 1e3:.0f} kB.")
