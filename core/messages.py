"""Marks sentences for translation without translating them: `core` speaks English, the dashboard looks them up."""


def N_(message: str) -> str:
    """Return `message` unchanged; the catalogs' extractor collects what is wrapped in it."""
    return message


def Nn_(singular: str, plural: str) -> tuple[str, str]:
    """The same for a sentence about a number of things: the forms for one and for several."""
    return singular, plural
