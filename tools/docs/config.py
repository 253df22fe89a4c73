"""docs/config.md: every setting of both programs, from where they are declared."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backendd import config
from backendd.api.settings import Meaning, documentation
from primitivus.config import Settings

_HEAD = """# Settings

<!-- Generated from backendd/config.py and primitivus/config.py by `make docs`; change those. -->

Both files are TOML, and neither has to exist. `$XDG_CONFIG_HOME` is `~/.config` where it isn't set.

## backendd.toml

Read at start from the first of: the file given with `--config`,
`$XDG_CONFIG_HOME/primitivus/backendd.toml`, `primitivus/backendd.toml` in each of
`$XDG_CONFIG_DIRS`. Something unknown or impossible in it is an error: `backendd` says the file, the
line and the nearest known key, and exits with 78.
"""
_FRONTEND = """## primitivus.toml

Read from `$XDG_CONFIG_HOME/primitivus/primitivus.toml`. What is wrong in it is told under
`:messages` and in the view of settings with file and line, and the rest counts.

`:settings` shows all that can be set, and where each value comes from: a value counts as soon as it
is chosen, Esc puts back what was changed there. `:set` changes one by its name. Both last until you
quit; `:save` writes what you changed into this file and leaves the rest of it as it is.
"""


_KINDS = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


def page(_: Path) -> str:
    """Return the page."""
    parts = [_HEAD]
    for table, declared in config.tables().items():
        parts += [f"### [{table}]\n", *_table(declared), ""]
    parts += [_FRONTEND, *_table(Settings), ""]
    return "\n".join(parts)


def _table(declared: type[Any]) -> Iterator[str]:
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    for item in dataclasses.fields(declared):
        meaning = documentation(declared)[item.name]
        kind = _KINDS[type(item.default)] + _range(meaning)
        yield _row(item.name, _words(meaning.choices) or kind, item.default, meaning.doc)


def _row(name: str, kind: str, default: object, meaning: str) -> str:
    shown = str(default).lower() if isinstance(default, bool) else repr(default).replace("'", '"')
    return f"| `{name}` | {kind} | `{shown}` | {meaning} |"


def _words(choices: tuple[str, ...]) -> str:
    return ", ".join(f"`{choice}`" for choice in choices)


def _range(meaning: Meaning) -> str:
    if meaning.least is None:
        return ""
    return f" from {meaning.least}" + (f" to {meaning.most}" if meaning.most is not None else "")
