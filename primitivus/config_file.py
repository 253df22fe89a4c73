"""Writing settings into primitivus.toml: what is changed, and nothing else of the user's file."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from primitivus.config import Settings, config_directory, documentation, load_settings
from primitivus.sentences import tr
from primitivus.user_files import Unknown

# A value on its line or lines: strings of four kinds, and words such as true and 700.
_VALUE = "|".join(
    (
        r'"""(?:\\.|(?!""").)*"{3,5}',
        r"'''(?:(?!''').)*'{3,5}",
        r'"(?:\\.|[^"\\\n])*"',
        r"'[^'\n]*'",
        r"[^\s#]+",
    )
)
_TABLE = re.compile(r"^[^\S\n]*\[", re.MULTILINE)


class NotSaved(Exception):
    """Settings could not be written, and the file is as it was; a sentence says why."""


def save(changes: Mapping[str, Any], path: Path | None = None) -> Path:
    """Write settings into the user's file (default: the one that is read at the start).

    Comments, other keys and the order stay. Returns where they are; raises NotSaved.
    """
    path = path or config_directory() / "primitivus.toml"
    try:
        # A file that is a link into somewhere else stays one.
        path = path.resolve()
        before = path.read_bytes().decode() if path.exists() else ""
        _write(path, _changed(before, changes, path))
    except UnicodeDecodeError:
        raise NotSaved(tr("{path} is not UTF-8: nothing was saved", path=path)) from None
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise NotSaved(tr("{path} can't be written: {why}", path=path, why=why)) from None
    return path


def _changed(text: str, changes: Mapping[str, Any], path: Path) -> str:
    """Return the text of a file with other values; NotSaved where that can't be done safely."""
    if path.exists():
        _, problems = load_settings(path)
        wrong = [each for each in problems if not isinstance(each, Unknown)]
        if wrong:
            raise NotSaved(tr("nothing was saved, fix this first: {wrong}", wrong=wrong[0]))
    held = tomllib.loads(text)
    after = text
    for name, value in changes.items():
        after = _replaced(after, name, value) if name in held else _added(after, name, value)
    if _parsed(after) != {**held, **changes}:
        raise NotSaved(
            tr(
                "nothing was saved: {path} is written in a way that is not understood here",
                path=path,
            )
        )
    return after


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _replaced(text: str, name: str, value: object) -> str:
    key = rf"""^([^\S\n]*(?:{name}|"{name}"|'{name}')[^\S\n]*=[^\S\n]*)(?:{_VALUE})"""
    place = re.compile(key, re.MULTILINE | re.DOTALL)
    return place.sub(lambda match: match[1] + _toml(value), text, count=1)


def _added(text: str, name: str, value: object) -> str:
    """Return the text with one more key, behind the others and before the first table."""
    newline = "\r\n" if "\r\n" in text else "\n"
    table = _TABLE.search(text)
    end = table.start() if table else len(text)
    before = text[:end]
    if before and not before.endswith("\n"):
        before += newline
    return f"{before}{name} = {_toml(value)}{newline}{text[end:]}"


def _toml(value: object) -> str:
    # What JSON writes of these types, TOML reads.
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    """Replace the file as a whole, or leave it as it is."""
    from tempfile import mkstemp  # late, with all that it needs: few save

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def differences(before: Settings, now: Settings) -> dict[str, Any]:
    """Return the settings that are other now, by name."""
    return {
        name: getattr(now, name)
        for name in documentation()
        if getattr(now, name) != getattr(before, name)
    }
