"""Roles of units in taggers and in networks that write: planted ones are found, in random weights there are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.config import validated
from core.generation.writer import Writer
from core.insight.looks import Look, look_of
from core.insight.roles import Role, roles
from core.insight.states import states_of
from core.insight.tries import kinds_of
from core.insight.units import all_movers, similar
from core.models.base import Weights
from core.tasks.tagging.tagger import Tagger
from core.text.encoder import TextEncoder
from core.text.words import WordEncoder

THINGS, DEEDS, OTHERS = (
    ["cat", "dog", "tree", "house"],
    ["sees", "hears", "draws", "likes"],
    ["the", "a", "here", "now"],
)
WORDS = [*THINGS, *DEEDS, *OTHERS]
TAGS = {word: tag for tag, words in (("N", THINGS), ("V", DEEDS), ("X", OTHERS)) for word in words}
SIZE = 4


def settings(task: str, **values: object) -> Any:
    network = {"architecture": "simple_rnn", "units": SIZE, "embedding_dim": SIZE, "bidirectional": False,
               "layers": 1, "layer_normalization": False, "dense_layers": 0}  # fmt: skip
    told = {"task": task, "network": network, "preparation": {"minimum_count": 1}}
    start = validated(told)
    return start.with_values({key: value for key, value in values.items() if key in start.flat()})


def sentences(count: int = 120) -> pd.DataFrame:
    numbers = np.random.default_rng(3)
    rows = [numbers.choice(WORDS, int(numbers.integers(6, 12))).tolist() for _ in range(count)]
    words = [(place, word, TAGS[word]) for row in rows for place, word in enumerate(row)]
    return pd.DataFrame(words, columns=["place", "text", "label"])


def tagger(plant: bool) -> Look:
    told = settings("tagging", reads="words")
    encoder = WordEncoder.learn([WORDS], told.preparation)
    made = weights(encoder.vocabulary_size, 3)
    if plant:
        made["recurrent/recurrent_kernel"] = np.diag(np.float32([0, 1, 0.9, 0]))
        made["recurrent/kernel"] = np.eye(SIZE, dtype=np.float32)
        made["recurrent/bias"] = np.zeros(SIZE, np.float32)
        table = made["embedding"]
        table[:, 0] += [3 if TAGS.get(word) == "V" else -1 for word in encoder.vocabulary]  # the tag of its word
        table[:, 1] = 0.02  # a little more at each word
    return look_of(Tagger(told, encoder, ["N", "V", "X"], made))


def texts(count: int = 160) -> pd.DataFrame:
    numbers = np.random.default_rng(4)
    rows = [" ".join(numbers.choice([*WORDS, ".", ","], int(numbers.integers(8, 14)))) for _ in range(count)]
    return pd.DataFrame({"text": rows, "label": [["no", "yes"][place // 2 % 2] for place in range(count)]})


def writer(plant: bool, labels: tuple[str, ...] = ("no", "yes")) -> Look:
    told = settings("generation")
    encoder = TextEncoder.fit([" ".join([*WORDS, ".", ","])], told.preparation)
    made = weights(encoder.vocabulary_size + 1 + len(labels), 1)
    made |= {"projection/kernel": np.eye(SIZE, dtype=np.float32), "projection/bias": np.zeros(SIZE, np.float32)}
    if plant:
        made["recurrent/recurrent_kernel"] = np.diag(np.float32([0.5, 0, 0.9, 0]))
        made["recurrent/kernel"] = np.eye(SIZE, dtype=np.float32)
        table = made["embedding"]
        table[:, :2] *= 0.1
        table[-1, 0] += 2  # of the label “yes”, which every step reads
        table[[encoder.vocabulary.index(mark) for mark in ".,"], 1] += 2
    return look_of(Writer(told, encoder, list(labels), made))


def weights(rows: int, answers: int) -> Weights:
    numbers = np.random.default_rng(2)
    shapes = {
        "embedding": (rows, SIZE), "recurrent/kernel": (SIZE, SIZE), "recurrent/recurrent_kernel": (SIZE, SIZE),
        "recurrent/bias": (SIZE,), "output/kernel": (SIZE, answers), "output/bias": (answers,),
    }  # fmt: skip
    return {key: numbers.normal(0, 0.5, shape).astype(np.float32) for key, shape in shapes.items()}


def of(look: Look, table: pd.DataFrame) -> list[Role]:
    [found] = roles(look, look.studied(table)).values()
    return found


def test_a_unit_that_follows_the_tag_of_the_word_is_found() -> None:
    found = of(tagger(plant=True), sentences())
    assert [(role.kind, role.name) for role in found] == [("tag", "V"), ("position", ""), ("", ""), ("", "")]
    assert found[0].held > max(found[0].by_chance, found[0].twins)


def test_tags_that_have_nothing_to_do_with_the_words_are_not_followed() -> None:
    table = sentences()
    shuffled = table.assign(label=np.random.default_rng(0).permutation(table["label"]))
    assert [role.kind for role in of(tagger(plant=True), shuffled)] == ["", "position", "", ""]


def test_units_of_a_writer_that_follow_the_label_and_punctuation_are_found() -> None:
    found = of(writer(plant=True), texts())
    assert [(role.kind, role.name, role.rises) for role in found[:2]] == [("label", "yes", 1), ("mark", "", 1)]
    assert {role.kind for role in found[2:]} == {""}


@pytest.mark.parametrize("made", [lambda: (tagger(False), sentences()), lambda: (writer(False), texts())])
def test_random_weights_have_no_clear_role(made: Any) -> None:
    found = of(*made())
    assert [role.kind for role in found] == [""] * SIZE
    assert any(role.held > 0 for role in found)


def test_a_writer_without_labels_is_not_asked_about_them() -> None:
    look = writer(plant=False, labels=("*",))
    studied = look.studied(texts().assign(label="whatever"))
    assert not studied.names
    assert studied.named_at(0, 0, 1) == ""


def test_what_moves_a_tagger_and_a_writer_is_shown_as_it_was_written() -> None:
    table = sentences()
    states = states_of(tagger(plant=True), tagger(plant=True).studied(table))
    first = all_movers(states)[""][0]
    assert {word for word, step, _times in first.words if step > 0} == set(DEEDS)
    assert first.texts[0][1] in DEEDS
    found = similar(states, "", states.hidden[""][:3], [0, 1, 2, 3])[0]
    words = table["text"].tolist()[:3]
    assert (found.stretch, found.label) == (" ".join(words), " ".join(TAGS[word] for word in words))
    written = states_of(writer(plant=True), writer(plant=True).studied(texts()))
    assert {word for word, _step, _times in all_movers(written)[""][1].words[:2]} == {".", ","}
    assert written.typed(0, 1) == ""  # the start of a text
    assert texts()["text"][0].startswith(written.typed(0, 4))


def test_kinds_of_tokens() -> None:
    names = ["[PAD]", "[UNK]", "e", "t", ".", " ", "7"]
    found = {kind: np.flatnonzero(which).tolist() for kind, which in kinds_of(names, 9, characters=True).items()}
    assert found == {"mark": [4], "digit": [6], "space": [5], "vowel": [2]}
    pieces = kinds_of(["[PAD]", "[UNK]", "▁", "▁a", "##,"], 6, characters=False)
    assert {kind: np.flatnonzero(which).tolist() for kind, which in pieces.items()} == {"mark": [4], "digit": []}
