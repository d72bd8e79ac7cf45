"""Entry: `streamlit run dashboard/app.py`. Navigation, language, and what every page shares; nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:  # Streamlit puts the script's own folder on the path, not the project's
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from core.memory import give_back  # noqa: E402
from core.spill import let_go  # noqa: E402
from core.threads import one_for_numpy  # noqa: E402
from dashboard.learn import shapes  # noqa: E402
from dashboard.steps import (  # noqa: E402
    compare,
    design,
    evaluate,
    home,
    label,
    look_inside,
    prepare,
    runs,
    search,
    texts,
    train,
    use,
)
from dashboard.ui import arrival, draft, language, problems, state, ways  # noqa: E402
from dashboard.ui.i18n import _  # noqa: E402
from dashboard.ui.run_table import listing  # noqa: E402

# Not an emoji or a Material symbol: the browser would fetch those from their makers' servers.
ICON = Path(__file__).parent / "icon.svg"
st.set_page_config(page_title="Unrolled", page_icon=str(ICON), layout="wide")

# Streamlit leaves a sixth of a laptop's screen empty above the title and beside the page.
st.html("<style>.stMainBlockContainer { padding: 2.5rem clamp(1rem, 4vw, 4rem) 4rem }</style>")

one_for_numpy()
with problems.shown():
    state.sync_address()
    draft.write_address()

pages = {
    "home": st.Page(home.page, title=_("Home"), icon=":material/home:", default=True),
    "texts": st.Page(texts.page, title=_("Texts"), icon=":material/notes:", url_path="texts"),
    "label": st.Page(label.page, title=_("Label texts"), icon=":material/new_label:", url_path="label"),
    "prepare": st.Page(prepare.page, title=_("Prepare"), icon=":material/content_cut:", url_path="prepare"),
    "design": st.Page(design.page, title=_("Design"), icon=":material/account_tree:", url_path="design"),
    "search": st.Page(search.page, title=_("Search settings"), icon=":material/manage_search:", url_path="search"),
    "train": st.Page(train.page, title=_("Train"), icon=":material/show_chart:", url_path="train"),
    "evaluate": st.Page(evaluate.page, title=_("Evaluate"), icon=":material/fact_check:", url_path="evaluate"),
    "look_inside": st.Page(look_inside.page, title=_("Look inside"), icon=":material/grid_on:", url_path="look_inside"),
    "compare": st.Page(compare.page, title=_("Compare"), icon=":material/balance:", url_path="compare"),
    "use": st.Page(use.page, title=_("Use"), icon=":material/rocket_launch:", url_path="use"),
    "shapes": st.Page(shapes.page, title=_("Shapes"), icon=":material/view_in_ar:", url_path="shapes"),
    "runs": st.Page(runs.page, title=_("All runs"), icon=":material/format_list_bulleted:", url_path="runs"),
}
by_hand = st.Page(home.page, title=_("Home"), url_path="home", visibility="hidden")  # typed or remembered
ways.register(pages)
current = st.navigation(
    {
        "": [pages["home"], by_hand],
        _("From texts to network"): [
            pages[name] for name in ("texts", "label", "prepare", "design", "train", "search")
        ],
        _("What it learned"): [pages[name] for name in ("evaluate", "look_inside", "compare", "use")],
        _("Lessons"): [pages["shapes"]],
        _("Kept"): [pages["runs"]],
    },
    expanded=True,  # otherwise the last ones hide behind “View more”
)
with st.sidebar:
    language.switch()

arrival.tell_of_refused()
with problems.shown():
    current.run()
if let_go():  # of what the page read of texts on disk
    give_back()  # large tables leave much behind

# Only now, so that the first page is not kept waiting by what the next ones need.
state.start_in_background(listing.warm)
