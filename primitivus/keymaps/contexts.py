"""The tables of a keymap, and which of them are in force where.

Modes: normal (keys are commands), insert (typing in the message input), command (typing after `:`).
Focus: conversations, contacts, messages, input; or, while one is open, a popup: switcher (typing
filters a list), dialog (questions and forms), overlay (text to scroll: help, past messages).
A keymap without modes is in insert mode while the focus is on the input, else in normal mode.
"""

from typing import Literal

Mode = Literal["normal", "insert", "command"]
Focus = Literal[
    "conversations", "contacts", "messages", "input", "switcher", "dialog", "overlay"
]

POPUPS = ("switcher", "dialog", "overlay")

# Each table with the command contexts, besides "global", whose commands it may bind.
TABLES: dict[str, tuple[str, ...]] = {
    "global": (),
    "normal": (),
    "normal.conversations": ("conversations",),
    "normal.contacts": ("contacts",),
    "normal.messages": ("messages",),
    "normal.input": ("line",),
    "insert": ("line",),
    "command": ("line",),
    "switcher": ("line", "switcher"),
    "dialog": ("line", "dialog"),
    "overlay": ("overlay",),
}


def tables_for(mode: Mode, focus: Focus) -> tuple[str, ...]:
    """Return the tables in force, the first one to bind a key wins."""
    if mode == "command":
        return ("command", "global")
    if focus in POPUPS:
        return (focus, "global")
    if mode == "insert":
        return ("insert", "global")
    return (f"normal.{focus}", "normal", "global")


def contexts_for(mode: Mode, focus: Focus) -> tuple[str, ...]:
    """Return the contexts whose commands can be run there."""
    contexts = (context for table in tables_for(mode, focus) for context in TABLES[table])
    return ("global", *contexts)
