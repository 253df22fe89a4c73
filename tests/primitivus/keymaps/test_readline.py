"""The emacs map and readline: whose fingers know readline's keys find each of them where one types.

The keys are those of readline's emacs mode by default, as its manual lists them (GNU Readline
Library, "Default Key Bindings", Emacs mode).
"""

import pytest

from primitivus.commands.all import registry
from primitivus.keymaps.checks import load_shipped
from primitivus.keymaps.contexts import TABLES, tables_for, types
from primitivus.keymaps.keys import notation, parse_keys

# Readline's keys, the function of each by readline's name, and the command line that does it here.
READLINE = {
    "C-a": ("beginning-of-line", "beginning-of-line"),
    "C-b": ("backward-char", "backward-char"),
    "C-d": ("delete-char", "delete-char"),
    "C-e": ("end-of-line", "end-of-line"),
    "C-f": ("forward-char", "forward-char"),
    "C-g": ("abort", "cancel"),
    "C-h": ("backward-delete-char", "backward-delete-char"),
    "Backspace": ("backward-delete-char", "backward-delete-char"),
    "Delete": ("delete-char", "delete-char"),
    "Tab": ("complete", "complete"),
    "Enter": ("accept-line", "send"),
    "C-k": ("kill-line", "kill-line"),
    "C-l": ("clear-screen", "redraw"),
    "C-n": ("next-history", "history-next"),
    "C-o": ("operate-and-get-next", "operate-and-get-next"),
    "C-p": ("previous-history", "history-previous"),
    "C-q Any": ("quoted-insert", "quoted-insert"),
    "C-q Tab": ("quoted-insert", "tab-insert"),
    "C-q C-j": ("quoted-insert", "newline"),
    "C-r": ("reverse-search-history", "history-search"),
    "C-s": ("forward-search-history", "history-search forward"),
    "C-t": ("transpose-chars", "transpose-chars"),
    "C-u": ("unix-line-discard", "kill-to-start"),
    "C-v Any": ("quoted-insert", "quoted-insert"),
    "C-v Tab": ("quoted-insert", "tab-insert"),
    "C-v C-j": ("quoted-insert", "newline"),
    "C-w": ("unix-word-rubout", "backward-kill-word"),
    "C-y": ("yank", "yank"),
    "C-] Any": ("character-search", "find-char move on"),
    "C-_": ("undo", "undo"),
    "C-M-] Any": ("character-search-backward", "find-char move back-on"),
    "C-M-g": ("abort", "cancel"),
    "C-M-h": ("backward-kill-word", "backward-kill-word"),
    "C-M-i": ("tab-insert", "tab-insert"),
    "C-M-l": ("clear-display", "redraw"),
    "C-M-r": ("revert-line", "revert-line"),
    "C-M-y": ("yank-nth-arg", "yank-nth-arg"),
    "M-.": ("yank-last-arg", "yank-last-arg"),
    "M-_": ("yank-last-arg", "yank-last-arg"),
    "M-<": ("beginning-of-history", "history-first"),
    "M->": ("end-of-history", "history-last"),
    "M-=": ("possible-completions", "complete"),
    "M-?": ("possible-completions", "complete"),
    "M-b": ("backward-word", "backward-word"),
    "M-c": ("capitalize-word", "capitalize-word"),
    "M-d": ("kill-word", "kill-word"),
    "M-f": ("forward-word", "forward-word"),
    "M-l": ("downcase-word", "downcase-word"),
    "M-n": ("non-incremental-forward-search-history", "history-search forward"),
    "M-p": ("non-incremental-reverse-search-history", "history-search"),
    "M-r": ("revert-line", "revert-line"),
    "M-t": ("transpose-words", "transpose-words"),
    "M-u": ("upcase-word", "upcase-word"),
    "M-x": ("execute-named-command", "mode command"),
    "M-y": ("yank-pop", "yank-pop"),
    "M-\\": ("delete-horizontal-space", "delete-horizontal-space"),
    "M-Backspace": ("backward-kill-word", "backward-kill-word"),
    "C-x C-g": ("abort", "cancel"),
    "C-x C-u": ("undo", "undo"),
    "C-x Backspace": ("backward-kill-line", "kill-to-start"),
    "Left": ("backward-char", "backward-char"),
    "Right": ("forward-char", "forward-char"),
    "Up": ("previous-history", "history-previous"),
    "Down": ("next-history", "history-next"),
    "Home": ("beginning-of-line", "beginning-of-line"),
    "End": ("end-of-line", "end-of-line"),
}

# Those that mean nothing here, and why; to nothing else are they bound, but to what is said.
MEANINGLESS = {
    "C-@": "set-mark: there is no region",
    "M-Space": "set-mark: there is no region",
    "C-x C-x": "exchange-point-and-mark: there is no region",
    "C-x (": "start-kbd-macro: there are no macros",
    "C-x )": "end-kbd-macro: there are no macros",
    "C-x e": "call-last-kbd-macro: there are no macros",
    "C-x C-r": "re-read-init-file: :set keymap reads keys again",
    "C-M-j": "vi-editing-mode: :set keymap changes that",
    "M-#": "insert-comment: a message has none",
    "M-&": "tilde-expand: paths are, where they are used",
    "M-~": "tilde-expand: paths are, where they are used",
    "M-*": "insert-completions: no command takes all of them",
    "M--": "digit-argument: a count here is at least 1",
    "Insert": "overwrite-mode: Backspace does",
}
OTHERWISE = {
    "C-j": ("accept-line: many terminals have no other key for a line end", "newline"),
    "M-Enter": ("vi-editing-mode: the key for a line end in all maps", "newline"),
}

# What lists, forms and lines of their own have instead, the same in all maps.
OF_LISTS = {"Up", "Down", "Tab", "Enter", "C-n", "C-p", "M-<", "M->", "C-j"}
ELSEWHERE = {
    "command": {"Enter", "C-j"},
    "search": OF_LISTS,
    "narrow": OF_LISTS | {"C-g"},
    "settings": OF_LISTS | {"C-g"},
    "switcher": OF_LISTS,
    "drafts": OF_LISTS | {"Delete"},
    "blogs": OF_LISTS | {"Delete", "Insert"},
    "followed": OF_LISTS | {"Delete", "Insert"},
    "chooser": OF_LISTS | {"C-t", "Left", "Right"},
    "goto": OF_LISTS,
    "dialog": OF_LISTS,
}
# Where nothing that is sent is typed, those of messages are nothing.
OF_MESSAGES = {"C-o", "C-q C-j", "C-v C-j", "C-j", "M-Enter"}


def bound(keymap, tables, keys):
    """Return what the keys run there, and what hides them if something does; nothing: neither."""
    sequence = parse_keys(keys)
    for name in tables:
        table = keymap.table(name)
        for length in range(1, len(sequence) + 1):
            if (found := table.get(sequence[:length])) is not None:
                return found.line if length == len(sequence) else f"hidden: {found.line}"
        if longer := [each for each in table if each[: len(sequence)] == sequence]:
            return f"begins {notation(longer[0])}"
    return ""


@pytest.fixture(scope="module")
def emacs():
    return load_shipped("emacs", registry())


@pytest.mark.parametrize("keys", READLINE)
def test_a_key_of_readline_does_in_a_message_what_it_does_there(emacs, keys):
    assert bound(emacs, tables_for("insert", "input"), keys) == READLINE[keys][1], READLINE[keys][0]


@pytest.mark.parametrize("keys", MEANINGLESS)
def test_what_has_no_meaning_in_a_message_is_taken_by_nothing_else(emacs, keys):
    assert bound(emacs, tables_for("insert", "input"), keys) == "", MEANINGLESS[keys]


@pytest.mark.parametrize("keys", OTHERWISE)
def test_what_is_another_here_is_what_is_said(emacs, keys):
    assert bound(emacs, tables_for("insert", "input"), keys) == OTHERWISE[keys][1]


@pytest.mark.parametrize("table", [each for each in TABLES if types(each)])
def test_no_key_of_readline_is_another_wherever_text_is_typed(emacs, table):
    if table in ("line", "insert", "history"):
        return
    mode, focus = ("command", "input") if table == "command" else ("insert", table)
    tables = tables_for(mode, focus)
    for keys, (function, line) in READLINE.items():
        if keys not in ELSEWHERE[table] | OF_MESSAGES:
            assert bound(emacs, tables, keys) == line, (keys, function)
    for keys in MEANINGLESS.keys() - ELSEWHERE[table]:
        assert bound(emacs, tables, keys) == "", keys


def test_digits_with_meta_are_arguments(emacs):
    assert emacs.digit_arguments
    for table in tables_for("insert", "input"):
        assert not [
            each for each in emacs.table(table) if each[0][:-1] == "meta " and each[0][-1].isdigit()
        ]
