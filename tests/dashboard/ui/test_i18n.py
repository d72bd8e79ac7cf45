from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.ui import i18n
from dashboard.ui.i18n import _, date, duration, language, ngettext, number, percent

ROWS = ("Download {count} row with its answer", "Download {count} rows with their answers")
NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "fr")


def test_outside_a_session_the_language_is_english() -> None:
    assert language() == "en"


def test_values_fill_placeholders_and_numbers_follow_the_language() -> None:
    assert _("{count} in {name}", count=12_345, name="a {b}") == "12,345 in a {b}"


@pytest.mark.usefixtures("french")
def test_numbers_in_french() -> None:
    assert number(1_234_567) == f"1{NARROW}234{NARROW}567"
    assert number(0.5, 2) == "0,50"
    assert percent(0.834) == f"83,4{NO_BREAK}%"
    assert _("{count} in {name}", count=np.int64(12_345), name="x") == f"12{NARROW}345 in x"


def test_numbers_in_english() -> None:
    assert [number(value) for value in (0, 1234, 1234.56, 0.12346, 0.00002, -0.5, 99.999999)] == [
        "0", "1,234", "1,235", "0.1235", "0.00002", "-0.5", "100",
    ]  # fmt: skip
    assert percent(0.8345) == "83.4%"
    assert percent(1, 0) == "100%"


def test_what_is_no_number_is_a_dash() -> None:
    assert {number(None), number(math.nan), percent(None), percent(math.nan), duration(None), date(None)} == {"–"}
    assert [number(math.inf), number(-math.inf)] == ["∞", "-∞"]


@given(st.floats() | st.integers(min_value=-(10**18), max_value=10**18))
def test_every_number_can_be_written(value: float) -> None:
    assert number(value)
    assert number(value, 2)
    assert percent(value)
    assert duration(value)


@given(st.text(), st.text())
def test_no_text_of_a_user_makes_a_message_fail(message: str, value: str) -> None:
    assert value in _("Read {name}", name=value)
    assert isinstance(_(message, name=value), str)
    assert _(message) == message or message == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (2.44, "2.4 s"),
        (9.97, "10 s"),
        (59.6, "1 min 00 s"),
        (80, "1 min 20 s"),
        (11_100, "3 h 05 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds).replace(NO_BREAK, " ") == text


def test_plurals_follow_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {code: [] for code in ("en", "fr")}
    for code in counts:
        monkeypatch.setattr(i18n, "language", lambda code=code: code)
        counts[code] = [ngettext(*ROWS, count) for count in (0, 1, 2)]
    assert counts["en"] == [ROWS[1].format(count=0), ROWS[0].format(count=1), ROWS[1].format(count=2)]
    none, one, two = counts["fr"]
    assert none.replace("0", "1") == one != two.replace("2", "1")


def test_a_moment_without_a_zone_is_taken_as_utc() -> None:
    naive = datetime(2026, 11, 21, 19, 5)
    assert date(naive) == date(naive.replace(tzinfo=UTC))
    assert date(naive).startswith("Nov 21, 2026")


def _page() -> None:
    import streamlit

    from dashboard.ui.i18n import language, percent, set_language

    streamlit.button("Français", on_click=lambda: set_language("fr"))
    streamlit.text(f"{language()} {percent(0.5, 0)}")


@pytest.fixture
def page() -> Callable[..., AppTest]:
    def start(**address: str) -> AppTest:
        app = AppTest.from_function(_page)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    return start


def test_a_link_names_the_language(page: Callable[..., AppTest]) -> None:
    assert page(lang="fr").text[0].value == f"fr 50{NO_BREAK}%"
    assert page(lang="fr-CA").text[0].value.startswith("fr")


def test_an_unknown_language_is_ignored(page: Callable[..., AppTest]) -> None:
    assert page(lang="tlh").text[0].value == page().text[0].value == "en 50%"


def test_the_switch_wins_over_the_link_and_stays_in_the_address(page: Callable[..., AppTest]) -> None:
    app = page(lang="en")
    app.button[0].click().run()
    assert app.text[0].value.startswith("fr")
    assert app.query_params["lang"] in ("fr", ["fr"])


def test_the_browser_decides_when_nothing_else_does(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.locale", "fr_FR")
    assert page().text[0].value.startswith("fr")
