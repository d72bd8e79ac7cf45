"""A network that starts from pre-trained vectors: tuned ones move, fixed ones do not, and it can be exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.config import RunSettings
from core.data.dataset import Dataset
from core.export.archive import export
from core.models import architecture
from core.runs import jobs
from core.runs.store import RunStore
from core.settings import Settings
from core.text.prepare import Prepared
from core.text.vector_shelf import VectorShelf
from core.text.vectors import Vectors, VectorsNotFound, start
from core.training.session import fit, keras_model

Small = Callable[..., RunSettings]
WORDS = [f"w{number}" for number in range(20)] + ["yes"]
VECTORS = Vectors(WORDS, np.random.default_rng(0).normal(size=(21, 6)).astype(np.float32), "tiny.vec", 21)
GIVEN = {"vectors": VECTORS.fingerprint, "embedding_dim": 6}


@pytest.fixture
def begun(prepared: Prepared) -> Prepared:
    return replace(prepared, vectors=start(prepared.encoder.vocabulary, VECTORS, 0))


def test_fixed_vectors_stay_and_tuned_ones_move(begun: Prepared, small: Small, tmp_path: Path) -> None:
    fixed = small("lstm", **GIVEN, freeze_embedding=True)
    network, outcome = fit(fixed, begun)
    np.testing.assert_array_equal(network.weights["embedding"], begun.vectors)
    tuned, _ = fit(small("lstm", **GIVEN), begun)
    place = begun.encoder.vocabulary.index("yes")
    assert begun.vectors is not None
    assert tuned.weights["embedding"].shape == begun.vectors.shape
    assert np.abs(tuned.weights["embedding"][place] - begun.vectors[place]).max() > 1e-4
    # A training that goes on needs the vectors no more.
    again, _ = fit(fixed.with_values({"epochs": 4}), begun, state=outcome.state.continued())
    np.testing.assert_array_equal(again.weights["embedding"], begun.vectors)

    network.save(tmp_path / "network")
    keras_model(network).save(tmp_path / "network" / "model.keras")
    assert export(tmp_path / "network", tmp_path / "out.zip", begun.parts["test"].texts).is_file()


def test_a_fixed_embedding_learns_nothing_in_the_drawing_too(small: Small) -> None:
    settings = small("gru", freeze_embedding=True).network
    item = architecture("gru")
    model = item.build(settings, 30, 3, True)
    learned = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert sum(box.parameters for box in item.layers(settings, 30, 3)) == learned


def test_vectors_that_are_gone_are_told(prepared: Prepared, small: Small) -> None:
    with pytest.raises(VectorsNotFound, match="Prepare"):
        fit(small(**GIVEN), prepared)


def test_a_worker_takes_them_from_the_users_folder(few_texts: Dataset, small: Small, tmp_path: Path) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path.as_posix()}/runs.db", None, 1, 60)
    store = RunStore(settings.tracking_uri, tmp_path)
    fingerprint = VectorShelf(tmp_path).save(VECTORS)
    assert fingerprint == GIVEN["vectors"]
    chosen = small("pooling", **GIVEN, freeze_embedding=True, epochs=1)
    run_id = store.create_run(chosen, store.save_dataset(few_texts), "with vectors")
    jobs.train_run(run_id, settings)
    network = store.load_network(run_id)
    place = network.encoder.vocabulary.index("yes")
    np.testing.assert_array_equal(network.weights["embedding"][place], VECTORS.values[-1])
