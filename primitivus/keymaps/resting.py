"""What keys are for at an input in which nothing is typed: there they may be for the messages."""

from collections.abc import Container, Mapping

from primitivus.keymaps.keymap import Binding
from primitivus.keymaps.keys import is_printable
from primitivus.model.view import Mode

Table = Mapping[tuple[str, ...], Binding]

# The commands of a line that do nothing where nothing is typed.
ON_TEXT = (
    "backward-char",
    "beginning-of-line",
    "copy-to",
    "delete-to",
    "enclosed",
    "end-of-line",
    "find-char",
    "find-char-again",
    "forward-char",
    "join-lines",
    "move-to",
    "recase-to",
    "replace-char",
    "switch-case",
)
# What opens a line above others, and what types over a text: where there is none, what opens one
# below, and what types, do as well.
_BESIDE_A_TEXT = ("mode insert above", "mode insert over")


def in_force(tables: Mapping[str, Table], mode: Mode) -> list[Table]:
    """Return the tables in force there, the nearest first.

    The input keeps what does something without a text as well. Where one types without modes, the
    messages have the keys that type nothing and are bound to nothing else.
    """
    messages = tables.get("normal.messages", {})
    if mode == "insert":
        reached = {keys: each for keys, each in messages.items() if not is_printable(keys[0])}
        return [*_present(tables, "insert", "line", "global"), reached]
    own = tables.get("normal.input", {})
    kept = {keys[0] for keys, each in own.items() if not _is_on_text(each.line)}
    given = {keys[0] for keys in messages} - kept
    farther = {keys for name in ("normal", "global") for keys in tables.get(name, {})}
    mine = {
        keys: each
        for keys, each in own.items()
        if keys[0] not in given and not (_is_on_text(each.line) and _goes_beyond(keys, farther))
    }
    return [mine, messages, *_present(tables, "normal", "global")]


def _goes_beyond(keys: tuple[str, ...], others: Container[tuple[str, ...]]) -> bool:
    """Return whether a sequence begins with one of the others, which it hides."""
    return any(keys[:length] in others for length in range(1, len(keys)))


def _is_on_text(line: str) -> bool:
    return line in _BESIDE_A_TEXT or line.split()[0] in ON_TEXT


def _present(tables: Mapping[str, Table], *names: str) -> list[Table]:
    return [tables[name] for name in names if name in tables]
