"""The samples are what their summaries say, and the generated ones defeat averaging by construction."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.config import Preparation
from core.data.generated import generate
from core.data.quality import check
from core.data.samples import NoSuchSample, load_sample, samples
from core.text.words import WordEncoder

KINDS = ("reviews", "topics", "order", "first_word", "grammar", "names")
NAMES = [f"{kind}_{language}" for kind in KINDS for language in ("fr", "en")]
TAGGED = [name for name in NAMES if name.startswith(("grammar", "names"))]
# https://universaldependencies.org/u/pos/; “au” is à + le.
UNIVERSAL = {"ADJ", "ADP", "ADP+DET", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
             "PUNCT", "SCONJ", "SYM", "VERB", "X"}  # fmt: skip


def bag(text: str) -> frozenset[tuple[str, int]]:
    return frozenset(Counter(re.findall(r"\w+|[^\w\s]", text.lower())).items())


def test_all_samples_are_there() -> None:
    assert list(samples()) == NAMES
    for name, sample in samples().items():
        dataset = load_sample(name)
        assert (sample.rows, list(sample.classes)) == (len(dataset), dataset.class_names)
        assert dataset.source == f"sample:{name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_clean(name: str) -> None:
    assert check(load_sample(name)).findings == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_large_enough(name: str) -> None:
    sample = samples()[name]
    assert sample.rows >= 200
    assert len(sample.classes) >= (5 if name.startswith("topics") else 2)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("order")])
def test_word_order_is_all_that_tells(name: str) -> None:
    data = load_sample(name)
    texts: dict[frozenset[tuple[str, int]], Counter[str]] = {}
    for text, label in zip(data.texts, data.labels, strict=True):
        texts.setdefault(bag(text), Counter())[label] += 1
    assert all(len(set(labels.values())) == 1 and len(labels) == 2 for labels in texts.values())


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("first_word")])
def test_the_first_word_tells_and_the_answers_are_as_frequent(name: str) -> None:
    data = load_sample(name)
    for text, label in zip(data.texts, data.labels, strict=True):
        words = re.findall(r"\w+", text.lower())
        assert words[0] == label
        assert 30 <= len(words) <= 60
        assert len({words.count(answer) for answer in data.class_names}) == 1


@pytest.mark.parametrize("name", TAGGED)
def test_the_words_of_a_tagged_sample_are_those_of_a_typed_sentence(name: str) -> None:
    data = load_sample(name)
    encoder = WordEncoder.learn([["word"]], Preparation())
    for text, words in zip(data.texts, data.frame["words"], strict=True):
        assert [token.text for token in encoder.tokens(text)] == words.split("\t")


def test_tags_are_universal_and_names_are_proper_nouns() -> None:
    for language in ("fr", "en"):
        grammar, names = load_sample(f"grammar_{language}"), load_sample(f"names_{language}")
        assert set(grammar.class_names) <= UNIVERSAL
        assert names.class_names == ["B-LOC", "B-ORG", "B-PER", "I-LOC", "I-ORG", "I-PER", "O"]
        assert names.texts == grammar.texts
        for tags, found in zip(grammar.frame["tags"], names.frame["tags"], strict=True):
            spans = " ".join(f"{tag}:{part}" for part, tag in zip(tags.split("\t"), found.split("\t"), strict=True))
            # Each name has a proper noun, or is that of a place with nouns, such as “mer Adriatique”.
            assert all("PROPN" in span or "NOUN" in span for span in re.findall(r"B-\S+(?: I-\S+)*", spans)), spans


def test_generating_is_seeded() -> None:
    assert generate("order", "fr").equals(generate("order", "fr"))
    assert not generate("order", "fr").equals(generate("order", "fr", seed=1))
    assert len(generate("first_word", "en", rows=10)) == 10


def test_an_unknown_sample_gets_a_guess() -> None:
    with pytest.raises(NoSuchSample, match=r"“review_fr”. Did you mean “reviews_fr”"):
        load_sample("review_fr")
