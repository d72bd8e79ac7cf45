"""Remains of web pages."""

from tokenizers import normalizers
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace, sequence

# "&amp;" comes last, so that "&amp;lt;" ends as "&lt;", as a browser would show it.
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&"}
# Bounded: a text of nothing but "<!--" would take time in proportion to the square of its length.
_TAGS = r"</?[a-zA-Z][^<>]*>|<!--[\s\S]{0,5000}?-->"


def _build(_: str) -> Normalizer:
    entities = [normalizers.Replace(written, shown) for written, shown in _ENTITIES.items()]
    return sequence(replace(_TAGS, " "), *entities)


STEPS = (
    Step(
        "html",
        N_("Remove HTML"),
        N_("Tags such as <br> disappear, and &amp; becomes &."),
        20,
        _build,
    ),
)
