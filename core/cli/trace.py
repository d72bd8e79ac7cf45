"""`trace`: what a network remembers after each word, and what it would answer if the text ended there."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from core.cli.find import find_run, open_store
from core.cli.output import percent, short, show_table, write_json

if TYPE_CHECKING:
    from core.insight.network import Network, Trace

BAR = 20  # characters of the longest bar


def run(options: Namespace) -> None:
    store = open_store()
    found = find_run(store, options.run)
    network = store.load_network(found.run_id)
    trace = network.trace(options.text)
    if options.json:
        write_json({"run_id": found.run_id, "text": options.text} | _content(network, trace), options.json)
    if options.json != "-":
        _show(network, trace)


def _content(network: Network, trace: Trace) -> dict[str, Any]:
    """The whole trace as lists; the steps of states, norms and verdicts are the tokens that were `seen`, in order."""
    return {
        "classes": list(network.class_names),
        "tokens": [vars(token) for token in trace.tokens],
        "norms": trace.norms.tolist(),
        "verdicts": trace.verdicts.tolist(),
        "states": {name: values.tolist() for name, values in trace.states.items()},
        "probabilities": dict(zip(network.class_names, trace.probabilities.tolist(), strict=True)),
    } | ({} if trace.attention is None else {"attention": trace.attention.tolist()})


def _show(network: Network, trace: Trace) -> None:
    steps = iter(zip(trace.norms, trace.verdicts, strict=True))
    longest = max(float(trace.norms.max(initial=0.0)), 1e-9)
    rows = []
    for token in trace.tokens:
        word = short(token.text) + ("" if token.known else " (unknown)")
        if not token.seen:
            rows.append((word, "", "", "cut away", ""))
            continue
        norm, verdict = next(steps)
        best = int(verdict.argmax())
        bar = "█" * round(BAR * float(norm) / longest)
        rows.append((word, f"{norm:.2f}", bar, network.class_names[best], percent(float(verdict[best]))))
    show_table(("word", "memory", "", "answer if it ended here", "sure"), rows, right=("memory", "sure"))
    best = int(trace.probabilities.argmax())
    print(f"\nAnswer: {network.class_names[best]}, {percent(float(trace.probabilities[best]))}")
