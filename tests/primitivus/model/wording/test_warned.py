"""What people read of warnings: the backend's sentence, and in other languages what it is of."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import primitivus
from backendd.api.words import WarningWord
from primitivus.model.accounts.profile import Profile, update
from primitivus.model.wording import warned
from primitivus.model.wording.warned import SENTENCES, WARNINGS, warning
from tests.primitivus.pseudo import said

ROOT = Path(primitivus.__file__).parent


@pytest.fixture
def foreign(monkeypatch):
    """Have the program speak another language than the backend."""
    monkeypatch.setattr(warned, "translation", lambda text, **fields: said(text).format(**fields))
    monkeypatch.setattr(warned, "translated", said)


def told(word, text="example.org says so.", subject="ann@example.org"):
    return {"word": word, "subject": subject, "text": text, "time": 7}


def test_each_warning_that_there_is_has_words():
    assert set(get_args(WarningWord)) == set(WARNINGS)


@pytest.mark.parametrize("word", [*WARNINGS, "of-a-later-version"])
def test_in_english_the_backend_says_it(word):
    assert warning(told(word)).text == "example.org says so."


def test_in_another_language_what_it_is_of_goes_before_what_the_backend_says(foreign):
    came = warning(told("reaction"))
    assert came.text == f"{said(WARNINGS['reaction'])} (example.org says so)"
    assert (came.word, came.subject, came.time) == ("reaction", "ann@example.org", 7)
    assert warning(told("reaction", text="")).text == said(WARNINGS["reaction"])


def test_in_another_language_a_sentence_of_the_backend_is_said_with_what_it_is_about(foreign):
    text = "your reaction to ann@example.org is taken back: the server refuses: it is shut"
    came = warning(told("reaction", text))
    begins, ends = said("your reaction to"), said("is taken back")
    assert came.text == f"{begins} ann@example.org {ends}: the server refuses: it is shut"


def test_in_english_a_sentence_of_the_backend_stays_as_it_is():
    text = "your reaction to {who} is taken back: the server refuses"
    assert warning(told("reaction", text)).text == text


def pattern(node):
    """Return what an f-string may say; nothing where hardly anything in it is fixed."""
    fixed = [each.value for each in node.values if isinstance(each, ast.Constant)]
    parts = (
        re.escape(each.value) if isinstance(each, ast.Constant) else ".+" for each in node.values
    )
    return "".join(parts) if len("".join(fixed)) > 15 else ""


def test_each_sentence_is_one_of_the_backend():
    folder = ROOT.parent / "backendd"
    nodes = [
        each
        for path in folder.rglob("*.py")
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    known = {each for node in nodes if isinstance(node, ast.JoinedStr) if (each := pattern(node))}
    known |= {
        re.escape(each.value)
        for each in nodes
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    unknown = [
        sentence
        for sentence in SENTENCES
        # The room goes before what there is to say of its bookmark.
        if not any(re.fullmatch(f"(\\{{room\\}} )?{each}", sentence) for each in known)
    ]
    assert unknown == []


def test_the_words_are_all_where_the_backend_says_no_more(foreign):
    came = warning(told("settled-elsewhere"))
    assert came.text.startswith(f'"ann@example.org" {said("asked to see when you are online")}')
    assert "example.org says so" not in came.text


def test_a_word_of_a_later_version_is_told_as_the_backend_does(foreign):
    assert warning(told("of-a-later-version")).text == "example.org says so."


def test_what_is_told_of_a_profile_passes_it(foreign):
    known = update(Profile(), {"Warnings": [told("nickname")]})
    assert [each.text for each in known.warnings] == [warning(told("nickname")).text]


def test_warnings_are_read_by_no_other_way():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if re.search(r"from_wire\((records\.)?Warning\b", path.read_text(encoding="utf-8"))
    }
    assert users == {"model/wording/warned.py"}
