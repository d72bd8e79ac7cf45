"""`trace`: what a network remembers at each word, and what it would answer there."""

from __future__ import annotations

from argparse import Namespace

from core.cli import tasks
from core.cli.find import find_run, open_store


def run(options: Namespace) -> None:
    store = open_store()
    found = find_run(store, options.run)
    network = store.load_trained(found.run_id)
    tasks.of(network).trace(found.run_id, network, options)
