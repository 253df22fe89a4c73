"""The three keymaps that ship, against the program's own commands."""

import pytest

from primitivus.commands.all import registry
from primitivus.keymaps.checks import load_keymap, load_shipped
from primitivus.keymaps.contexts import TABLES, contexts_for, tables_for, typed_contexts
from primitivus.keymaps.keys import parse_keys
from primitivus.keymaps.load import SHIPPED
from primitivus.keymaps.reference import keys_markdown
from primitivus.keymaps.resting import ON_TEXT


@pytest.mark.parametrize("name", SHIPPED)
def test_every_binding_is_a_command_line_of_its_context(name, tmp_path):
    keymap, problems = load_keymap(name, registry(), tmp_path)
    assert [str(problem) for problem in problems] == []
    for binding in keymap:
        registry().parse(binding.line_with("x"), "global", *TABLES[binding.context])


@pytest.mark.parametrize("name", SHIPPED)
def test_esc_and_a_way_to_quit_help_and_the_command_line_are_there(name):
    keymap = load_shipped(name, registry())
    assert keymap.keys_for("quit")
    assert keymap.keys_for("help") == ("F1",)
    assert keymap.keys_for("mode command")
    for focus in ("switcher", "dialog", "overlay"):
        tables = tables_for("normal", focus)
        assert any(("esc",) in keymap.table(table) for table in tables), focus


@pytest.mark.parametrize("name", SHIPPED)
def test_a_message_can_be_sent_and_have_several_lines(name):
    keymap = load_shipped(name, registry())
    assert keymap.table("insert")[("enter",)].line == "send"
    assert {"M-Enter", "S-Enter", "C-j"} <= set(keymap.keys_for("newline", "insert"))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_done_with_a_message_has_the_same_keys_in_all_maps(name):
    keymap = load_shipped(name, registry())
    table = keymap.table("normal.messages")
    same = {"+": "react +1", "=": "prompt react", "u": "mark-unread", "R": "retry"}
    same |= {"o": "open", "r": "reply", "^": "quoted", "s": "reveal", "e": "edit", "d": "retract"}
    assert {key: table[(key,)].line for key in same} == same


def test_only_the_emacs_map_has_no_modes():
    assert [load_shipped(name, registry()).modal for name in SHIPPED] == [True, True, False]


def test_the_keys_of_the_first_primitivus_are_kept():
    keymap = load_shipped("primitivus", registry())
    kept = {
        "quit": "C-x",
        "redraw": "C-l",
        "contacts": "F2",
        "popup": "C-s",
        "next-notification": "C-n",
        "timestamps": "M-t",
        "short-nicks": "M-n",
        "statuses": "M-s",
        "offline-contacts": "M-d",
        "resources": "M-r",
        "bottom": "G",
        "mode insert": "i",
        "mode command": ":",
        "focus left": "C-Left",
    }
    for line, keys in kept.items():
        assert keys in keymap.keys_for(line), line


def test_the_reference_has_every_key_of_every_keymap():
    text = keys_markdown()
    for name in SHIPPED:
        section = text.partition(f"\n## {name}\n")[2]
        for binding in load_shipped(name, registry()):
            assert f"`{binding.line.strip()}` |" in section


def test_the_operators_of_vi_take_all_motions():
    table = load_shipped("vi", registry()).table("normal.input")
    taken = {}
    for operator in ("d", "c", "y", "g u", "g U", "g ~"):
        begun = parse_keys(operator)
        behind = {keys[len(begun) :] for keys in table if keys[: len(begun)] == begun}
        taken[operator] = behind - {begun[-1:]}
        assert begun[-1:] in behind, operator
    assert [each for each in taken if taken[each] != taken["d"]] == []
    moves = ("move-to ", "find-char move ", "find-char-again move ")
    moving = {keys for keys, each in table.items() if each.line.startswith(moves)}
    named = {("left",), ("right",), (" ",), ("backspace",), ("end",)}
    assert moving - named - taken["d"] == set()


@pytest.mark.parametrize("name", ON_TEXT)
def test_what_gives_its_keys_to_the_messages_is_for_a_text_alone(name):
    command = registry().require(name)
    assert command.context == "line"


def test_typed_commands_are_those_of_the_focus_but_no_editing():
    assert contexts_for("insert", "input") == ("global", "line")
    assert contexts_for("normal", "messages") == ("global", "messages")
    assert typed_contexts("messages") == ("global", "messages")
    assert typed_contexts("input") == ("global",)
