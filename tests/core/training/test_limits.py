from __future__ import annotations

from collections.abc import Callable

import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.tasks import task
from core.text.prepare import Prepared
from core.training.limits import DoesNotFit, Texts, foretell, memory_megabytes
from core.training.recipes import recipe
from core.training.session import fit

REVIEWS = Texts(rows=10_000, mean_tokens=150, longest=256, vocabulary_size=20_000, classes=2)


def refusal(name: str, texts: Texts = REVIEWS, **values: object) -> DoesNotFit:
    with pytest.raises(DoesNotFit) as caught:
        foretell(recipe("recommended", name).with_values(values), texts)
    return caught.value


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_MEMORY", "4096")


@pytest.mark.parametrize("name", ["lstm", "transformer", "bag_of_words"])
def test_the_recommended_settings_fit(name: str) -> None:
    assert foretell(recipe("recommended", name), REVIEWS).memory_megabytes < 1_000


def test_a_large_table_of_word_vectors_is_refused_and_what_makes_it_large_is_named() -> None:
    large = Texts(rows=10_000, mean_tokens=20, longest=60, vocabulary_size=200_000, classes=2)
    error = refusal("gru", large, embedding_dim=1_024)
    assert {error.values["first_setting"], error.values["second_setting"]} == {"Vocabulary size", "Embedding size"}
    assert error.values["there"] == 4
    assert error.values["needed"] > 5


def test_long_texts_that_all_look_at_each_other_are_refused() -> None:
    long = Texts(rows=1_000, mean_tokens=2_000, longest=5_000, vocabulary_size=20_000, classes=2)
    error = refusal("transformer", long, sequence_length=5_000)
    assert {error.values["first_setting"], error.values["second_setting"]} == {"Sequence length", "Batch size"}
    foretell(recipe("recommended", "lstm").with_values({"sequence_length": 5_000, "batch_size": 4}), long)


def test_four_wide_layers_in_two_directions_are_refused_for_what_they_keep_of_each_word() -> None:
    values = {"layers": 4, "bidirectional": True, "units": 512, "sequence_length": 5_000}
    long = Texts(rows=1_000, mean_tokens=2_000, longest=5_000, vocabulary_size=20_000, classes=2)
    assert "Units" in refusal("lstm", long, **values).values.values()


def test_long_texts_that_a_network_learns_to_write_are_read_in_pieces() -> None:
    told = RunSettings(task="generation").with_values({"sequence_length": 10})
    dataset = Dataset.build([f"{'la ' * 99}{number}" for number in range(20)], [""] * 20, "songs", "test")
    made = task("generation").prepare(dataset, told)
    texts = Texts.of(made)
    assert texts.rows == len(made.parts["train"].sequences) > 10 * len(made.parts["train"])
    assert texts.longest == 10


def test_nothing_is_trained_that_does_not_fit(
    prepared: Prepared, small: Callable[..., RunSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNROLLED_MEMORY", "500")
    with pytest.raises(DoesNotFit):
        fit(small(), prepared)


def test_without_a_limit_of_our_own_the_machine_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNROLLED_MEMORY")
    assert 256 < memory_megabytes() < 2**24
