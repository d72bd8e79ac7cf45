"""`predict`: what a network answers to texts typed, piped or in a table."""

from __future__ import annotations

from argparse import Namespace

from core.cli import tasks
from core.cli.find import find_run, open_store


def run(options: Namespace) -> None:
    store = open_store()
    run_id = find_run(store, options.run).run_id
    network = store.load_trained(run_id)
    tasks.of(network).predict(network, options, store.load_answering(run_id))
