"""Whatever the backend can do for a frontend, a command of `jp` has it do, beside `jp call`."""

import ast
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from backendd.api import contract
from backendd.api.introspection import load_all
from backendd.api.members import called
from backendd.api.names import BUS_NAME
from jp.session import Session

COMMANDS = Path(__file__).parents[2] / "jp"

# What no command does, and why.
ELSEWHERE = {
    "Blog.ExportTo": "`jp blog export` opens the file itself, and gives it to Export",
    "Blog.ImportFrom": "`jp blog import` opens the file itself, and gives it to Import",
    "Files.Wait": "`jp file wait` goes by signals, which tell how far files are",
    "Manager.SetFrontend": "it is forgotten when who said it leaves the bus",
    "Messages.SetTyping": "it ends when who said it leaves the bus",
}
NO_OPTIONS = {
    "Manager.CreateProfile allow_plain": "said by `jp profile set`, where it is explained",
    "Messages.Send encryption": "there is only none so far",
    "Messages.List around": "for who looks at a message among others; scripts ask before and after",
}


@cache
def sources():
    """Return the modules that make calls: each its text, and what of which interface it calls."""
    found = []
    for path in COMMANDS.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        accessed = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Attribute)]
        # `session.blog.list()` names it; `calls = session.blog` and `session.profile_of()` too.
        held = {each.attr for each in accessed} | {"profile"} & set(re.findall("profile", text))
        called = set()
        for each in accessed:
            if isinstance(each.value, ast.Attribute):
                called.add((each.value.attr, each.attr))
            elif isinstance(each.value, ast.Name | ast.Call):
                called |= {(interface, each.attr) for interface in held}
        found.append((text, called))
    return found


def members():
    """Yield each method: what it is called, the attribute of a session, its name in Python."""
    for name, interface in load_all().items():
        short = name.removeprefix(f"{BUS_NAME}.")
        protocol = getattr(contract, short)
        in_python = {
            called(name, each).name: each
            for each, _ in inspect.getmembers(protocol, inspect.isfunction)
            if not each.startswith("_")
        }
        for method in interface.methods.values():
            yield f"{short}.{method.name}", short.lower(), in_python[method.name], method


METHODS = {name: (held, called, method) for name, held, called, method in members()}


def callers(name):
    held, called, _ = METHODS[name]
    return [text for text, calls in sources() if (held, called) in calls]


def test_a_session_has_each_interface():
    assert {held for held, _, _ in METHODS.values()} <= set(dir(Session))


@pytest.mark.parametrize("name", METHODS)
def test_a_command_has_it_done_or_it_is_said_why_none_does(name):
    assert bool(callers(name)) != (name in ELSEWHERE)


@pytest.mark.parametrize("name", sorted(set(METHODS) - set(ELSEWHERE)))
def test_each_of_its_options_can_be_given(name):
    keyed = METHODS[name][2].keyed
    missing = [
        option
        for option in (keyed.options if keyed is not None else ())
        if not any(option in text for text in callers(name))
    ]
    assert missing == [each.split()[1] for each in NO_OPTIONS if each.split()[0] == name]


def test_each_property_is_printed():
    """All of a profile and of the backend as a whole are, so only others have to be named."""
    texts = [text for text, _ in sources()]
    for name, interface in load_all().items():
        short = name.removeprefix(f"{BUS_NAME}.")
        for each in interface.properties:
            shown = short in ("Profile", "Manager")
            assert shown or any(f'"{each}"' in text for text in texts), each
