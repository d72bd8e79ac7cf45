"""What every mistake on the command line has to end in."""

from __future__ import annotations

import pytest

from core.cli import main


def require_one_line(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on standard error that holds the sentence, nothing on standard output, and code 2."""
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Error: ")
    assert captured.err.count("\n") == 1
    assert sentence in captured.err
