"""Uploaded files with one word and its tag a line, or a zip of such files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.data.dataset import Dataset
from core.data.tagging.files import inside, read_tagged
from core.data.tagging.table import TaggedTable
from core.errors import DataError
from core.messages import N_
from dashboard.ui import tagging
from dashboard.ui.i18n import _

LARGEST_TAGGED = 40  # megabytes, unpacked, of words and tags: the web process holds them with all their columns


class TooManyTagged(DataError):
    message = N_(
        "“{filename}” holds more than {megabytes} MB of words and tags, more than this page takes. Give some of its "
        "sentences: a few ten thousand teach a network well."
    )


def read(key: str, files: Sequence[UploadedFile]) -> Dataset:
    """Files with one word a line."""
    with st.spinner(_("Reading your file…")):
        table = _read_tagged(key, files)
    return tagging.choose(table, key, table.filename, f"upload: {table.filename}")


@st.cache_resource(max_entries=3, show_spinner=False)
def _read_tagged(key: str, _files: Sequence[UploadedFile]) -> TaggedTable:
    _require_bearable(_files)
    return read_tagged([(file.getvalue(), file.name) for file in _files])


def _require_bearable(files: Sequence[UploadedFile]) -> None:
    for file in files:
        # Words with tags pack to a sixth.
        packed = sum(member.file_size for member in inside(file.name, file))
        size = packed or (6 * file.size if file.name.lower().endswith(".gz") else file.size)
        if size > LARGEST_TAGGED * 1_000_000:
            raise TooManyTagged(filename=file.name, megabytes=LARGEST_TAGGED)
