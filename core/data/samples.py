"""The texts that ship with the project: written sets, in core/data/samples, and generated ones.

The sentences of words_fr.conllu and words_en.conllu make two samples each, as their words have two tags: their part of
speech (https://universaldependencies.org/u/pos/), and whether they belong to the name of a person, place or group.
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from core.data.dataset import Dataset
from core.data.generated import generate
from core.data.tagging.dataset import tagged_dataset
from core.data.tagging.files import read_tagged
from core.errors import DataError
from core.messages import N_

_FOLDER = Path(__file__).parent / "samples"
_TITLES = {
    "reviews": (
        N_("Reviews"),
        N_("Opinions on products, films and services, positive or negative, some of them mixed."),
    ),
    "topics": (
        N_("Topics"),
        N_("Short messages to be sorted by what they are about."),
    ),
    "order": (
        N_("Word order"),
        N_("“Good, not bad” against “bad, not good”: the same words, so that averaging must fail."),
    ),
    "first_word": (
        N_("First word"),
        N_("Only the first word of a long text tells: the network has to remember it to the end."),
    ),
    "grammar": (
        N_("Parts of speech"),
        N_("Sentences with a tag for each word: noun, verb, adjective… The network learns to tag your own sentences."),
    ),
    "names": (
        N_("Names"),
        N_("Sentences in which names of people, places and organisations are tagged. The network learns to find them."),
    ),
}
_GENERATED = ("order", "first_word")
_TAGS = {"grammar": "UPOS", "names": "MISC: NER"}  # columns of the words' files


class NoSuchSample(DataError):
    message = N_("There is no sample “{name}”. Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Sample:
    """What is known of a sample before it is opened; `title` and `summary` are marked for translation."""

    name: str
    title: str
    summary: str
    language: str
    classes: tuple[str, ...]
    rows: int


@cache
def samples() -> dict[str, Sample]:
    """Every sample by its name: "reviews_fr", "reviews_en", "topics_fr", ..."""
    found = {}
    for kind, (title, summary) in _TITLES.items():
        for language in ("fr", "en"):
            name = f"{kind}_{language}"
            dataset = load_sample(name)
            found[name] = Sample(name, title, summary, language, tuple(dataset.class_names), len(dataset))
    return found


def load_sample(name: str) -> Dataset:
    """The sample of that name, with "sample:NAME" as its source; raises NoSuchSample with a guess."""
    names = [f"{kind}_{language}" for kind in _TITLES for language in ("fr", "en")]
    if name not in names:
        raise NoSuchSample(name=name, suggestion=difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0])
    kind, _, language = name.rpartition("_")
    if kind in _TAGS:
        return _tagged(name, language, _TAGS[kind])
    frame = generate(kind, language) if kind in _GENERATED else _written(name)
    return Dataset.build(frame["text"], frame["label"], name, f"sample:{name}", others=frame.iloc[:, 2:])


def _tagged(name: str, language: str, tag: str) -> Dataset:
    """Contractions such as “au” stay one word: it is what people type."""
    file = _FOLDER / f"words_{language}.conllu"
    table = read_tagged([(file, file.name)])
    return tagged_dataset(table, "FORM", tag, name, f"sample:{name}", "together").dataset


def _written(name: str) -> pd.DataFrame:
    return pd.read_csv(
        _FOLDER / f"{name}.tsv", sep="\t", dtype="str", quoting=csv.QUOTE_NONE, keep_default_na=False, encoding="utf-8"
    )
