"""docs/config.md: every setting of both programs, from where they are declared."""

import dataclasses
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from backendd import config
from backendd.config import KeyDoc
from primitivus.config import SettingDoc, Settings

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
`:messages` with file and line, and the rest counts. `:set` changes a setting until you quit,
`:save` writes those you changed into this file and leaves the rest of it as it is.
"""


def page(_: Path) -> str:
    """Return the page."""
    parts = [_HEAD]
    for table, keys in groupby(config.documentation(), key=lambda key: key.table):
        parts += [f"### [{table}]\n", *_table(_backend_row(key) for key in keys), ""]
    parts += [_FRONTEND, *_table(_frontend_rows()), ""]
    return "\n".join(parts)


def _table(rows: Iterator[str]) -> Iterator[str]:
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    yield from rows


def _backend_row(key: KeyDoc) -> str:
    limits = key.limits
    kind = " ".join([key.type, *_range(limits.least, limits.most)])
    return _row(key.name, _words(limits.choices) or kind, key.default, key.meaning)


def _frontend_rows() -> Iterator[str]:
    kinds = {str: "a text in quotes", int: "a whole number", bool: "true or false"}
    for item in dataclasses.fields(Settings):
        known: SettingDoc = item.metadata["setting"]
        kind = " ".join([kinds[type(item.default)], *_range(known.minimum or None, None)])
        yield _row(item.name, _words(known.choices) or kind, item.default, known.doc)


def _row(name: str, kind: str, default: object, meaning: str) -> str:
    shown = str(default).lower() if isinstance(default, bool) else repr(default).replace("'", '"')
    return f"| `{name}` | {kind} | `{shown}` | {meaning} |"


def _words(choices: tuple[str, ...]) -> str:
    return ", ".join(f"`{choice}`" for choice in choices)


def _range(least: int | None, most: int | None) -> Iterator[str]:
    if least is not None and most is not None:
        yield f"from {least} to {most}"
    elif least is not None:
        yield f"from {least}"
