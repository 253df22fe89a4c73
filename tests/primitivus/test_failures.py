"""What people read of errors: the backend's sentence, and in other languages what it is about."""

from pathlib import Path

import pytest

from backendd.api import failures as ways
from backendd.api.errors import ERRORS, NotAllowed, Timeout
from primitivus import failures
from primitivus.failures import KINDS, in_words, reason
from tests.primitivus.pseudo import said

ROOT = Path(failures.__file__).parent
SILENT = {"this name says nothing": {"Failed"}, "begins with the name of a field": {"FormRejected"}}


@pytest.fixture
def foreign(monkeypatch):
    """Have the program speak another language than the backend."""
    monkeypatch.setattr(failures, "translation", said)


def test_each_error_that_there_is_has_words_or_a_reason_why_it_has_none():
    direct = ways.LinkError.__subclasses__()
    below = [each for kind in direct for each in kind.__subclasses__()]
    on_the_way = {each.__name__ for each in (*direct, *below)}
    assert {*ERRORS, *on_the_way} == {*KINDS}.union(*SILENT.values())


def test_in_english_the_backend_says_it():
    assert reason(("Timeout", "example.org doesn't answer")) == "example.org doesn't answer"
    assert reason(("Timeout", "")) == KINDS["Timeout"]
    assert reason(("", "")) == ""


def test_in_another_language_its_kind_goes_before_what_the_backend_says(foreign):
    kind = said(KINDS["NotAllowed"])
    assert reason(("NotAllowed", "example.org says no.")) == f"{kind} (example.org says no)"
    assert reason(("NotAllowed", "")) == kind


def test_the_kind_is_all_where_the_backend_says_no_more(foreign):
    assert reason(("ProfileLocked", 'the profile "a" is locked')) == said(KINDS["ProfileLocked"])


def test_what_is_of_no_kind_stays_as_it_is(foreign):
    assert reason(("FormRejected", "username: taken")) == "username: taken"
    assert reason(("OfALaterVersion", "it is so")) == "it is so"


@pytest.mark.parametrize("error", [NotAllowed("no"), Timeout("late"), ways.NotRunning("gone")])
def test_what_is_raised_meanwhile_says_it_too_and_stays_what_it_is(foreign, error):
    with pytest.raises(type(error)) as raised, in_words():
        raise error
    kind = said(KINDS[type(error).__name__])
    assert raised.value is error
    assert str(error).startswith(f"{kind} (")


# What of a record's error is no reason of a failure.
APART = {
    "client/publishing.py": "asks whether there is one",
    "model/telling/entrance.py": "asks whether there is one",
    "model/home/unsent.py": "asks whether there is one",
    "widgets/messages/attachments.py": "who paused or cancelled a file",
    "widgets/lists/transfers.py": "who paused a file",
}


def test_what_records_say_of_errors_is_said_by_no_other_way():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if ".error[1]" in path.read_text(encoding="utf-8")
    }
    assert users == set(APART)
