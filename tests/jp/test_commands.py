"""What holds of each command that is declared."""

import re
from pathlib import Path

import pytest

from jp import groups
from jp.__main__ import main
from jp.command import Required

ROOT = Path(__file__).parents[2]
COMMANDS = groups.every()

pytestmark = pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.words)


def test_it_has_a_summary_that_is_one_sentence(command):
    assert re.fullmatch(r"[A-Z][^\n]{10,97}\.", command.summary)
    assert "\n\n\n" not in command.details


def test_each_of_its_options_and_arguments_is_explained(command):
    unexplained = [each.name for each in command.parameters if not command.meaning(each)]
    assert unexplained == []


def test_its_docstring_explains_nothing_that_is_not_there(command):
    doc = command.function.__doc__ or ""
    said = re.findall(r"^    ([a-z_]+): ", doc, re.MULTILINE)
    assert set(said) <= {each.name for each in command.parameters}


def test_what_may_be_left_out_stands_behind_what_may_not(command):
    required = [each.default is Required for each in command.arguments]
    assert required == sorted(required, reverse=True)
    assert not any(each.takes_many for each in command.arguments[:-1])


def test_its_help_tells_all_of_that_within_the_width_of_a_terminal(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*command.words.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert command.summary.split()[0] in said
    assert all(name in said for name in command.options)
    assert max(map(len, said.splitlines())) <= 80


def test_its_help_shows_its_examples_as_they_are_typed(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main([*command.words.split(), "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for example in command.examples:
        assert f"jp {command.words}" in example
        assert "example.org" in example or "@" not in example
        assert " ".join(example.split()) in said
        assert example in (ROOT / "docs/cli.md").read_text(encoding="utf-8")


def test_its_name_is_made_of_words_as_commands_are(command):
    assert re.fullmatch(r"[a-z]+( [a-z]+(-[a-z]+)*)?", command.words)


def test_it_stands_in_the_documentation(command):
    usage = f"### `jp {command.usage}`"
    assert usage in (ROOT / "docs/cli.md").read_text(encoding="utf-8")
