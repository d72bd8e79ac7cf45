"""Every message of the project exists in every language, complete and with the same placeholders."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Message

from dashboard.ui.i18n import LANGUAGES
from dashboard.ui.messages import ROOT, collect, read, waiting

every_language = pytest.mark.parametrize("language", list(LANGUAGES))


@cache  # not when this file is imported, as each process of tests does
def found() -> dict[Any, Message]:
    return {message.id: message for message in collect() if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in Formatter().parse(text) if name is not None}


def forms(message: Message) -> list[tuple[str, str]]:
    """(English, translated) for each form of a message: one, or as many as the language has plurals."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    singular, plural = message.id
    return [(singular if place == 0 else plural, text) for place, text in enumerate(message.string)]


def test_messages_are_found() -> None:
    assert len(found()) > 50
    assert "Learning rate" in found()
    assert "Waiting: {count} training is before this one." in {
        message[0] for message in found() if isinstance(message, tuple)
    }


def test_no_message_hides_where_it_is_not_collected() -> None:
    """Babel does not look into f-strings on Python 3.11."""
    ids = {form for message in found() for form in ((message,) if isinstance(message, str) else message)}
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("core", "dashboard")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "N_", "ngettext")
        if isinstance(call.args[0], ast.Constant) and call.args[0].value not in ids
    ]
    assert not hidden


@every_language
def test_every_message_is_in_the_catalog(language: str) -> None:
    catalog = {str(message.id) for message in read(language) if message.id}
    missing = {str(message.id) for message in found().values()} - catalog
    assert not missing, f"run `make messages`, then translate {len(missing)}: {sorted(missing)[:5]}"


@every_language
def test_every_message_is_translated(language: str) -> None:
    left = waiting(language)
    assert not left, f"{len(left)} to translate (and take `fuzzy` away): {left[:5]}"


@every_language
def test_translations_keep_the_placeholders(language: str) -> None:
    wrong = [
        (english, text)
        for message in read(language)
        if message.id
        for english, text in forms(message)
        # "one text" may do without its {count}; nothing else may be lost, and nothing may be invented.
        if text and placeholders(english) - {"count"} != placeholders(text) - {"count"}
    ]
    assert not wrong


@every_language
def test_catalogs_hold_nothing_that_the_code_no_longer_says(language: str) -> None:
    known = {str(message.id) for message in found().values()}
    unused = [message.id for message in read(language) if message.id and str(message.id) not in known]
    assert not unused, "run `make messages`"


@pytest.mark.parametrize("folder", ["core", "dashboard"])
def test_messages_are_whole_literals(folder: str) -> None:
    """An f-string or a sum cannot be collected, and so would never be translated."""
    wrong = []
    for path in sorted(Path(ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "N_", "Nn_", "ngettext")
            ):
                sentences = node.args[: 2 if node.func.id in ("Nn_", "ngettext") else 1]
                wrong += [f"{path}:{node.lineno}" for item in sentences if isinstance(item, ast.JoinedStr | ast.BinOp)]
    assert not wrong


def test_french_quotes_are_french() -> None:
    wrong = [text for message in read("fr") if message.id for _english, text in forms(message) if set("“”") & set(text)]
    assert not wrong
