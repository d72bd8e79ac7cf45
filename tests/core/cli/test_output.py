import json
from pathlib import Path

import pytest

from core.cli.output import percent, short, show_table, write_json


def test_columns_are_as_wide_as_they_need(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name", "n"), [("longer name", "7"), ("x", "120")], right=("n",))
    assert capsys.readouterr().out == "name           n\nlonger name    7\nx            120\n"


def test_wide_and_combining_characters_are_counted_as_a_terminal_does(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("w", "x"), [("日本", "a"), ("e\u0301t", "b")])
    _, wide, combined = capsys.readouterr().out.splitlines()
    assert wide == "日本  a"
    assert combined == "e\u0301t    b"


def test_control_characters_of_users_texts_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("t",), [("a\nb\x1b[2J",)])
    assert capsys.readouterr().out == "t\na b [2J\n"


@pytest.mark.parametrize(("fraction", "text"), [(0.8725, "87.2%"), (1.0, "100.0%"), (float("nan"), "–")])
def test_percent(fraction: float, text: str) -> None:
    assert percent(fraction) == text


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert short("one  two\nthree", 20) == "one two three"
    assert short("a" * 50, 10) == "a" * 9 + "…"


def test_json_is_always_valid(tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "out.json"
    write_json({"loss": float("nan"), "é": [1.5, float("inf")], 3: (True, None)}, str(out))
    assert json.loads(out.read_text(encoding="utf-8")) == {"loss": None, "é": [1.5, None], "3": [True, None]}


def test_a_dash_is_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"a": 1}, "-")
    assert json.loads(capsys.readouterr().out) == {"a": 1}
