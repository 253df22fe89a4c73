"""What `backendd install` writes, made from its templates."""

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from backendd.cli.failure import CommandFailed

UNIT_FILE = "backendd.service"
BUS_FILE = "org.primitivus.Backend1.service"
DESKTOP_FILE = "primitivus.desktop"


def unit(command: Iterable[str], environment: Mapping[str, str], writable: Iterable[Path]) -> str:
    """Return the unit that runs `command`."""
    program, *arguments = _startable(command)
    # systemd.service(5): `$` means a variable, but not in the path of the program.
    words = [_quote(program), *(_quote(word).replace("$", "$$") for word in arguments)]
    variables = [f"Environment={_quote(f'{name}={text}')}" for name, text in environment.items()]
    return _fill(
        UNIT_FILE,
        EXEC=" ".join(words),
        ENVIRONMENT="\n".join(variables),
        WRITABLE=" ".join(_quote(f"-{path}") for path in writable),
    )


def bus_service(command: Iterable[str], environment: Mapping[str, str]) -> str:
    """Return the file that lets a bus start `command`, or the unit."""
    words = _with_variables(command, environment)
    line = " ".join(shlex.quote(_one_line(word)) for word in words)
    # The file's own escapes come around those of the command line in it.
    return _fill(BUS_FILE, EXEC=line.replace("\\", "\\\\"))


def desktop_entry(command: Iterable[str], environment: Mapping[str, str]) -> str:
    """Return the entry that has a desktop run `command` in a terminal, by itself or for a link."""
    words = _with_variables(command, environment)
    return _fill(DESKTOP_FILE, EXEC=" ".join(map(_quote_for_desktops, words)))


def _with_variables(command: Iterable[str], environment: Mapping[str, str]) -> list[str]:
    words = _startable(command)
    if not environment:
        return words
    return ["/usr/bin/env", *(f"{name}={text}" for name, text in environment.items()), *words]


def _startable(command: Iterable[str]) -> list[str]:
    words = list(command)
    # systemd refuses such a path, however it is quoted; env(1) takes one with = for a variable.
    if set(words[0]) & set("\"'\\="):
        raise CommandFailed(
            f"a program whose path has a quote, \\ or = can't be started: {words[0]}"
        )
    return words


def _fill(name: str, **values: str) -> str:
    text = (_directory() / name).read_text(encoding="utf-8")
    for placeholder, value in values.items():
        line = f"@{placeholder}@"
        text = text.replace(line, value) if value else text.replace(line + "\n", "")
    return text


def _directory() -> Path:
    """Return where the templates are: packed into `backendd.api`, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    packed = package / "api" / "systemd"
    return packed if packed.is_dir() else package.parent / "systemd"


def _quote(word: str) -> str:
    """Return `word` as systemd.syntax(7) wants one with anything in it; `%` is a specifier."""
    escaped = _one_line(word).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _quote_for_desktops(word: str) -> str:
    """Return `word` as the Desktop Entry Specification wants one in Exec: escaped twice."""
    inside = re.sub(r'(["`$\\])', r"\\\1", _one_line(word))
    return '"' + inside.replace("\\", "\\\\").replace("%", "%%") + '"'


def _one_line(word: str) -> str:
    if not word.isprintable():
        raise CommandFailed(f"a path with such characters can't be installed: {word!r}")
    return word
