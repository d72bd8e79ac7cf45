"""Taggers on the command line: a tag for each word, and what is remembered there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.data import how
from core.cli.output import percent, piped, short, show_table, write_json
from core.cli.tasks.classification import BAR, NothingToPredict
from core.tasks.tagging.files import tagged_file

if TYPE_CHECKING:
    from core.evaluation.answering import Answering
    from core.tasks.tagging.tagger import Tagger, TagTrace


def predict(network: Tagger, options: Namespace, answering: Answering) -> None:
    """Sentences typed or piped, or those of a file, which comes back as one word a line."""
    if options.file:
        path = Path(options.file)
        content = tagged_file(network, path, path.name, options.text, how(options))
        if options.out:
            options.out.parent.mkdir(parents=True, exist_ok=True)
            options.out.write_text(content, encoding="utf-8")
        else:
            print(content, end="")
        return
    texts = options.texts or piped()
    if not texts:
        raise NothingToPredict
    traces = [network.trace(text) for text in texts]
    if options.json:
        write_json([{"text": text, "words": _words(network, trace)} for text, trace in zip(texts, traces, strict=True)],
                   options.json)  # fmt: skip
    if options.json != "-":
        for trace in traces:
            rows = [(each["word"], each["tag"], percent(each["probability"])) for each in _words(network, trace)]
            show_table(("word", "tag", "sure"), rows, right=("sure",))
            print()


def trace(run_id: str, network: Tagger, options: Namespace) -> None:
    """One sentence, word by word."""
    found = network.trace(options.text)
    if options.json:
        told = {
            "tags": list(network.class_names),
            "words": _words(network, found),
            "norms": found.norms.tolist(),
            "probabilities": found.probabilities.tolist(),
            "states": {name: values.tolist() for name, values in found.states.items()},
        }
        write_json({"run_id": run_id, "text": options.text} | told, options.json)
    if options.json != "-":
        longest = max(float(found.norms.max(initial=0.0)), 1e-9)
        rows = []
        for norm, each in zip(found.norms, _words(network, found), strict=True):
            word = short(each["word"]) + ("" if each["known"] else " (unknown)")
            bar = "█" * round(BAR * float(norm) / longest)
            rows.append((word, f"{norm:.2f}", bar, each["tag"], percent(each["probability"])))
        show_table(("word", "memory", "", "tag", "sure"), rows, right=("memory", "sure"))


def _words(network: Tagger, trace: TagTrace) -> list[dict[str, Any]]:
    best = trace.probabilities.argmax(axis=1)
    return [
        vars(token) | {"word": token.text, "tag": network.class_names[place], "probability": float(sure[place])}
        for token, place, sure in zip(trace.tokens, best, trace.probabilities, strict=True)
    ]
