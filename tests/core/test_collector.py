import gc

import pytest

from core.collector import at_rest


def test_the_garbage_collector_rests_during_imports_and_leaves_out_what_was_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    for name in ("disable", "freeze", "enable"):
        monkeypatch.setattr(gc, name, lambda name=name: told.append(name))
    with at_rest():
        told.append("imports")
    assert told == ["disable", "imports", "freeze", "enable"]


def test_it_works_again_after_an_error_and_after_the_outermost_only() -> None:
    def fails() -> None:
        with at_rest():
            with at_rest():
                pass
            assert not gc.isenabled()
            raise ImportError

    with pytest.raises(ImportError):
        fails()
    assert gc.isenabled()
    gc.unfreeze()
