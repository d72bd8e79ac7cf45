"""Repairs by leaving texts out: of sentences with tags, a text cannot be changed without its tags; what was lost
cannot be brought back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.data.quality.characters import broken, lost, marked
from core.data.quality.personal import with_email, with_phone
from core.data.quality.registry import repair
from core.data.quality.texts import Texts
from core.messages import N_

_TITLE = N_("Leave these sentences out")


def _left_out(found: Callable[[Texts], NDArray[np.bool_]]) -> Callable[[Texts, str], pd.DataFrame]:
    def work(texts: Texts, _word: str) -> pd.DataFrame:
        return texts.frame[~found(texts)]

    return work


repair("mojibake:drop", _TITLE, N_("Sentences with broken characters left out"))(_left_out(broken))
repair("html:drop", _TITLE, N_("Sentences with HTML left out"))(_left_out(marked))
repair("emails:drop", _TITLE, N_("Sentences with e-mail addresses left out"))(_left_out(with_email))
repair("phones:drop", _TITLE, N_("Sentences with telephone numbers left out"))(_left_out(with_phone))
repair("lost_characters", N_("Leave these texts out"), N_("Texts with lost characters left out"))(_left_out(lost))
