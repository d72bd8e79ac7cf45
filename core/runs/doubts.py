"""Labels of a data set that are probably wrong; a job of core.runs.longjobs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.config import Preparation
from core.data.dataset import Dataset
from core.data.usable import reasons_against
from core.errors import DataError
from core.evaluation.label_errors import FOLDS, MOST_TEXTS, Suspects, held_out_probabilities, suspects
from core.messages import N_
from core.runs.folds import TAG, complete
from core.runs.longjobs import LongJob, Teller
from core.runs.store import RunStore, open_store
from core.settings import Settings

READING = N_("Reading the texts")
ASKING = N_("Asking a model that has not seen them about each fifth of the texts")


class TooManyToDoubt(DataError):
    message = N_("There are {count} texts; wrong labels are looked for among {most} at the most.")


def label_errors(
    job: LongJob, teller: Teller, *, fingerprint: str, preparation: dict[str, Any], folds: str = ""
) -> pd.DataFrame:
    """Columns row (in the data set's frame), text, label, better, sure, agreed; the most suspicious first.

    folds: what the runs of a cross-validation share (core.runs.folds.TAG), whose networks are asked, too: each about
    the texts that it had not seen. agreed: the linear model and the network name the same class; these come first.
    The attribute “right” is the share of texts that the model, which had not seen them, puts where they are,
    “network_right” the same of the networks. Raises TooManyToDoubt.
    """
    settings = Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home)
    teller.step(READING)
    answers = held_out(store, folds) if folds else None
    return doubtful(store.load_dataset(fingerprint), Preparation(**preparation), teller, answers)


def held_out(store: RunStore, folds: str) -> pd.DataFrame | None:
    """What the networks of a cross-validation answered: by row of the data set's frame, the probability of each class.

    None where not all folds are judged.
    """
    runs = store.together(TAG, folds)
    if not runs or not complete(runs):
        return None
    tables = []
    for run in runs:
        evaluation = store.load_evaluation(run.run_id)
        if evaluation is None:
            return None
        columns = {f"probability:{name}": name for name in evaluation.class_names}
        tables.append(evaluation.predictions.set_index("row")[list(columns)].rename(columns=columns))
    return pd.concat(tables)


def doubtful(
    dataset: Dataset,
    preparation: Preparation,
    teller: Teller | None = None,
    answers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The table of `label_errors`; answers: of `held_out`."""
    if len(dataset) > MOST_TEXTS:
        raise TooManyToDoubt(count=len(dataset), most=MOST_TEXTS)
    used = np.flatnonzero(reasons_against(dataset) == "")
    frame = dataset.frame.iloc[used]
    labels, names = pd.factorize(frame["label"], sort=True)
    labels = labels.astype(np.int64)
    texts = frame["text"].tolist()
    if teller:
        teller.step(ASKING, FOLDS)
    probabilities = held_out_probabilities(texts, labels, preparation, done=teller.at if teller else lambda fold: None)
    told = _table(used, suspects(labels, probabilities))
    right, network_right = float((probabilities.argmax(axis=1) == labels).mean()), float("nan")
    told["agreed"] = False
    if answers is not None:
        known = answers.reindex(index=used, columns=names).dropna(how="all").fillna(0.0)
        places = np.searchsorted(used, known.index.to_numpy())
        given = known.to_numpy(dtype=np.float64)
        network_right = float((given.argmax(axis=1) == labels[places]).mean())
        told = _both(told, _table(used[places], suspects(labels[places], given)))
    rows = np.searchsorted(used, told["row"].to_numpy())
    told["text"] = frame["text"].to_numpy(dtype=object)[rows]
    told["label"] = frame["label"].to_numpy(dtype=object)[rows]
    told["better"] = np.asarray(names, dtype=object)[told["better"].to_numpy()]
    told.attrs |= {"right": right, "network_right": network_right}
    return told


def _table(used: NDArray[np.int64], found: Suspects) -> pd.DataFrame:
    return pd.DataFrame({"row": used[found.rows], "better": found.better, "sure": found.sure})


def _both(linear: pd.DataFrame, network: pd.DataFrame) -> pd.DataFrame:
    """What either doubts: first where both name the same class, the surest of both together first, then the others."""
    merged = linear.merge(network, on="row", how="outer", suffixes=("", "_network"))
    merged["agreed"] = merged["better"] == merged["better_network"]
    sure = merged[["sure", "sure_network"]].fillna(0.0)
    by_network = sure["sure_network"] > sure["sure"]
    merged["better"] = merged["better"].where(~by_network, merged["better_network"]).astype(np.int64)
    merged["sure"] = sure.mean(axis=1).where(merged["agreed"], sure.max(axis=1))
    told = merged[["row", "better", "sure", "agreed"]]
    return told.sort_values(["agreed", "sure", "row"], ascending=[False, False, True], ignore_index=True)
