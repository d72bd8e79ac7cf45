"""The command line: parser (what can be typed) -> one file per command -> output (what is written, and where).

Results go to standard output, progress to standard error; an error is one line and exit status 2.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from core.cli.parser import parser
from core.errors import UnrolledError

USER_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # users' texts hold any character, whatever the console's encoding
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # TensorFlow greets with a dozen lines otherwise
    command = importlib.import_module(f"core.cli.{options.command}")  # imported late: help must come at once
    try:
        command.run(options)
    except (UnrolledError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # as in `… | head`
            _silence_output()
            return 0
        print(f"Error: {_one_line(error)}", file=sys.stderr)
        return USER_ERROR
    except KeyboardInterrupt:
        print("Error: interrupted. What was stored until now is kept.", file=sys.stderr)
        return 130
    return 0


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check the name and that you may read or write there."
    return " ".join(str(error).split())


def _silence_output() -> None:
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
