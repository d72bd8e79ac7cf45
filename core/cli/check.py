"""`check`: what is wrong with texts, and what repairs make of them, before anything is trained."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from core.cli import data
from core.cli.output import percent, say, short, write_json
from core.data.large import export
from core.data.quality import Applied, Finding, Remedy, Report, apply, check, find_repair
from core.errors import DataError

if TYPE_CHECKING:
    from core.data.dataset import Dataset
    from core.evaluation.leak import LeakScores

_WIDTH = 100


def run(options: Namespace) -> None:
    for name in options.repair:
        find_repair(name)  # what is not possible is said before a large file is read
    dataset, done = apply(data.as_given(options), options.repair)
    report = check(dataset)
    leak = _leak(dataset) if report.many_copies else None
    if options.out:
        _write(dataset, options.out)
    if options.json:
        write_json(content(dataset, report, done, leak), options.json)
    if options.json != "-":
        _show(report, done, leak)


def _write(dataset: Dataset, out: Path) -> None:
    with TemporaryDirectory(prefix="unrolled-") as folder:
        dataset.to_parquet(Path(folder) / "texts.parquet")
        export(Path(folder) / "texts.parquet", out)
    say(f"{len(dataset):,} rows written to {out}.")


def content(dataset: Dataset, report: Report, done: list[Applied], leak: LeakScores | None) -> dict[str, Any]:
    """Everything that was found, for programs."""
    return {
        "name": dataset.name,
        "fingerprint": dataset.fingerprint,
        "rows": report.rows,
        "usable": report.usable,
        "distinct": report.distinct,
        "classes": {str(name): int(count) for name, count in report.classes.items()},
        "findings": [_as_json(finding) for finding in report.findings],
        "repairs": list(dataset.repairs),
        "repaired": [vars(item) for item in done],
        "copies": vars(leak) if leak else None,
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "count": finding.count,
        "severity": str(finding.severity),
        "title": finding.title,
        "effect": finding.told(),
        "repair": finding.repairs[0] if finding.repairs else None,
        "repairs": list(finding.repairs),
        "remedies": [vars(remedy) for remedy in finding.remedies],
        "examples": [dict(zip(finding.columns, example, strict=True)) for example in finding.examples],
        "rows": list(finding.rows),
    }


def _show(report: Report, done: list[Applied], leak: LeakScores | None) -> None:
    print(f"{report.rows:,} rows, {report.usable:,} usable texts, {len(report.classes):,} classes.")
    for item in done:
        before, after = item.rows
        print(f"Repaired, {item.name}: {before:,} -> {after:,} rows, {item.changed:,} of them changed.")
    for finding in report.findings:
        print(f"\n{finding.severity.upper()}  {finding.title}: {finding.count:,}")
        print(textwrap.fill(finding.told(), _WIDTH, initial_indent="  ", subsequent_indent="  "))
        for example in finding.examples:
            print("    " + " | ".join(short(cell, 60) for cell in example))
        if finding.repairs:
            print(f"  repair: {' or '.join(f'--repair {name}' for name in finding.repairs)}")
        if finding.remedies:
            print(f"  or train with: {' or '.join(_told(remedy) for remedy in finding.remedies)}")
        if finding.code == "duplicates" and leak:
            print(textwrap.fill(said(leak), _WIDTH, initial_indent="  ", subsequent_indent="  "))
    if not report.findings:
        print("Nothing was found that could spoil a result.")


def _told(remedy: Remedy) -> str:
    return f"--set {remedy.setting}={remedy.value}"


def said(leak: LeakScores) -> str:
    """What the copies do to a score, in a sentence."""
    return (
        f"TF-IDF + logistic regression seems to be right {percent(leak.fake)} of the time on a random split of all "
        f"rows: of {leak.tested:,} test texts, {percent(leak.known)} were in training, too. On the {leak.distinct:,} "
        f"different texts, each judged without having been learned, it is right {percent(leak.honest)} of the time; "
        f"always answering the largest class would be right {percent(leak.guess)} of the time."
    )


def _leak(dataset: Dataset) -> LeakScores | None:
    from core.evaluation.leak import leak_scores

    say("Many rows are copies. Measuring what they do to a score …")
    try:
        return leak_scores(dataset)
    except DataError:  # too few texts to compare anything
        return None
