"""What people read of warnings: the backend's sentence, and in other languages what it is of."""

import re
from pathlib import Path
from typing import get_args

import pytest

import primitivus
from backendd.api.words import WarningWord
from primitivus.model.accounts.profile import Profile, update
from primitivus.model.wording import warned
from primitivus.model.wording.warned import WARNINGS, warning
from tests.primitivus.pseudo import said

ROOT = Path(primitivus.__file__).parent


@pytest.fixture
def foreign(monkeypatch):
    """Have the program speak another language than the backend."""
    monkeypatch.setattr(warned, "translation", lambda text, **fields: said(text).format(**fields))


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
