"""Taggers: masks, NumPy against Keras, files, and what may be wrong with the sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.config import RunSettings, validated
from core.data.dataset import Dataset
from core.data.usable import OneTag, TooFewSentences, TooManyTags
from core.models.base import Sizes, name_of
from core.tasks import task, task_for
from core.tasks.base import CannotDoTask
from core.tasks.tagging.network import answered, read
from core.tasks.tagging.prepared import TaggedPart, TagsNotLearned
from core.tasks.tagging.tagger import Tagger
from core.text.prepare import Prepared
from core.text.words import WordEncoder
from core.training.recipes import recipe
from core.training.session import fit, keras_model

TAGGING = task("tagging")
SIZES = Sizes(12, 4, 9)
VARIANTS: list[dict[str, Any]] = [
    {"architecture": "lstm", "bidirectional": True, "reads": "both", "letter_window": 2},
    {"architecture": "gru", "layers": 2, "residual": True, "reads": "words", "word_dropout": 0.3},
    {"architecture": "simple_rnn", "bidirectional": True, "layers": 2, "reads": "letters", "dense_layers": 1},
    {"architecture": "transformer", "heads": 2, "attention_layers": 2, "reads": "both"},
]


def settings(**values: Any) -> RunSettings:
    architecture = values.pop("architecture", "lstm")
    start = validated({"task": "tagging", "network": {"architecture": architecture}})
    small = {"units": 5, "embedding_dim": 6, "letter_dim": 3, "letter_filters": 4, "dense_units": 4,
             "batch_size": 8, "minimum_count": 1}  # fmt: skip
    known = start.flat()
    return start.with_values({name: value for name, value in (small | values).items() if name in known})


def built(told: RunSettings, sizes: Sizes = SIZES) -> Any:
    import keras

    keras.utils.set_random_seed(0)
    model = TAGGING.build(told, sizes)
    numbers = np.random.default_rng(0)
    model.set_weights([numbers.normal(0, 0.5, weight.shape).astype(np.float32) for weight in model.get_weights()])
    return model


def sentences(time: int, width: int) -> tuple[Any, Any, list[int]]:
    """ids and letters of sentences of 1, 3 and 6 words, filled up to `time` words of `width` letters."""
    numbers, lengths = np.random.default_rng(1), [1, 3, 6]
    ids, letters = np.zeros((3, time), np.int32), np.zeros((3, time, width), np.int32)
    for row, length in enumerate(lengths):
        ids[row, :length] = numbers.integers(1, SIZES.vocabulary, length)
        for place in range(length):
            letters[row, place, : 2 + place % 3] = numbers.integers(1, SIZES.letters, 2 + place % 3)
    return ids, letters, lengths


@pytest.mark.parametrize("values", VARIANTS, ids=lambda values: values["architecture"])
@pytest.mark.parametrize("classes", [2, 4])
def test_numpy_answers_as_keras_does_and_padding_changes_nothing(values: dict[str, Any], classes: int) -> None:
    told, sizes = settings(**values), Sizes(SIZES.vocabulary, classes, SIZES.letters)
    model = built(told, sizes)
    weights = {name_of(layer.name, each.name): each.numpy() for layer in model.layers for each in layer.weights}
    exact = None
    for time, width in ((6, 5), (9, 8)):
        ids, letters, lengths = sentences(time, width)
        found = np.asarray(model([ids, letters]))
        found = np.concatenate([1 - found, found], axis=-1) if classes == 2 else found
        answers = answered(told, weights, read(told, weights, ids, letters)[2])
        own = np.concatenate([found[row, :length] for row, length in enumerate(lengths)])
        assert own.shape == (10, classes)
        np.testing.assert_allclose(np.concatenate([answers[r, :n] for r, n in enumerate(lengths)]), own, atol=1e-5)
        np.testing.assert_allclose(own, own if exact is None else exact, atol=1e-6)
        exact = own
    boxes = TAGGING.layers(told, sizes)
    assert sum(box.parameters for box in boxes) == model.count_params()
    assert boxes[-1].output_shape == model.output_shape


@pytest.mark.parametrize("values", VARIANTS, ids=lambda values: values["architecture"])
def test_a_saved_model_loads_with_plain_keras(values: dict[str, Any], tmp_path: Path) -> None:
    import keras

    model = built(settings(**values))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", custom_objects=None, safe_mode=True)
    ids, letters, _lengths = sentences(7, 6)
    np.testing.assert_array_equal(again([ids, letters]), model([ids, letters]))


def tagged(rows: list[str], parts: list[str] | None = None) -> Dataset:
    """From "le/DET chat/NOUN"."""
    pairs = [[piece.rsplit("/", 1) for piece in row.split()] for row in rows]
    words, tags = (["\t".join(pair[place] for pair in row) for row in pairs] for place in (0, 1))
    texts = [" ".join(pair[0] for pair in row) for row in pairs]
    return Dataset.build(texts, None, "small", "test", parts, words=words, tags=tags)


def many() -> Dataset:
    """48 sentences of 2 to 4 words, some of one; tags can be told from endings, or from the word before."""
    rows = []
    for number, name in enumerate("abcdefghijkl"):
        rows += [f"le/DET {name}chat/NOUN {name}dort/VERB", f"une/DET {name}table/NOUN ./PUNCT"]
        rows += [f"{name.upper()}oui/INTJ", f"le/DET {name}chat/NOUN sur/ADP {number}/NUM"]
    return tagged(rows)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return TAGGING.prepare(many(), settings())


def test_words_tags_and_letters_stay_together(prepared: Prepared) -> None:
    dataset = many()
    assert prepared.class_names == ["ADP", "DET", "INTJ", "NOUN", "NUM", "PUNCT", "VERB"]
    for part in prepared.parts.values():
        assert isinstance(part, TaggedPart)
        rows = np.arange(len(part))
        (ids, letters), tags = part.arrays(rows, int(part.sequences.lengths.max()), "left")
        assert part.asked(rows) == len(part.labels) == (tags >= 0).sum() == (ids > 0).sum()
        assert ((tags >= 0) == (ids > 0)).all()
        assert ((letters > 0).any(axis=2) == (ids > 0)).all()
        for row, given in zip(part.rows, tags, strict=True):
            expected = dataset.frame["tags"][row].split("\t")
            assert [prepared.class_names[tag] for tag in given if tag >= 0] == expected
        chosen = part.some(np.array([2, 0]))
        (again, spelled), asked = chosen.arrays(np.array([0, 1]), ids.shape[1], "right")
        np.testing.assert_array_equal(again, ids[[2, 0]])
        np.testing.assert_array_equal(asked, tags[[2, 0]])
        np.testing.assert_array_equal(spelled, letters[[2, 0], :, : spelled.shape[2]])
    assert sum(row.classes["DET"] for row in prepared.split.parts) == 36


@pytest.fixture(scope="module")
def learned(prepared: Prepared) -> Tagger:
    told = settings(units=16, embedding_dim=16, letter_filters=16, letter_dim=8, epochs=30, bidirectional=True,
                    learning_rate=0.02, early_stopping=False, dropout=0.0, embedding_dropout=0.1)  # fmt: skip
    network, _ = fit(told, prepared)
    assert isinstance(network, Tagger)
    return network


def test_a_tagger_learns_and_reads_words_never_met(learned: Tagger) -> None:
    assert learned.tags([["le", "zchat", "zdort"], [], ["Zoui"], ["une"]]) == [
        ["DET", "NOUN", "VERB"],
        [],
        ["INTJ"],
        ["DET"],
    ]


def test_one_sentence_is_answered_as_among_others(learned: Tagger) -> None:
    together = learned.tag([["le"], ["une", "atable", "sur", "9"], ["le", "achat"]])
    for sentence, answers in zip((["le"], ["une", "atable", "sur", "9"], ["le", "achat"]), together, strict=True):
        np.testing.assert_allclose(learned.tag([sentence])[0], answers, atol=1e-6)
        np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)
        trace = learned.trace(" ".join(sentence))
        np.testing.assert_allclose(trace.probabilities, answers, atol=1e-6)
        assert {len(values) for values in trace.states.values()} == {len(sentence)}
        assert trace.places == ["forward/", "backward/"]
    assert learned.trace("  ").probabilities.shape == (0, 7)


def test_a_stored_tagger_and_its_keras_model_answer_the_same(learned: Tagger, tmp_path: Path) -> None:
    learned.save(tmp_path)
    again = Tagger.load(tmp_path)
    words = ["le", "qchat", "sur", "77"]
    np.testing.assert_array_equal(again.tag([words])[0], learned.tag([words])[0])
    ids, letters = again.words.ids(words)[None], again.words.spelled(words)[None]
    np.testing.assert_allclose(keras_model(again)([ids, letters])[0], learned.tag([words])[0], atol=1e-5)


def test_equal_seeds_give_equal_taggers(prepared: Prepared) -> None:
    weights = [fit(settings(epochs=1, word_dropout=0.2), prepared)[0].weights for _ in range(2)]
    assert all(np.array_equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_only_networks_with_an_answer_for_each_word_can() -> None:
    assert list(TAGGING.architectures())[:3] == ["simple_rnn", "lstm", "gru"]
    with pytest.raises(CannotDoTask, match="pooling"):
        recipe("recommended", "pooling", 100, "tagging")
    assert recipe("recommended", "gru", 100, "tagging").task == "tagging"
    assert task_for(many()).name == "tagging"


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (["a/X b/X", "c/X", "d/X", "e/X f/X"], OneTag),
        (["a/X b/Y", "c/X"], TooFewSentences),
        ([f"w{place}/T{place}" for place in range(1_001)], TooManyTags),
    ],
)
def test_what_cannot_be_learned_is_said(rows: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        TAGGING.require_trainable(tagged(rows))
    with pytest.raises(error):
        TAGGING.prepare(tagged(rows), settings())


def test_tags_that_the_training_sentences_do_not_have() -> None:
    rows = [f"a{place}/X b/Y" for place in range(30)]
    strange = tagged([*rows, "q/N r/V"], ["train"] * 25 + ["validation"] * 5 + ["test"])
    with pytest.raises(TagsNotLearned, match=r"2 of the 2 words to be judged on have tags .* such as N, V"):
        TAGGING.prepare(strange, settings())
    # A single one counts as a mistake.
    rare = tagged([*rows, "q/X r/Y s/X t/Y u/X v/Y w/X x/Y y/X z/Z"], ["train"] * 25 + ["validation"] * 5 + ["test"])
    found = TAGGING.prepare(rare, settings())
    assert found.class_names == ["X", "Y", "Z"]
    assert isinstance(found.encoder, WordEncoder)


def test_sentences_of_one_word() -> None:
    found = TAGGING.prepare(tagged([f"w{place}/{'XY'[place % 2]}" for place in range(12)]), settings())
    model = built(settings(), TAGGING.sizes(found))
    weights = {name_of(layer.name, each.name): each.numpy() for layer in model.layers for each in layer.weights}
    network = TAGGING.network(settings(), found, weights)
    assert TAGGING.evaluate(network, found).test["sentences"] == len(found.parts["test"])


def test_a_zip_answers_the_same(learned: Tagger, prepared: Prepared, tmp_path: Path) -> None:
    """`export` itself compares the answers; here its program reads words that are apart already."""
    import json
    import zipfile

    from core.export.archive import export, imported

    learned.save(tmp_path / "network")
    keras_model(learned).save(tmp_path / "network" / "model.keras")
    test = TAGGING.evaluate(learned, prepared).test
    export(tmp_path / "network", tmp_path / "out.zip", ["le achat dort", "L'été ?"], "tagger", test)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "alone")
    assert "étiquettes" in (tmp_path / "alone" / "README.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "alone" / "settings.json").read_text(encoding="utf-8"))["spelling"]["letters"]
    (tmp_path / "words.conll").write_text("1\tle\n2\tachat\n\nune\n", encoding="utf-8")
    program = imported(tmp_path / "alone" / "predict.py")
    network, words = program.Network(), program.read_words(str(tmp_path / "words.conll"))
    found = program.lines(network.class_names, zip(words, network.probabilities(words), strict=True))
    rows = [line.split("\t")[:2] for line in found.splitlines()]
    assert rows == [["le", "DET"], ["achat", "NOUN"], [""], ["une", "DET"], [""]]
