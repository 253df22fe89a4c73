"""What the program loads before its first screen, and what it leaves for later."""

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from primitivus.model import panes
from primitivus.model.panes import kinds
from primitivus.model.panes.draft import DraftPane
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.search import SearchPane
from primitivus.model.panes.services import ServicesPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.widgets.panes import BEHIND, LATE

KINDS = tuple(
    {
        each
        for module in iter_modules(panes.__path__, "primitivus.model.panes.")
        for each in vars(import_module(module.name)).values()
        if isinstance(each, type) and issubclass(each, Pane) and "context" in vars(each)
    }
)
"""All kinds of panes."""

ALL = "primitivus.app.run, primitivus.app.program, primitivus.widgets.tty"

WHOLE = "sys.modules['typing_extensions']"

LATER = {
    # what one can do, and all that it needs
    "primitivus.app.controls",
    "primitivus.commands.all",
    "primitivus.commands.context",
    "primitivus.keymaps.checks",
    "primitivus.widgets.keyboard.keyboard",
    # what lies over it
    "primitivus.model.popups.forms",
    "primitivus.widgets.popups.forms",
    "primitivus.commands.goals",
    "primitivus.model.popups.switching",
    "primitivus.widgets.popups.popups",
    # panes that few first screens have
    "primitivus.model.panes.draft",
    "primitivus.model.panes.post",
    "primitivus.model.panes.search",
    "primitivus.model.panes.services",
    "primitivus.model.panes.timeline",
    "primitivus.model.panes.transfers",
    "primitivus.model.xhtml.document",
    "primitivus.widgets.lists.home",
    "primitivus.widgets.blogs.post",
    "primitivus.widgets.blogs.timeline",
    # the views of rooms, and of what the program told
    "primitivus.model.panes.log",
    "primitivus.model.panes.rooms",
    "primitivus.widgets.lists.rows",
    # the view of settings
    "primitivus.model.panes.settings",
    "primitivus.model.setting",
    "primitivus.widgets.lists.settings",
    # widgets of urwid's, and its main loop
    "urwid.canvas",
    "urwid.event_loop",
    "urwid.widget",
    # what else wcwidth can
    "wcwidth.escape_sequences",
    "wcwidth.textwrap",
    # what describes interfaces as a whole
    "backendd.api.introspection",
    # what of Python's own takes long, and is needed for little or nothing
    "decimal",
    "hashlib",
    "json",
    "platform",
    "random",
    "shutil",
    "typing_extensions",
    # what a log needs
    "logging.handlers",
    "pickle",
}


def loaded_by(code):
    """Return the modules that are there after `code`."""
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return set(done.stdout.split())


# What the modules import that stand in `load_late`, and nothing else.
ERRORS = {"binascii", "dis", "tokenize"}


@pytest.fixture(scope="module")
def loaded():
    return loaded_by(f"import {ALL}")


def test_what_can_be_done_is_loaded_behind_the_first_screen(loaded):
    assert "primitivus.app.display" in loaded
    assert not LATER & loaded


@pytest.mark.skipif(
    sys.version_info >= (3, 13), reason="urwid has dataclasses, which load inspect in Python 3.13"
)
def test_what_others_import_to_tell_of_errors_is_not_loaded_for_them():
    assert not ERRORS & loaded_by(
        f"from primitivus import __main__ as main; main._load_asyncio(); import {ALL}"
    )


def test_what_can_be_set_is_loaded_with_the_view_of_it():
    loaded = loaded_by("import primitivus.commands.all")
    assert "primitivus.commands.settings.settings" in loaded
    lines = "primitivus.commands.settings.settings_of_"
    assert not {each for each in loaded if each.startswith(lines)}


def test_panes_that_one_may_open_next_are_loaded_with_what_can_be_done():
    behind = "from primitivus.widgets.panes import load_behind; load_behind()"
    loaded = loaded_by(f"import {ALL}; {behind}")
    assert {*BEHIND.values()} <= loaded
    assert not {*LATE.values()} & loaded


@pytest.mark.parametrize("context", [*BEHIND, *LATE])
def test_each_kind_of_pane_is_drawn_and_told_apart_by_its_context(context):
    modules = {**BEHIND, **LATE}
    assert callable(import_module(modules[context]).draw)
    assert [each for each in KINDS if each.context == context]


@pytest.mark.parametrize(
    ("is_kind", "kind"),
    [
        (kinds.is_draft, DraftPane),
        (kinds.is_post, PostPane),
        (kinds.is_search, SearchPane),
        (kinds.is_services, ServicesPane),
        (kinds.is_timeline, TimelinePane),
    ],
)
def test_a_kind_of_pane_that_may_not_be_loaded_is_what_its_class_is(is_kind, kind):
    for each in KINDS:
        assert is_kind(each.__new__(each)) is issubclass(each, kind)


def test_commands_that_the_screen_needs_are_none_but_their_errors(loaded):
    commands = {each for each in loaded if each.startswith("primitivus.commands.")}
    assert commands <= {"primitivus.commands.errors"}


@pytest.mark.parametrize("part", ["urwid.widget", "urwid.event_loop", "urwid.display.curses"])
def test_other_parts_of_urwid_can_be_loaded_beside_its_display(part):
    assert part in loaded_by(f"import primitivus.widgets.tty, {part}")


def test_what_stands_in_while_the_display_is_loaded_is_there_no_more():
    loaded_by("import primitivus.widgets.tty, platform; assert platform.machine()")
    ours = "import primitivus.widgets.tty"
    loaded_by(f"{ours}, typing_extensions as typed; assert typed.TypedDict")
    loaded_by(f"import typing_extensions as typed; {ours}, sys; assert typed is {WHOLE}")


def test_the_whole_of_wcwidth_is_there_for_who_wants_more_of_it():
    ours = "from primitivus.model.editing import graphemes"
    whole = "import wcwidth; from wcwidth import wrap; assert wrap('a b', 1) == ['a', 'b']"
    same = "assert wcwidth.wcswidth('a') == graphemes.wcswidth('a') == 1"
    assert "wcwidth.textwrap" in loaded_by(f"{ours}; {whole}; {same}")


def test_a_wcwidth_that_is_there_as_a_whole_stays_so():
    ours = (
        "import wcwidth; whole = set(vars(wcwidth)); from primitivus.model.editing import graphemes"
    )
    loaded_by(f"{ours}; assert set(vars(wcwidth)) == whole")


def test_the_tui_runs_without_tls():
    leave = "from primitivus import __main__ as main; main._load_asyncio()"
    assert "ssl" not in loaded_by(f"{leave}; import {ALL}")
    loaded_by(f"{leave}; import ssl; ssl.create_default_context()")


def test_the_display_is_that_of_an_urwid_which_is_there_as_a_whole():
    ours = "from primitivus.widgets.terminal.urwid_display import RawScreen"
    loaded_by(f"import urwid; {ours}; assert urwid.display.raw.Screen is RawScreen")
