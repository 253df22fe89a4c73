"""What makes a function a command."""

import types
from typing import Literal

import pytest

from primitivus.commands.arguments.types import Rest
from primitivus.commands.command import command
from primitivus.commands.registry import Registry
from tests.primitivus.commands import sample
from tests.primitivus.commands.sample import REGISTRY


def test_the_docstring_is_summary_and_details():
    found = REGISTRY.require("open")
    assert found.summary == "Open the conversation with PEER."
    assert found.details == "With a text, send it there."
    assert found.usage == "open PEER [TEXT...]"


def test_a_command_is_found_by_its_aliases():
    assert REGISTRY.find("detach") is REGISTRY.find("quit")
    assert REGISTRY.find("nothing") is None


def test_a_registry_holds_the_commands_that_its_modules_define():
    borrower = types.ModuleType("borrower")
    borrower.borrowed = sample.join
    assert list(Registry.of([borrower])) == []
    assert "join" in [c.name for c in Registry.of([sample])]


def test_two_commands_can_not_have_one_name():
    with pytest.raises(ValueError, match="two commands are called join"):
        Registry([sample.join, sample.join])


def test_a_command_needs_a_docstring():
    with pytest.raises(TypeError, match="no docstring"):

        @command("mute")
        async def mute(ctx): ...


def test_a_command_has_parameters_of_known_types_only():
    with pytest.raises(TypeError, match="no command parameter can be"):

        @command("mute")
        async def mute(ctx, how: bytes):
            """Do it."""


def test_nothing_follows_what_takes_the_whole_line():
    with pytest.raises(TypeError, match="nothing can follow text"):

        @command("mute")
        async def mute(ctx, text: Rest, when: str):
            """Do it."""


def test_a_choice_of_nothing_is_not_shown():
    @command("mode")
    async def mode(ctx, where: Literal["", "start", "end"] = ""):
        """Change it."""

    assert mode.usage == "mode [start|end]"


async def test_a_command_can_be_called_as_the_function_it_is():
    ctx = sample.Sample()
    await sample.me(ctx, "waves")
    assert ctx.ran == [("me", "waves")]
