"""The table and the downloads below charts, made once they are unfolded."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def page(opened: bool) -> None:
    import numpy as np
    import pandas as pd
    import streamlit as st

    from dashboard.ui import charts
    from dashboard.ui.inside import taking

    def table() -> pd.DataFrame:
        st.session_state["made"] = st.session_state.get("made", 0) + 1
        return pd.DataFrame({"mot": ["été"], "norm": [0.5]})

    if "view_taking" not in st.session_state and opened:
        st.session_state["view_taking"] = True
    taking.show([charts.norms(np.array([0.5]), ["été"])], "view", table, "norms")


def test_nothing_is_made_as_long_as_nobody_looks() -> None:
    app = AppTest.from_function(page, args=(False,)).run()
    assert not app.exception
    assert app.expander[0].label == "The numbers, and downloads"
    assert not app.dataframe
    assert "made" not in app.session_state


def test_the_numbers_are_a_table_and_three_files() -> None:
    app = AppTest.from_function(page, args=(True,)).run()
    assert not app.exception
    assert app.dataframe[0].value.to_dict("list") == {"mot": ["été"], "norm": [0.5]}
    assert [button.proto.label for button in app.get("download_button")] == ["CSV"]
    words, pictures = (each.proto for each in app.get("bidi_component"))
    assert (words.component_name, pictures.component_name) == ("unrolled_words", "unrolled_pictures")
    assert json.loads(words.json)["words"] == ["été"]
    assert "chart_view" in pictures.json
    assert app.session_state["made"] == 1
