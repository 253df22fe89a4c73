"""What help shows, and the references made from the same."""

from dataclasses import dataclass

import pytest

from primitivus.commands import all as commands
from primitivus.commands.all import registry as all_commands
from primitivus.commands.errors import UnknownCommand
from primitivus.commands.help.help import Row, help_for_command, help_for_contexts
from primitivus.commands.help.reference import commands_markdown
from tests.primitivus.commands.sample import REGISTRY


@dataclass(frozen=True)
class Key:
    context: str
    keys: str
    line: str


KEYS = (
    Key("global", "C-x", "quit"),
    Key("normal", "Z Z", "detach"),
    Key("normal.messages", "j", "line-down"),
    Key("normal", "M-o", "open mia@example.org"),
)


def test_help_for_a_command_shows_usage_text_other_names_and_keys():
    about, keys = help_for_command(REGISTRY, "detach", KEYS)
    assert about.title == ":quit"
    assert about.text == "Leave.\n\nAlso: detach"
    assert keys.rows == (
        Row("C-x", "quit", "everywhere"),
        Row("Z Z", "detach", "normal mode"),
    )


def test_help_for_a_command_without_keys_has_no_keys():
    (about,) = help_for_command(REGISTRY, "open", ())
    assert about.text.startswith("Open the conversation with PEER.\n\nWith a text")


def test_paragraphs_of_help_are_broken_by_the_screen_alone():
    for each in commands.registry():
        about, *_ = help_for_command(commands.registry(), each.name, ())
        said = about.text.split("\n\n")
        assert not [paragraph for paragraph in said if "\n" in paragraph]


def test_help_for_no_command_suggests_the_nearest():
    with pytest.raises(UnknownCommand, match='did you mean "quit"'):
        help_for_command(REGISTRY, "quti", KEYS)


def test_help_for_a_place_shows_its_keys_and_then_what_can_be_typed():
    tables = ("normal.messages", "normal", "insert")
    *sections, commands = help_for_contexts(REGISTRY, KEYS, tables, "messages")
    assert [s.title for s in sections] == ["Keys: normal mode, messages", "Keys: normal mode"]
    assert sections[0].rows == (Row("j", "line-down", "Go down."),)
    assert Row("C-x", ":quit", "Leave.") in commands.rows
    assert Row("j", ":line-down [TIMES]", "Go down.") in commands.rows


def test_the_reference_has_every_command_with_all_its_names():
    text = commands_markdown(REGISTRY)
    for command in REGISTRY:
        assert f"### `:{command.usage}`" in text
        assert command.summary in text
        assert all(f"`:{alias}`" in text for alias in command.aliases)


def test_all_commands_of_blogs_may_be_called_by_two_words():
    for each in all_commands():
        if each.name.startswith("blog-"):
            assert each.name.replace("-", " ", 1) in each.aliases
