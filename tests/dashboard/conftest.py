"""What holds for all tests of pages: they are tested alone, without the engine's programs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_runner

from core.runs.programs import EngineNotStarted, Programs


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page test that would start schedulers and workers, which nobody would end, is told that they do not start."""

    def refuse(self: Programs) -> None:
        raise EngineNotStarted(log="none", detail="a page test asks for the engine")

    monkeypatch.setattr(Programs, "start", refuse)


@pytest.fixture(autouse=True, scope="package")
def pages_without_keras() -> Iterator[None]:
    """Streamlit tidies up after Keras at each run of a page where Keras is loaded, as it never is beside real pages.

    Here it is, since tests train; walking over all that it loaded took more than half of the time of these tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        yield


@pytest.fixture(autouse=True, scope="package")
def packages_read_once() -> Iterator[None]:
    """A server looks once, at its start, which installed packages have components; each page of a test would anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True, scope="module")
def spared_collector(pages_without_keras: None) -> None:
    """What is loaded by now stays loaded: the collections after each run of a page need not walk over it."""
    gc.freeze()
