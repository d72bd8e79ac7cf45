"""Labels of a data set that are probably wrong; a job of core.runs.longjobs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.config import Preparation
from core.data.dataset import Dataset
from core.data.usable import reasons_against
from core.errors import DataError
from core.evaluation.label_errors import FOLDS, MOST_TEXTS, held_out_probabilities, suspects
from core.messages import N_
from core.runs.longjobs import LongJob, Teller
from core.runs.store import open_store
from core.settings import Settings

READING = N_("Reading the texts")
ASKING = N_("Asking a model that has not seen them about each fifth of the texts")


class TooManyToDoubt(DataError):
    message = N_("There are {count} texts; wrong labels are looked for among {most} at the most.")


def label_errors(job: LongJob, teller: Teller, *, fingerprint: str, preparation: dict[str, Any]) -> pd.DataFrame:
    """Columns row (in the data set's frame), text, label, better, sure; the most suspicious first.

    Its attribute “right” is the share of texts that the model, which had not seen them, puts where they are.
    Raises TooManyToDoubt.
    """
    settings = Settings.from_environment()
    teller.step(READING)
    return doubtful(
        open_store(settings.tracking_uri, settings.home).load_dataset(fingerprint), Preparation(**preparation), teller
    )


def doubtful(dataset: Dataset, preparation: Preparation, teller: Teller | None = None) -> pd.DataFrame:
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
    found = suspects(labels, probabilities)
    chosen = frame.iloc[found.rows]
    told = pd.DataFrame(
        {
            "row": used[found.rows],
            "text": chosen["text"].to_numpy(dtype=object),
            "label": chosen["label"].to_numpy(dtype=object),
            "better": np.asarray(names, dtype=object)[found.better],
            "sure": found.sure,
        }
    )
    told.attrs["right"] = float((probabilities.argmax(axis=1) == labels).mean())
    return told
