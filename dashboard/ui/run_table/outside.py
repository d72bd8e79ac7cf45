"""How the same runs are opened in MLflow's own interface."""

from __future__ import annotations

from importlib import metadata

import streamlit as st

from dashboard.ui import state
from dashboard.ui.i18n import _


def show() -> None:
    # Made only when it is unfolded: what colours a command is 1.5 MB that the browser would fetch before it draws.
    folded = st.expander(
        _("Open these trainings in MLflow"), icon=":material/terminal:", key="outside", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        st.write(
            _("Trainings are kept by MLflow, a widely used tracker, under the same names. To see them in its own "
              "pages, type this into a terminal.")
        )  # fmt: skip
        address = state.settings_of_machine().tracking_uri
        version = metadata.version("mlflow-skinny")
        st.code(
            f'pip install "mlflow=={version}"\nmlflow ui --backend-store-uri "{address}" --port 5000', language="bash"
        )
        st.caption(
            _("Choose “Model training” at the top left of its pages, and the experiment “unrolled”. MLflow has to be "
              "of this version; install it into an environment of its own, so that it changes nothing here.")
        )  # fmt: skip
