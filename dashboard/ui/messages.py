"""Collect every message of the project into the catalogs: `python -m dashboard.ui.messages` (or `make messages`).

The English catalog fills itself. In the others, a new message is empty or carries the nearest old translation,
marked fuzzy; a translator completes it and takes the mark away. tests/dashboard/test_messages.py checks that.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.ui.i18n import LANGUAGES, LOCALES

ROOT = Path(__file__).parents[2]
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "Nn_": (1, 2), "ngettext": (1, 2)}
# Dates and addresses that would change with every run, or that say nothing.
HEADERS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To):.*\n', re.M
)


def catalog_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "unrolled.po"


def read(language: str) -> Catalog:
    """A language's catalog as it is on disk; an empty one when there is none yet."""
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="unrolled", project="Unrolled", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="unrolled")


def collect() -> Catalog:
    """Every message in the code of `core` and `dashboard`, untranslated."""
    found = Catalog(project="Unrolled", fuzzy=False)
    for folder in ("core", "dashboard"):
        for path, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, keywords=KEYWORDS, strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{folder}/{Path(path).as_posix()}", 0)])
    for entry in found:
        # "80 % of" looks like a printf format to Babel; ours are {placeholders}.
        entry.flags.discard("python-format")
    return found


def update(language: str) -> None:
    """Bring one catalog on disk up to date with the code."""
    catalog = read(language)
    catalog.update(collect())
    catalog.header_comment = f"# Unrolled in {catalog.locale.english_name}." if catalog.locale else ""
    for entry in catalog:
        entry.flags.discard("python-format")
        if language == "en" and entry.id:
            entry.string = entry.id
            entry.flags.discard("fuzzy")
    output = BytesIO()
    # Without line numbers, a catalog changes only when its messages do.
    write_po(output, catalog, width=120, ignore_obsolete=True, sort_by_file=True, include_lineno=False)
    path = catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADERS.sub(b"", output.getvalue()))


def forms(entry: Message) -> list[str]:
    """A message's translation: one sentence, or as many as the language has plurals."""
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or [""])


def waiting(language: str) -> list[str]:
    """The messages that a translator has still to do: empty in one of their forms, or fuzzy."""
    return [str(entry.id) for entry in read(language) if entry.id and (entry.fuzzy or not all(forms(entry)))]


if __name__ == "__main__":
    for each in LANGUAGES:
        update(each)
        print(f"{each}: {len(read(each))} messages, {len(waiting(each))} to translate")
