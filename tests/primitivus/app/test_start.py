"""What the program loads before its first screen, and what it leaves for later."""

import subprocess
import sys

import pytest

ALL = "primitivus.app.run, primitivus.app.program, primitivus.widgets.tty"

LATER = {
    # what one can do, and all that it needs
    "primitivus.app.controls",
    "primitivus.commands.all",
    "primitivus.commands.context",
    "primitivus.keymaps.checks",
    "primitivus.widgets.keyboard",
    # widgets of urwid's, and its main loop
    "urwid.canvas",
    "urwid.event_loop",
    "urwid.widget",
    # what a log needs
    "logging.handlers",
    "pickle",
}


def loaded_by(code):
    """Return the modules that are there after `code`."""
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def loaded():
    return loaded_by(f"import {ALL}")


def test_what_can_be_done_is_loaded_behind_the_first_screen(loaded):
    assert "primitivus.app.display" in loaded
    assert not LATER & loaded


def test_commands_that_the_screen_needs_are_none_but_their_errors(loaded):
    commands = {each for each in loaded if each.startswith("primitivus.commands.")}
    assert commands <= {"primitivus.commands.errors"}


@pytest.mark.parametrize("part", ["urwid.widget", "urwid.event_loop", "urwid.display.curses"])
def test_other_parts_of_urwid_can_be_loaded_beside_its_display(part):
    assert part in loaded_by(f"import primitivus.widgets.tty, {part}")


def test_the_display_is_that_of_an_urwid_which_is_there_as_a_whole():
    ours = "from primitivus.widgets.terminal.urwid_display import RawScreen"
    loaded_by(f"import urwid; {ours}; assert urwid.display.raw.Screen is RawScreen")
