"""One way to write each character."""

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace, sequence


def _build(form: str) -> Normalizer:
    return sequence(
        normalizers.NFKC() if form == "nfkc" else normalizers.NFC(),
        replace(r"[\p{Cf}\x{FE00}-\x{FE0F}]", ""),
        replace(r"[\p{Cc}&&[^\s]]", " "),
        replace("[‘’ʼ]", "'"),
        replace("[“”„«»]", '"'),
    )


STEPS = (
    Step(
        "unicode",
        N_("Unify characters"),
        N_("One way to write each accent, quote and apostrophe; invisible characters are removed."),
        10,
        _build,
        {
            "nfc": N_("each character stays what it is (NFC)"),
            "nfkc": N_("look-alikes become plain: ﬁ → fi, ² → 2, Ａ → A (NFKC)"),
        },
    ),
)
