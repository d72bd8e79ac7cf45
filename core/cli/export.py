"""`export`: a network as a zip that works by itself."""

from __future__ import annotations

from argparse import Namespace

from core.cli.find import find_run, open_store
from core.cli.output import say
from core.runs.jobs import export_run


def run(options: Namespace) -> None:
    found = find_run(open_store(), options.run)
    say("Writing the zip, opening it again, and comparing its answers with the network's …")
    export_run(found.run_id, options.out)
    print(f"{options.out} is ready: {options.out.stat().st_size / 1e6:.1f} MB, checked to give the same answers.")
