from __future__ import annotations

import numpy as np

from core.config import RunSettings
from core.data.dataset import Dataset
from core.runs.longjobs import LongJob, Teller
from core.runs.rates import TRYING, find_rate
from core.runs.store import RunStore
from core.runs.supervision import KINDS
from core.settings import Settings


def test_the_job_finds_a_rate_and_makes_no_run(
    environment: Settings, store: RunStore, reviews: Dataset, quick: RunSettings
) -> None:
    asked = {"fingerprint": store.save_dataset(reviews), "settings": quick.model_dump(mode="json")}
    job = LongJob.about(environment.home, "find_rate", **asked)
    assert job.ask("find_rate", **asked)
    teller = Teller(job, "")
    found = find_rate(job, teller, **asked)
    job.keep(found)
    kept = job.result()
    np.testing.assert_array_equal(kept.losses, found.losses)
    assert kept.proposal == found.proposal is not None
    assert (teller.now.step, teller.now.done) == (TRYING, len(found.rates))
    assert store.runs() == []
    assert KINDS["find_rate"] == "rates"
