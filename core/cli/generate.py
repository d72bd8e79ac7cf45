"""`generate`: texts by a network that writes, with what of them is copied from its training texts."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.cli.find import find_run, open_store
from core.cli.output import percent, say, show_table, write_json
from core.generation.sampling import Sampling
from core.refusals import checked
from core.runs.writing import Sample, Samples, write_texts

if TYPE_CHECKING:
    from core.runs.records import Run

_OPTIONS = {"temperature": "temperature", "top_k": "top_k", "longest": "longest", "seed": "sampling_seed"}


def run(options: Namespace) -> None:
    found = find_run(open_store(), options.run)
    asked = {name: getattr(options, option) for option, name in _OPTIONS.items()}
    sampling = checked(Sampling, {name: value for name, value in asked.items() if value is not None})
    samples = write_texts(found.run_id, options.label, options.start, sampling, options.count)
    if samples.unknown:
        say(f"Not known to this network, and read as unknown words: {', '.join(samples.unknown)}")
    if options.json:
        write_json(_content(found, samples, options, sampling), options.json)
    if options.json != "-":
        _show(samples, options.next)


def _content(run: Run, samples: Samples, options: Namespace, sampling: Sampling) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "label": options.label,
        "start": options.start,
        "unknown": samples.unknown,
        **sampling.model_dump(),
        "texts": [_text(each, samples.run) for each in samples.texts],
    }


def _text(sample: Sample, run: int) -> dict[str, Any]:
    """`steps`: each token with its probability and the likeliest in its place; "" is the end of the text."""
    told: dict[str, Any] = {"text": sample.written.text, "ended": sample.written.ended}
    copied = sample.copied
    if copied is not None:
        told["copied"] = {"longest": copied.longest, "tokens": copied.tokens, "nearly_all": copied.nearly_all,
                          "run": run, "runs": copied.runs, "found": copied.found, "source": sample.source}  # fmt: skip
    return told | {"steps": [asdict(step) for step in sample.written.steps]}


def _show(samples: Samples, with_steps: bool) -> None:
    for sample in samples.texts:
        print(sample.written.text + ("" if sample.written.ended else " […]"))
        if sample.copied is not None and sample.copied.nearly_all:
            print(f"    (copied: {sample.copied.longest} of its {sample.copied.tokens} tokens stand in this training "
                  f"text: {sample.source})")  # fmt: skip
        if with_steps:
            rows = (
                (step.token or "(end)", percent(step.probability),
                 ", ".join(f"{token or '(end)'} {percent(sure)}" for token, sure in step.likeliest[:4]))
                for step in sample.written.steps
            )  # fmt: skip
            show_table(("token", "probability", "likeliest"), rows, right=("probability",))
            print()
