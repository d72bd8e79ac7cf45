"""One sentence as several layers and directions read it, from states that no network had to make."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page(places: list[str], attention: bool, cut: bool, kind: str, every: int) -> None:
    from types import SimpleNamespace

    import numpy as np

    from core.insight.network import Trace
    from core.text.encoder import Token
    from dashboard.ui import reading
    from dashboard.ui.inside.beside import whole
    from dashboard.ui.inside.lens.texts import TextLens

    tokens = [Token(word, 0, 1, 2, known=True) for word in ("not", "bad")]
    states = {f"{place}{kind}": np.full((2, 3), 0.5, np.float32) for place in places}
    shares = np.float32([[0.4, 0.6], [0.9, 0.1]])
    weights = np.float32([0.2, 0.8]) if attention else None
    trace = Trace(
        tokens,
        states,
        np.ones(2, np.float32),
        shares,
        shares[-1],
        weights,
        cut,
        every,
        "No memory here.",
        "What attention weighs.",
    )
    lens = TextLens.__new__(TextLens)  # of no run: only the names of its answers are asked for
    lens.look = SimpleNamespace(answers=["bad", "good"])  # type: ignore[assignment]
    whole(lens, trace, "key", reading.strongest([trace]))


def shown(
    places: list[str], attention: bool = False, cut: bool = False, kind: str = "hidden", every: int = 1
) -> AppTest:
    return AppTest.from_function(page, args=(places, attention, cut, kind, every), default_timeout=60).run()


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(caption.value for caption in app.caption)


def test_a_simple_network_asks_nothing() -> None:
    app = shown([""])
    assert not app.segmented_control
    assert "really cut" not in said(app)


def test_layers_and_directions_are_a_choice_and_cutting_is_told() -> None:
    app = shown(["layer 1/forward/", "layer 1/backward/", "layer 2/forward/", "layer 2/backward/"], cut=True)
    choice = app.segmented_control[0]
    assert choice.options[0] == "Layer 1, left to right"
    assert "really cut" in said(app)
    assert "Right to left" not in said(app)
    choice.set_value("layer 2/backward/")
    assert "Right to left" in said(app.run())


def test_the_weights_of_attention_are_explained_beside_the_answer() -> None:
    assert "attention" in said(shown(["layer 1/", "layer 2/"], attention=True))
    assert "attention" not in said(shown(["forward/", "backward/"]))


def test_a_network_without_memory_says_so_and_shows_its_words_vectors_if_it_has_them() -> None:
    assert "No memory here." in said(shown([]))
    vectors = shown(["layer 1/", "layer 2/"], kind="vectors")
    assert "No memory here." in said(vectors)
    assert "each row is one of the 3 numbers" in said(vectors)
    assert vectors.segmented_control[0].label == "After which layer"
    assert "No memory here." not in said(shown([""]))


def test_it_is_told_if_the_answer_was_not_worked_out_after_every_word() -> None:
    assert "once in 20 words" in said(shown([""], cut=True, every=20))
    assert "once in" not in said(shown([""], cut=True))
