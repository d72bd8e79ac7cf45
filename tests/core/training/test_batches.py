from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.config import Preparation, Training
from core.text.prepare import Part
from core.text.sequences import Sequences
from core.training.batches import Batches


def batches(lengths: list[int], **values: object) -> Batches:
    rows = Sequences.from_lists([[place + 2] * length for place, length in enumerate(lengths)])
    names = Preparation.model_fields
    preparation = Preparation.model_validate({name: value for name, value in values.items() if name in names})
    training = Training.model_validate({name: value for name, value in values.items() if name not in names})
    places = np.arange(len(lengths))
    part = Part(rows, places.astype(np.int32), places, [""] * len(lengths), rows.lengths)
    return Batches(part, preparation, training)


LENGTHS = st.lists(st.integers(1, 60), min_size=1, max_size=80)


@given(LENGTHS, st.integers(1, 50), st.sampled_from(["by_length", "shuffled"]), st.integers(1, 5))
def test_every_text_is_read_once_an_epoch(lengths: list[int], size: int, batching: str, epoch: int) -> None:
    made = batches(lengths, batch_size=size, batching=batching)
    rows = made.epoch(epoch)
    assert sorted(np.concatenate(rows)) == list(range(len(lengths)))
    assert len(rows) == len(made)
    assert max(map(len, rows)) <= size
    assert max(map(len, rows)) - min(map(len, rows)) <= 1


@given(LENGTHS)
def test_evaluation_reads_every_text_once(lengths: list[int]) -> None:
    assert sorted(np.concatenate(batches(lengths).evaluation())) == list(range(len(lengths)))


def test_evaluation_of_long_texts_takes_fewer_at_once() -> None:
    made = batches([1] * 600 + [4_096] * 20, sequence_length=5_000)
    sizes = [len(rows) for rows in made.evaluation()]
    assert max(len(rows) * made.lengths[rows].max() for rows in made.evaluation()) <= 32_768
    assert sum(sizes) == 620
    assert len(sizes) == 5


def test_an_epoch_depends_on_the_seed_and_its_number_alone() -> None:
    made = batches(list(range(1, 41)), batch_size=4)
    again = batches(list(range(1, 41)), batch_size=4)
    again.epoch(1)
    assert all(map(np.array_equal, made.epoch(2), again.epoch(2)))
    assert not all(map(np.array_equal, made.epoch(2), made.epoch(3)))
    assert not all(map(np.array_equal, made.epoch(2), batches(list(range(1, 41)), batch_size=4, seed=1).epoch(2)))


def test_texts_of_similar_length_meet() -> None:
    lengths = np.random.default_rng(0).permutation(np.repeat([3, 30], 64)).tolist()
    padding = {
        batching: sum(
            int((ids == 0).sum())
            for made in [batches(lengths, batch_size=8, batching=batching, sequence_length=30)]
            for ids, _ in map(made.arrays, made.epoch(1))
        )
        for batching in ("by_length", "shuffled")
    }
    assert padding == {"by_length": 0, "shuffled": 64 * 27}


@pytest.mark.parametrize(
    ("values", "length"),
    [
        ({}, 5),
        ({"batching": "shuffled"}, 12),
        ({"mask_padding": False}, 12),
    ],
)
def test_batches_are_filled_up(values: dict[str, object], length: int) -> None:
    made = batches([2, 5, 9], sequence_length=12, **values)
    ids, labels = made.arrays(np.array([1, 0]))
    assert ids.shape == (2, length)
    assert ids.dtype == labels.dtype == np.int32
    assert labels.tolist() == [1, 0]
    assert ids[1].tolist() == [2, 2] + [0] * (length - 2)


def test_the_side_of_padding_is_respected() -> None:
    ids, _ = batches([2, 3], padding="left").arrays(np.array([0, 1]))
    assert ids.tolist() == [[0, 2, 2], [3, 3, 3]]
