from core.config import RunSettings
from core.training.recipes import recipe
from dashboard.ui.settings_table import differing


def test_equal_settings_have_no_rows() -> None:
    assert differing({"a": RunSettings(), "b": RunSettings()}).empty


def test_only_what_differs_is_said_and_in_words() -> None:
    first = recipe("recommended", "lstm")
    table = differing({"a": first, "b": first.with_values({"learning_rate": 0.25, "mask_padding": False})})
    rows = {row[0]: tuple(row[1:]) for row in table.itertuples(index=False)}
    assert rows == {"Learning rate": ("0.004", "0.25"), "Ignore padding": ("yes", "no")}


def test_another_network_has_settings_that_the_first_lacks() -> None:
    table = differing({"a": recipe("recommended", "lstm"), "b": recipe("recommended", "pooling")}).set_index("Setting")
    assert table.loc["Network"].tolist() == ["LSTM", "Pooling (no recurrence)"]
    assert table.loc["Units"].tolist()[1] == ""


def test_of_a_list_only_what_not_all_have_is_said() -> None:
    first = RunSettings().with_values({"cleaning": ["unicode", "html", "spaces"]})
    other = first.with_values({"cleaning": ["unicode", "spaces"], "epochs": 3})
    table = differing({"a": first, "b": other}, groups=("preparation",))
    assert table.to_numpy().tolist() == [["Cleaning", "Remove HTML", "–"]]
    turned = first.with_values({"cleaning": ["html", "unicode", "spaces"]})
    ((_, before, after),) = differing({"a": first, "b": turned}, groups=("preparation",)).to_numpy().tolist()
    assert before.split(" → ")[1] == after.split(" → ")[0] == "Remove HTML"
