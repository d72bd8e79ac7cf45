"""Each cleaning step does what its title says, leaves other scripts alone, and travels in the tokenizer's file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from core.tasks import task
from core.text.cleaning import DEFAULT_STEPS, STEPS, known_steps, normalizer, step_choices, with_step

ALL = [f"{name}:{choice}" for name, step in STEPS.items() for choice in (step.choices or [""])] + [
    "stop_words:fr;en;+film",
    "replace:pb=>problème;<an>=>année;/[0-9]+ ?€/=>prix",
]
SCRIPTS = "فيلم جميل جدا 我喜欢这部电影 とても良い 정말 좋다 हिन्दी फिल्म หนังดี"


def cleaned(text: str, *steps: str) -> str:
    return normalizer(steps).normalize_str(text)


@pytest.mark.parametrize(
    ("step", "raw", "expected"),
    [
        ("unicode", "e\u0301te\u0301 l’«\u00a0a\u200bb\ufeff\u00ad » \x00", 'été l\'"\u00a0ab "  '),
        ("unicode", "ﬁn m²", "ﬁn m²"),
        ("unicode:nfkc", "ﬁn m² Ａ ½", "fin m2 A 1⁄2"),
        ("html", "<p class='x'>a<br/>b &amp;lt; &lt;3&nbsp;<!-- c\nd -->", " a b &lt; <3  "),
        ("html", "2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
        ("urls", "see http://a.b/é?c=d or www.x.org!", "see url or url"),
        ("urls:remove", "voir http://a.b/é maintenant", "voir   maintenant"),
        ("emails", "Écrivez à jean.dupont+x@sous-domaine.exemple.fr, merci", "Écrivez à email, merci"),
        ("emails", "@bob meets a@b and x@y", "@bob meets a@b and x@y"),
        ("emails:remove", "a@b.fr !", "  !"),
        ("mentions", "(@Bob_1) et @Élodie ! a@b.fr", "(mention) et mention ! a@b.fr"),
        ("mentions:remove", "RT @bob: oui", "RT  : oui"),
        ("emoji", "ok 👍🏽 🇫🇷 ❤️ # 1", "ok          # 1"),
        (
            "emoji:name",
            "ok 👍🏽! 😂😂 ❤️",
            f"ok  thumbs up ! {' face with tears of joy ' * 2}  red heart ",
        ),
        ("emoji:name-fr", "ok 👍", "ok  pouce vers le haut "),
        ("emoji:name", "👩🏽\u200d🚀 🤷\u200d♂️ 1️⃣", " woman  rocket   person shrugging  1"),
        ("emoji:name", "🇫🇷 # 1 * © a\u200db", "🇫🇷 # 1 *  copyright  a\u200db"),
        ("lowercase", "ÉTÉ", "été"),
        ("accents", "déjà e\u0301 हिन्दी", "deja e हिन्दी"),
        ("numbers", "12,5 and 1.000.000 and 7", "0 and 0 and 0"),
        ("numbers:remove", "le 14 juillet", "le   juillet"),
        ("punctuation", "l'eau, 5 $ ?", "l eau  5    "),
        ("punctuation", "👍", "👍"),
        ("special", "© ■ → \ufffd 5 € + 3 < 10 % 👍🏽 🇫🇷 ?!", "        5 € + 3 < 10 % 👍🏽 🇫🇷 ?!"),
        ("repeats", "sooooo cool!!!", "soo cool!!!"),
        ("repeats", "trèèèès bon", "trèès bon"),
        ("repeated_punctuation", "Non!!!! Si??? Oui... 👍👍", "Non! Si? Oui. 👍👍"),
        ("spaces", "  a \t\n b ", "a b"),
        ("replace:pb=>problème", "un pb, des pbs", "un problème, des problèmes"),
        ("replace:<pb>=>problème", "un pb, des pbs", "un problème, des pbs"),
        ("replace:/[0-9]+ ?€/=>prix", "12 € ou 5€", "prix ou prix"),
        ("replace:a=>b;b=>c", "ab", "cc"),
    ],
)
def test_step(step: str, raw: str, expected: str) -> None:
    assert cleaned(raw, step) == expected


@pytest.mark.parametrize("step", [step for step in ALL if not step.startswith("accents")])
def test_other_scripts_stay(step: str) -> None:
    assert cleaned(SCRIPTS, step) == SCRIPTS


@pytest.mark.parametrize("step", [each for each in ALL if not each.startswith(("emoji", "punctuation", "special"))])
def test_emoji_stay_unless_they_are_meant(step: str) -> None:
    assert cleaned("👍🇫🇷😂", step) == "👍🇫🇷😂"


def test_no_step_changes_nothing() -> None:
    assert cleaned(" <b>É ") == " <b>É "


def test_steps_apply_in_the_users_order() -> None:
    assert cleaned("<B>", "punctuation", "html") == " B "
    assert cleaned("<B>", "html", "punctuation") == " "


def test_a_step_that_is_off_does_nothing() -> None:
    assert cleaned("A B", "-lowercase", "-replace:A=>x") == "A B"


def test_defaults_and_choices_are_steps() -> None:
    assert known_steps(DEFAULT_STEPS) == DEFAULT_STEPS
    assert list(step_choices()) == list(STEPS)
    assert all(step.title and step.help.endswith(".") for step in STEPS.values())
    assert [step.order for step in STEPS.values()] == sorted({step.order for step in STEPS.values()})


def test_a_new_step_comes_to_its_usual_place() -> None:
    assert with_step(DEFAULT_STEPS, "emoji:name") == ("unicode", "html", "urls", "emoji:name", "lowercase", "spaces")
    assert with_step((), "spaces") == ("spaces",)


@given(st.text(), st.lists(st.sampled_from(ALL), max_size=8))
def test_no_text_breaks_any_steps_and_the_exported_file_cleans_alike(text: str, steps: list[str]) -> None:
    tokenizer = Tokenizer(models.WordLevel({"x": 0}, unk_token="x"))
    tokenizer.normalizer = normalizer(steps)
    again = Tokenizer.from_str(tokenizer.to_str())
    assert again.normalizer.normalize_str(text) == tokenizer.normalizer.normalize_str(text)


def test_the_exported_script_reads_texts_as_the_app_does(tmp_path: Path) -> None:
    """The template's own way to ids, on a tokenizer with every step in it, saved and read as a file."""
    from core.config import Preparation
    from core.text.encoder import TextEncoder

    spec = importlib.util.spec_from_file_location("predict_template", task("classification").template / "predict.py")
    assert spec and spec.loader  # noqa: PT018
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    texts = ["<b>L'été</b> 12 € @bob 👍🏽 soooo!!! http://a.b", "Not bad, a@b.fr ©", SCRIPTS]
    encoder = TextEncoder.fit(texts, Preparation(cleaning=tuple(ALL), minimum_count=1))
    (tmp_path / "tokenizer.json").write_text(encoder.to_json(), encoding="utf-8")
    network = script.Network.__new__(script.Network)
    network.encoding = {"sequence_length": 256, "truncation": "end"}
    network.tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for place, encoded in enumerate(network.tokenizer.encode_batch(texts)):
        assert network.ids(encoded.ids) == encoder.encode(texts).row(place).tolist()
