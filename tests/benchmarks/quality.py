"""What recipes reach beside simpler things: `python -m tests.benchmarks.quality RESULTS.jsonl` (hours; goes on later).

Trains on the open sets in ../shared/data and on the generated samples, scores each on its test part, and writes a line
for each training into RESULTS.jsonl; what is there already is not done again. Then prints accuracies, means over the
seeds, and how much the networks are ahead of TF-IDF + logistic regression, with a 95 % interval over the seeds.
Each seed is a new start of the network and a new division of the texts (reviews: their own test file).
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from core.config import RunSettings
from core.data.given import read_dataset
from core.data.usable import usable_count
from core.evaluation.blend import LINEAR, blended
from core.evaluation.evaluate import evaluate
from core.evaluation.intervals import labels
from core.evaluation.references import tfidf_logistic_regression
from core.text.prepare import prepare
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.session import fit

DATA = Path(__file__).parents[3] / "shared" / "data"
TRAIN, TEST = (str(DATA / f"fr_allocine_sample.{part}.tsv.gz") for part in ("train", "test"))
# Name: the texts, their test file, what the user would set.
SETS: dict[str, tuple[str, str | None, dict[str, Any]]] = {
    "commands": (str(DATA / "fr_domotique_intents.tsv.gz"), None, {}),
    "names": (str(DATA / "names_nationality.tsv.gz"), None, {"tokens": "characters"}),
    "languages": (str(DATA / "langid17.tsv.gz"), None, {}),
    "sentences": (str(DATA / "mr.tsv.gz"), None, {}),
    "reviews": (TRAIN, TEST, {}),
    "order": ("sample:order_en", None, {}),
    "first word": ("sample:first_word_en", None, {}),
}


def settings_for(recipe_name: str, architecture: str, texts: int, seed: int, own: dict[str, Any]) -> RunSettings:
    values = {"seed": seed, "split_seed": seed, **own}
    return recipe(recipe_name, architecture, texts).with_values(values)


def train(name: str, recipe_name: str, architecture: str, seed: int) -> dict[str, Any]:
    """Accuracies of the network, of TF-IDF + logistic regression, and of both together; processor seconds."""
    data, test, own = SETS[name]
    dataset = read_dataset(data, test=test)
    settings = settings_for(recipe_name, architecture, usable_count(dataset), seed, own)
    prepared = prepare(dataset, settings.preparation, settings.split)
    began = time.process_time()
    network, _ = fit(settings, prepared)
    seconds = time.process_time() - began
    ours, linear = evaluate(network, prepared), tfidf_logistic_regression(prepared)
    both = blended(ours, {LINEAR: linear})
    assert both is not None
    together = float((both.argmax(axis=1) == labels(ours)).mean())
    scores = {"network": ours.test["accuracy"], "linear": linear.test["accuracy"], "blend": together}
    return scores | {"loss": ours.test["loss"], "seconds": seconds, "rows": len(prepared.parts["train"])}


def show(rows: pd.DataFrame) -> None:
    columns = ["network", "linear", "blend", "loss", "seconds"]
    print(rows.groupby(["recipe", "architecture", "set"])[columns].mean().round(3).to_string())
    real = rows[~rows["set"].isin(["order", "first word"])]
    for key, own in real.groupby(["recipe", "architecture"]):
        for ahead in ("network", "blend"):
            each = (own[ahead] - own["linear"]).groupby(own["seed"]).mean()
            wide = stats.t.ppf(0.975, len(each) - 1) * each.sem() if len(each) > 1 else np.nan
            print(f"{key}: {ahead} - linear, mean of {own['set'].nunique()} sets: {each.mean():+.4f} ± {wide:.4f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("results", type=Path)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    options.add_argument("--recipes", nargs="+", default=["recommended"])
    options.add_argument("--architectures", nargs="+", default=["lstm", "gru", "pooling"])
    told = options.parse_args()
    start()
    done = [json.loads(line) for line in told.results.read_text().splitlines()] if told.results.exists() else []
    for seed, name, recipe_name, architecture in product(told.seeds, told.sets, told.recipes, told.architectures):
        key = {"recipe": recipe_name, "architecture": architecture, "set": name, "seed": seed}
        if any(key.items() <= row.items() for row in done):
            continue
        done.append(key | train(name, recipe_name, architecture, seed))
        print(done[-1], flush=True)
        with told.results.open("a") as file:
            file.write(json.dumps(done[-1]) + "\n")
    show(pd.DataFrame(done))


if __name__ == "__main__":
    main()
