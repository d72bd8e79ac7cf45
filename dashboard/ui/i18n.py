"""Words, numbers and dates in the reader's language.

Messages are English sentences with {placeholders}; the catalogs in dashboard/locales hold them in each language
(`make messages` collects them, tests/dashboard/test_messages.py fails when one is missing).

    _("Read {count} texts from {name}", count=1234, name="avis.csv")  ->  "1 234 textes lus dans avis.csv"
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from datetime import date as Date
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from numbers import Real
from pathlib import Path
from string import Formatter
from typing import Any, cast

import streamlit as st
from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES = {"fr": "Français", "en": "English"}
LOCALES = Path(__file__).parents[1] / "locales"
NOTHING = "–"  # shown for a number that is not there yet, or is not a number


def language() -> str:
    """The reader's language, a key of LANGUAGES: the link's ?lang=, else the switch, else the browser's, else "en"."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    for wish in (st.query_params.get("lang"), st.session_state.get("language"), st.context.locale):
        code = str(wish or "").replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def set_language(code: str) -> None:
    """Remember the reader's choice for this session and in the address, so that a refresh keeps it."""
    st.session_state["language"] = code
    if st.query_params.get("lang") != code:
        st.query_params["lang"] = code


def _(message: str, /, **values: Any) -> str:
    """`message` in the reader's language, its placeholders filled; numbers among the values follow the language."""
    # Gettext answers the empty message with the catalog's header.
    text = _catalog(language()).gettext(message) if message else ""
    return _fill(text, values)


def ngettext(singular: str, plural: str, count: int, /, **values: Any) -> str:
    """The form that the language wants for `count`, which also fills {count}: "0 texts", but in French "0 texte"."""
    text = _catalog(language()).ngettext(singular, plural, count)
    return _fill(text, {"count": count} | values)


def number(value: float | None, digits: int | None = None) -> str:
    """1234.5 -> "1,234.5" or "1 234,5". `digits` after the comma; without: whole numbers whole, others to 4 figures."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value and not 1e-12 < abs(value) < 1e18:
        return numbers.format_scientific(float(value), format="0.###E0", locale=language())
    whole = value == int(value)
    if digits is not None:
        decimals = "0" * digits
    else:
        decimals = "" if whole else "#" * (3 - math.floor(math.log10(abs(value))))
    pattern = f"#,##0.{decimals}" if decimals else "#,##0"
    return numbers.format_decimal(int(value) if whole else float(value), format=pattern, locale=language())


def percent(fraction: float | None, digits: int = 1) -> str:
    """0.834 -> "83.4%" or "83,4 %"."""
    if fraction is None or not abs(fraction) < 1e15:
        return NOTHING
    pattern = Locale(language()).percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("0", "0." + "0" * digits)
    return numbers.format_percent(fraction, format=pattern, locale=language())


def duration(seconds: float | None) -> str:
    """2.44 -> "2.4 s", 80 -> "1 min 20 s", 11100 -> "3 h 05 min"."""
    if seconds is None or not abs(seconds) < 1e15:
        return NOTHING
    if seconds < 9.95:
        text = f"{number(max(0.0, seconds), 1)} s"
    elif round(seconds) < 3600:
        minutes, rest = divmod(round(seconds), 60)
        text = f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
    else:
        hours, minutes = divmod(round(seconds / 60), 60)
        text = f"{number(hours)} h {minutes:02d} min"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def date(moment: datetime | None) -> str:
    """Day and time in the reader's time zone; a moment without a zone is taken as UTC."""
    if moment is None:
        return NOTHING
    zone = dates.get_timezone(_timezone())
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
    day = dates.format_date(local, "medium", locale=language())
    return f"{day}, {dates.format_time(local, 'short', locale=language())}"


def day(written: str | None) -> str:
    """ "2026-05-31" -> "May 31, 2026" or "31 mai 2026"."""
    return NOTHING if written is None else dates.format_date(Date.fromisoformat(written), "medium", locale=language())


def _timezone() -> str:
    if get_script_run_ctx(suppress_warning=True) is None:
        return "UTC"
    return st.context.timezone or "UTC"


class _Filler(Formatter):
    """str.format, with plain numbers written as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec and isinstance(value, Real) and not isinstance(value, bool):
            return number(cast(float, value))
        return str(super().format_field(value, format_spec))


def _fill(text: str, values: dict[str, Any]) -> str:
    if not values:
        return text
    try:
        return _Filler().vformat(text, (), values)
    except (LookupError, ValueError):
        # A message with braces of its own, or without the value: better shown unfilled than a page that fails.
        return text


@cache
def _catalog(code: str) -> GNUTranslations:
    """The language's catalog, compiled in memory so that no compiled file needs to be kept in step."""
    compiled = BytesIO()
    with (LOCALES / code / "LC_MESSAGES" / "unrolled.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
