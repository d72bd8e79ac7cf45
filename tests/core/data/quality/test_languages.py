"""The language detector: what it costs is given back when it is asked to."""

from __future__ import annotations

from core.data.quality import languages


def test_the_detector_can_be_forgotten_and_comes_back() -> None:
    sentence = "Il fait un temps magnifique aujourd'hui dans la vallée."
    assert languages.language(sentence) == "fr"
    assert languages._identifier.cache_info().currsize == 1
    languages.forget()
    assert languages._identifier.cache_info().currsize == 0
    assert languages.language(sentence) == "fr"
