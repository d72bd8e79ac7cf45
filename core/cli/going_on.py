"""`continue`: a network is trained for longer, from where it stands, also with more texts."""

from __future__ import annotations

import time
from argparse import Namespace

from core.cli import data, generate_train, train
from core.cli.find import find_run, open_store
from core.cli.output import say
from core.runs.legs import Change


def run(options: Namespace) -> None:
    began, store = time.perf_counter(), open_store()
    found = find_run(store, options.run)
    if options.learning_rate is not None:
        found.settings.with_values({"learning_rate": options.learning_rate})  # what is not possible is said now
    writes, texts = found.settings.task == generate_train.TASK, ""
    way = generate_train if writes else train
    if options.data:
        dataset = data.read(options, labels_needed=not writes)
        way.tell(dataset)
        texts = store.save_dataset(dataset)
    store.continue_run(found.run_id, options.epochs, Change(options.learning_rate, texts, not options.alone))
    say(f"Continuing {found.run_id[:8]} ({found.name}). Control-C stops early.")
    way.finish(found.run_id, options, began)
