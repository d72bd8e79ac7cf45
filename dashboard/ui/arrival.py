"""Files as they arrive from the browser: a large one moves to disk at once, too many together are let go.

Streamlit keeps an uploaded file in the web process' memory for as long as the browser's tab is open, and copies it
whenever the uploader is drawn. What is done here is done in the uploader's callback, before the first copy.
"""

from __future__ import annotations

import json

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.data.decoding import TooLarge
from core.data.tagging.files import is_tagged
from core.messages import N_
from core.runs.longjobs import LongJob
from dashboard.ui import big, state
from dashboard.ui.i18n import _

LARGEST_TOGETHER = 40  # megabytes of several files, which the web process reads
_SLICE = 1_000_000


class TooLargeTogether(TooLarge):
    message = N_(
        "These files hold more than {megabytes} MB together. Put their rows into one file, and choose that: one file "
        "may be larger."
    )


def key(several: bool) -> str:
    """The uploader's own; another one after a refusal, so that it is empty."""
    return f"upload_{several}_{st.session_state.get('upload_turn', 0)}"


def largest() -> int:
    """Megabytes of one file; Streamlit keeps to them, but says so in one language only."""
    return int(st.get_option("server.maxUploadSize"))


def limit() -> str:
    """How large a file may be, and what to do with a larger one, in two sentences."""
    return _(
        "One file of at most {megabytes} MB. A larger table fits when it is packed (.zip, .gz) or saved as Parquet: "
        "texts then take about a third.",
        megabytes=largest(),
    )


def tell_of_refused() -> None:
    """A sentence under every uploader of the page in which Streamlit marks a file as not taken.

    Only the browser knows of such a file, and shows its reason on hovering, in English: so it is the browser that
    shows our sentence.
    """
    sentence = _("The file in red was not taken: it is too large, or not of a kind that can be read here.")
    st.html(
        "<style>.stFileUploader:has([data-testid='stFileChipIconError'])::after "
        f"{{ content: {json.dumps(sentence, ensure_ascii=False)}; display: block; padding-top: .5rem; "
        "color: light-dark(#b3261e, #ff8a80) }"
        "</style>"
    )


def arrived(name: str) -> None:
    """The uploader's `on_change`; `name` is its key."""
    st.session_state.pop("upload_refused", None)
    given = st.session_state.get(name)
    files = [file for file in (given if isinstance(given, list) else [given]) if isinstance(file, UploadedFile)]
    if len(files) > 1 and sum(file.size for file in files) > LARGEST_TOGETHER * 1_000_000:
        st.session_state["upload_refused"] = TooLargeTogether(megabytes=LARGEST_TOGETHER)
        st.session_state["upload_turn"] = st.session_state.get("upload_turn", 0) + 1
        for file in files:
            _let_go(file)
    elif len(files) == 1 and big.too_large(files[0]) and not is_tagged(files[0].name, files[0]):
        _take_over(files[0])


def require_accepted() -> None:
    """Raise what is to be said of the files that were refused last."""
    if refusal := st.session_state.get("upload_refused"):
        raise refusal


def _take_over(file: UploadedFile) -> None:
    """Move it to disk, and the page on to choosing its columns."""
    job = LongJob.new(state.settings_of_machine().home)
    path = job.folder / "upload"
    file.seek(0)
    with path.open("wb") as target:
        while content := file.read(_SLICE):  # a view of all of it would be a copy of all of it
            target.write(content)
    _let_go(file)
    big.expect(job, path, file.name)


def _let_go(file: UploadedFile) -> None:
    file.close()
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
