"""`predict` and `trace` for a network that writes: it gives no label, but tells what it expected along a text."""

from __future__ import annotations

from argparse import Namespace
from math import isnan
from typing import TYPE_CHECKING

from core.cli.output import percent, short, show_table, write_json
from core.errors import RunError
from core.messages import N_

if TYPE_CHECKING:
    from core.evaluation.answering import Answering
    from core.generation.writer import Writer


class WritesTexts(RunError):
    message = N_("This network writes texts and does not answer any. Have it write with: python -m core generate")


def predict(network: Writer, options: Namespace, answering: Answering) -> None:
    """Raises WritesTexts."""
    raise WritesTexts


def trace(run_id: str, network: Writer, options: Namespace) -> None:
    """A beginning, token by token: how likely each was to the network, and what it expected after it."""
    start = network.start(options.text)
    reading = network.reading(start)
    if options.json:
        content = {
            "run_id": run_id,
            "text": options.text,
            "tokens": reading.tokens,
            "unknown": start.unknown,
            "given": [float(sure) for sure in reading.given],
            "expected": reading.expected,
            "states": reading.states.tolist(),
        }
        write_json(content, options.json)
    if options.json == "-":
        return
    rows = []
    tokens, given = ["", *reading.tokens], [float("nan"), *reading.given.tolist()]
    for token, sure, expected in zip(tokens, given, reading.expected, strict=True):
        likely = ", ".join(f"{each or '(end)'} {percent(share)}" for each, share in expected[:4])
        rows.append((short(token) if token else "(start)", "" if isnan(sure) else percent(sure), likely))
    show_table(("token", "likely", "expected after it"), rows, right=("likely",))
