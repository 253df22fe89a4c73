"""The settings of the backend: backendd.toml."""

import dataclasses
import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xdg_base_dirs import xdg_config_dirs, xdg_config_home

from backendd.api import toml_lines
from backendd.api.toml_lines import Locator

FILE = Path("primitivus", "backendd.toml")
_TYPES = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


class ConfigError(Exception):
    """Something is wrong in the file; says so with file and line."""

    exit_code = 78  # EX_CONFIG of sysexits.h

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        super().__init__(f"{path}:{line}: {sentence}" if line else f"{path}: {sentence}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a key may be, besides its type."""

    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    is_directory: bool = False


def key(
    default: object,
    meaning: str,
    *,
    choices: tuple[str, ...] = (),
    least: int | None = None,
    most: int | None = None,
    is_directory: bool = False,
) -> Any:  # noqa: ANN401 - stands for a value of any type, as dataclasses.field does
    """Return a field that is a key of the file."""
    limits = Limits(choices, least, most, is_directory)
    return field(default=default, metadata={"meaning": meaning, "limits": limits})


@dataclass(frozen=True, slots=True)
class Backend:
    """The daemon itself."""

    log_level: str = key(
        "info",
        "How much is logged; never message bodies, passwords or keys.",
        choices=("debug", "info", "warning", "error"),
    )


@dataclass(frozen=True, slots=True)
class Connection:
    """The connections to XMPP servers."""

    keepalive_s: int = key(
        30,
        "So many seconds after its last one the server is asked for a sign of life.",
        least=10,
        most=900,
    )
    backoff_max_s: int = key(
        300, "The longest pause between two attempts to connect, in seconds.", least=1, most=86400
    )


@dataclass(frozen=True, slots=True)
class History:
    """What is kept of conversations."""

    archive_page: int = key(
        100, "How many messages are asked of an archive at a time.", least=10, most=1000
    )
    keep_days: int = key(
        0, "After so many days messages are removed here; 0 keeps them for ever.", least=0
    )


@dataclass(frozen=True, slots=True)
class Files:
    """Sent and received files."""

    download_dir: str = key(
        "",
        "Where received files go: an absolute path, or one below ~; empty: XDG_DOWNLOAD_DIR, or "
        "else ~/Downloads.",
        is_directory=True,
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; what the file doesn't say is as declared here."""

    backend: Backend = field(default_factory=Backend)
    connection: Connection = field(default_factory=Connection)
    history: History = field(default_factory=History)
    files: Files = field(default_factory=Files)


@dataclass(frozen=True, slots=True)
class KeyDoc:
    """What is known of a key, for its documentation."""

    table: str
    name: str
    type: str
    default: object
    meaning: str
    limits: Limits


def documentation() -> Iterator[KeyDoc]:
    """Yield every key there is, table by table."""
    for table, declared in _tables().items():
        for item in dataclasses.fields(declared):
            kind = _TYPES[type(item.default)]
            meaning, limits = item.metadata["meaning"], item.metadata["limits"]
            yield KeyDoc(table, item.name, kind, item.default, meaning, limits)


def find(given: Path | None = None) -> Path | None:
    """Return the file to read: the one given, else the first found in the XDG directories."""
    if given is not None:
        return given
    places = [directory / FILE for directory in (xdg_config_home(), *xdg_config_dirs())]
    return next((place for place in places if place.exists()), None)


def load(given: Path | None = None) -> Config:
    """Return the settings of the file `find` names, or the defaults if there is none.

    Raises ConfigError for a file that can't be read, and for what it shouldn't hold.
    """
    path = find(given)
    if path is None:
        return Config()
    try:
        data, locator = toml_lines.load(path)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            path, toml_lines.error_line(error), f"this is no TOML: {error}"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, line, "this is not UTF-8") from error
    except OSError as error:
        raise ConfigError(path, 0, f"can't be read: {error.strerror}") from error
    return _Reader(path, locator).config(data)


class _Reader:
    """Turns what a file holds into a Config."""

    def __init__(self, path: Path, locator: Locator) -> None:
        self._path = path
        self._locator = locator

    def config(self, data: Mapping[str, object]) -> Config:
        tables: dict[str, Any] = {}
        for name, content in data.items():
            declared = _tables().get(name)
            if declared is None:
                what = "table" if isinstance(content, dict) else "key"
                raise self._error(_unknown(what, name, _tables()), name)
            if not isinstance(content, dict):
                raise self._error(f"{name} is a table: write [{name}]", name)
            tables[name] = self._table(name, declared, content)
        return Config(**tables)

    def _table(self, table: str, declared: type[Any], content: Mapping[str, object]) -> object:
        items = {item.name: item for item in dataclasses.fields(declared)}
        for name, value in content.items():
            if name not in items:
                raise self._error(_unknown("key", name, items), table, name)
            trouble = _trouble(items[name], value)
            if trouble:
                raise self._error(f"{name} is {trouble}", table, name)
        return declared(**content)

    def _error(self, sentence: str, *place: str) -> ConfigError:
        return ConfigError(self._path, self._locator.line(*place), sentence)


def _tables() -> dict[str, type[Any]]:
    return {item.name: type(getattr(Config(), item.name)) for item in dataclasses.fields(Config)}


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"unknown {what} {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def _trouble(item: "dataclasses.Field[Any]", value: object) -> str:
    """Return what a value should be, if it isn't."""
    limits: Limits = item.metadata["limits"]
    if type(value) is not type(item.default):
        return _TYPES[type(item.default)]
    return _number(limits, value) if isinstance(value, int) else _text(limits, str(value))


def _number(limits: Limits, value: int) -> str:
    if limits.least is not None and value < limits.least:
        return f"at least {limits.least}"
    if limits.most is not None and value > limits.most:
        return f"at most {limits.most}"
    return ""


def _text(limits: Limits, value: str) -> str:
    if limits.choices and value not in limits.choices:
        return "one of " + ", ".join(limits.choices)
    if limits.is_directory and value and not value.startswith(("/", "~/")):
        return "an absolute path, or one that begins with ~/"
    return ""
