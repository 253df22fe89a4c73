"""What is refused before the backend is asked: what is no text, nothing at all, or no file."""

import os
import socket

import pytest

from jp import groups
from jp.__main__ import main
from jp.failures import Failure
from jp.kinds.files import OpenedFile
from jp.secrets import Secrets

COMMANDS = groups.every()
NO_TEXT = os.fsdecode(b"caf\xe9")
# Of these an empty one is a variable of a script that was never set.
NAMES = {"draft", "nick", "output", "token"}


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Have no bus: what could be understood ends with 4."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
    monkeypatch.chdir(tmp_path)


def ended(capsys, *words):
    code = main([*words])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("message", "send", "bob@example.org", NO_TEXT),
        ("message", "send", NO_TEXT, "hello"),
        ("message", "send", "bob@example.org", "hello", "--token", NO_TEXT),
        ("message", "send", "bob@example.org", "hello", f"--token={NO_TEXT}"),
        ("message", "react", "1", "a", NO_TEXT),
        ("room", "join", "garden@example.org", "--nick", NO_TEXT),
        ("account", "vcard", "--set", f"note={NO_TEXT}"),
        ("call", "Messages.Send", "bob@example.org", NO_TEXT),
        ("-p", NO_TEXT, "roster", "list"),
        ("roster", "list", "--fields", NO_TEXT),
    ],
)
def test_what_is_no_text_is_never_sent_as_another_one(capsys, words):
    code, said = ended(capsys, *words)
    assert code == 2
    assert "caf\\xe9' is no text in UTF-8" in said


def test_what_the_locale_has_no_letters_for_is_the_text_that_it_is(capsys):
    # As Python reads "ä" where the locale is of ASCII alone.
    code, said = ended(
        capsys, "message", "send", os.fsencode("ä").decode("ascii", "surrogateescape"), "x"
    )
    assert code == 4, said


def test_a_file_whose_name_is_no_text_can_be_taken_by_what_opens_it(capsys, tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9", "wb"):
        pass
    for words in (("file", "send", "bob@example.org", NO_TEXT), ("account", "avatar", NO_TEXT)):
        assert ended(capsys, *words)[0] == 4
    # The backend is told of the others by a text.
    for words in (("profile", "set", "--ca-file", NO_TEXT), ("file", "moved", "1", NO_TEXT)):
        code, said = ended(capsys, *words)
        assert (code, "no text in UTF-8" in said) == (2, True)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (each, name)
        for each in COMMANDS
        if each.words != "room bookmark"  # whose nick is forgotten by an empty one
        for name in each.options
        if name.strip("-") in NAMES
    ],
    ids=lambda each: getattr(each, "words", each),
)
def test_what_names_something_is_never_empty(capsys, command, option):
    code, said = ended(capsys, *command.words.split(), option, "")
    assert (code, f"{option}: ''" in said) == (2, True), said


@pytest.mark.parametrize(
    "option", ["-p", "--fields", "--template", "--color", "--password-fd", "--input"]
)
def test_what_all_commands_take_is_never_empty(capsys, option):
    code, said = ended(capsys, "message", "send", option, "", "bob@example.org", "-")
    assert (code, f"{option} takes a value" in said) == (2, True), said


@pytest.fixture
def others(tmp_path):
    """What is there and no file, by what it is called."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "directory").mkdir()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        yield {"pipe": "pipe", "directory": "directory", "socket": "socket", "device": "/dev/null"}


FILES = [
    (command, each)
    for command in COMMANDS
    for each in command.parameters
    if isinstance(each.kind, type) and issubclass(each.kind, OpenedFile)
]


@pytest.mark.parametrize(("command", "parameter"), FILES, ids=lambda e: getattr(e, "words", e.name))
def test_only_files_are_taken_for_files_and_nothing_is_waited_for(
    capsys, others, command, parameter
):
    before = ["1" if each.kind.metavar == "ID" else "a@b" for each in command.arguments]
    place = len(before) if parameter.is_option else command.arguments.index(parameter)
    named = [parameter.option] if parameter.is_option else []
    for what, path in others.items():
        words = [*before[:place], *named, path]
        code, said = ended(capsys, *command.words.split(), *words)
        assert (code, f"is a {what}" in said) == (2, True), said


def test_without_a_working_directory_that_is_said(capsys, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for words in (
        ("file", "send", "bob@example.org", "a.txt"),
        ("file", "get", "1", "here"),
        ("blog", "export", "new.atom"),
    ):
        code, said = ended(capsys, *words)
        assert (code, "the working directory was removed" in said) == (1, True), said
    assert ended(capsys, "blog", "export", f"{tmp_path}/new.atom")[0] == 4


def test_without_a_program_that_reads_dates_that_is_said(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    code, said = ended(capsys, "message", "list", "bob@example.org", "--since", "yesterday")
    assert (code, "date(1)" in said) == (1, True), said


@pytest.mark.parametrize(
    ("content", "said"), [(b"a\0b", "a NUL"), (b"caf\xe9", "no text in UTF-8")]
)
def test_what_is_read_is_text_or_refused(capsys, tmp_path, content, said):
    (tmp_path / "file").write_bytes(content)
    code, errors = ended(capsys, "message", "send", "bob@example.org", "-", "--input", "file")
    assert (code, said in errors) == (1, True), errors
    with open("file", "rb") as file, pytest.raises(Failure, match=said):
        Secrets(str(file.fileno())).secret("XMPP password")


def test_a_template_that_is_no_text_is_refused(capsys, tmp_path):
    (tmp_path / "own").write_bytes(b"caf\xe9")
    code, errors = ended(capsys, "roster", "list", "--template", "own")
    assert (code, "the template own is no text in UTF-8" in errors) == (1, True), errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("room", "affiliation", "g@x", "a@x", "banned"), "AFFILIATION: 'banned' is not one of "),
        (("profile", "wait", "on"), "STATES: 'on' is not one of locked, offline, "),
        (("blog", "create", "/a", "--access", "all"), "--access: 'all' is not one of open, "),
    ],
)
def test_what_is_no_choice_is_told_once_with_those_that_there_are(capsys, words, said):
    code, errors = ended(capsys, *words)
    assert code == 2
    assert errors.startswith(f"jp: {said}")
