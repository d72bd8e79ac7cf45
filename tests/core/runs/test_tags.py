import json
import math

from hypothesis import given
from hypothesis import strategies as st

from core.config import RunSettings, validated
from core.runs.tags import CHUNK, _settings, chunked, joined, number

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_what_is_chunked_is_joined(value: object) -> None:
    assert joined(chunked("key", value), "key") == value


def test_long_values_are_cut_into_tags_that_mlflow_takes() -> None:
    names = [f"classe n° {number} 🙂" for number in range(1_000)]
    tags = chunked("names", names)
    assert len(tags) > 1
    assert max(map(len, tags.values())) <= CHUNK
    assert joined(tags, "names") == names


def test_a_shorter_value_hides_what_is_left_of_a_longer_one() -> None:
    tags = chunked("names", ["x" * 20_000]) | chunked("names", ["short"])
    assert len(tags) > 1
    assert joined(tags, "names") == ["short"]


def test_what_was_never_written_is_none() -> None:
    assert joined({"other/0": "1"}, "key") is None


def test_infinity_survives_mlflow() -> None:
    assert number(1.7976931348623157e308) == math.inf
    assert number(-1.7976931348623157e308) == -math.inf
    assert number(0.5) == 0.5
    assert math.isnan(number(math.nan))


def test_settings_of_another_version_are_read_as_far_as_they_are_known() -> None:
    tree = RunSettings().with_values({"units": 7, "epochs": 3}).model_dump(mode="json")
    tree["training"]["warp"] = 9
    tree["network"]["unheard"] = "of"
    tree["mood"] = {"calm": True}
    del tree["preparation"]["truncation"], tree["split"]
    assert _settings(json.dumps(tree)) == RunSettings().with_values({"units": 7, "epochs": 3})


def test_parameters_of_a_task_are_read_as_they_were_written() -> None:
    wanted = validated({"task": "generation"}).with_values({"form": "repeat_vector"})
    assert _settings(json.dumps(wanted.model_dump(mode="json"))) == wanted
