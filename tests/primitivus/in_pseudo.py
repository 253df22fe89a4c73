"""Each view in the language of `pseudo`: run by test_translated.py, in a process that speaks it."""

import dataclasses
import os
import re
import time
from pathlib import Path

import pytest

from backendd.config import Config
from backendd.features.configuration.model import configuration
from primitivus.commands.all import registry
from primitivus.commands.errors import CommandError
from primitivus.config import Settings, documentation, load_settings
from primitivus.keymaps.load import find, keymap_names
from primitivus.keymaps.read import read_keymap
from primitivus.sentences import tr
from primitivus.themes.load import load_theme, theme_names
from tests.primitivus.pilot import Pilot
from tests.primitivus.pseudo import LANGUAGE, LETTERS, english, said
from tests.primitivus.scenes import SCENES, Stage, hold_the_clock
from tests.primitivus.scenes.messages import chat

pytestmark = pytest.mark.skipif(
    os.environ["LANGUAGE"] != LANGUAGE, reason="the program speaks English in this process"
)

HERE = Path(__file__).parent
SIZES = ((120, 40), (60, 16))
# Words that are no sentence, and stay as they are in each language.
MODES = {"command", "insert", "normal"}
KEYS = {
    "backspace", "delete", "down", "end", "enter", "esc", "home", "insert", "left", "pagedown",
    "pageup", "right", "space",
}  # fmt: skip
NAMES_IN_FILES = {"blue", "global", "goto", "green", "red", "utf"}
OF_SETTINGS = {"auto", "blocks", "kitty", "newest", "sixel", "talking"}


def words(text):
    """Return the words of a text that are written with no letter of the other language."""
    found = re.findall(rf"(?<![{LETTERS}])[A-Za-z]{{3,}}(?![{LETTERS}])", text)
    return {each.lower() for each in found}


def of_the_world():
    """Return the words that people of the scenes say, and what else is no word of the program."""
    files = [*HERE.glob("scenes/*.py"), *HERE.glob("fake/*.py")]
    said = "".join(path.read_text(encoding="utf-8") for path in files)
    names = " ".join(
        text
        for command in registry()
        for text in (*command.names, *(each.usage for each in command.parameters))
    )
    settings = " ".join(each.name for each in dataclasses.fields(Settings))
    shipped = " ".join((*theme_names(), *keymap_names()))
    # With an underscore, a name is several words here.
    return set().union(
        *(words(each.replace("_", " ")) for each in (said, names, settings, shipped))
    )


KNOWN = of_the_world() | MODES | KEYS | OF_SETTINGS


@pytest.fixture
async def stage(fake, fly, tmp_path, monkeypatch):
    hold_the_clock(monkeypatch)
    # Scenes wait for what the program says in English.
    shown = Pilot.screen.fget
    monkeypatch.setattr(Pilot, "screen", property(lambda pilot: english(shown(pilot))))
    stage = Stage(fake, fly, tmp_path, monkeypatch)
    monkeypatch.setenv("HOME", str(stage.home()))
    monkeypatch.chdir(stage.home())
    time.tzset()
    return stage


def test_the_program_speaks_it():
    assert tr("nobody was found") == said("nobody was found")


def test_what_is_said_of_wrong_lines_is_in_it():
    known, left = registry(), set()
    for command in known:
        name = command.names[0]
        for line in (name, f"{name[:-1]}q", f'{name} "x', f"{name} {'x ' * 12}", f"{name} x"):
            try:
                known.parse(line, command.context)
            except CommandError as error:
                # What is meant, and what was typed, is quoted.
                told = re.sub(r'"[^"]*"', "", error.sentence)
                left.update((line, word) for word in words(told) - KNOWN)
    assert left == set()


def test_what_is_said_of_wrong_values_and_files_is_in_it(tmp_path):
    told = []
    for name in documentation():
        for value in ("%q here", "x/y", "-1"):
            try:
                Settings().with_text(name, value)
            except ValueError as error:
                told.append(str(error))
    wrong = tmp_path / "wrong.toml"
    for held in ('bel = 1\nxyzzy = 1\nbell = "?"\nbase = "?"\n[styles]\nq = {}', "=", "'\xff'"):
        wrong.write_bytes(held.encode("latin-1"))
        read = (load_settings(wrong), load_theme("wrong", tmp_path))
        told += [each.sentence for _, problems in read for each in problems]
        told += [each.sentence for each in find("wrong", tmp_path).problems]
        told += [each.sentence for each in read_keymap(wrong).problems]
    assert len(told) > 20
    # What was written, and what Python's reader of TOML says, is as it is.
    parts = (re.sub(r'"[^"]*"|Invalid statement.*', "", each) for each in told)
    assert set().union(*map(words, parts)) - KNOWN - NAMES_IN_FILES == set()


async def test_what_the_backend_warns_of_is_said_in_it(stage):
    await stage.play(SCENES["warnings"])
    assert said("the archive can't be read or stored") in "\n".join(stage.pilot.terminal.rows)


async def test_what_the_settings_of_the_backend_mean_is_said_in_it(stage, fake):
    fake.configuration = configuration(Config(), None)
    assert fake.configuration.settings
    stage.fill().all()
    pilot = await chat(stage)
    for each in fake.configuration.settings:
        await pilot.command(f"settings {each.table}.{each.name}")
        await pilot.see(" ".join(each.doc.split()[:3]))
        assert said(" ".join(each.doc.split()[:3])) in "\n".join(pilot.terminal.rows)


@pytest.mark.parametrize("name", SCENES)
async def test_the_view_says_nothing_in_english(stage, name):
    await stage.play(SCENES[name])
    known = KNOWN | words(str(stage.folder))
    for size in SIZES:
        stage.pilot.resize(*size)
        await stage.settle()
        rows = stage.pilot.terminal.rows
        # What is cut is the beginning of a word, and what lies over others leaves the end of some.
        left = {
            word
            for word in set().union(*map(words, rows)) - known
            if not any(each.startswith(word) or each.endswith(word) for each in known)
        }
        assert not left, "\n".join((*rows, str(sorted(left))))
