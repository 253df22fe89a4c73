"""The settings of the backend: backendd.toml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

from xdg_base_dirs import xdg_config_dirs, xdg_config_home

from backendd.api import settings
from backendd.api.settings import Problem, documentation, setting, trouble, unknown
from backendd.api.toml_lines import Locator
from backendd.api.values import Value, field

FILE = Path("primitivus", "backendd.toml")


class ConfigError(Exception):
    """Something is wrong in the file; says so with file and line."""

    exit_code = 78  # EX_CONFIG of sysexits.h


class Backend(Value):
    """The daemon itself."""

    log_level: str = setting(
        "info",
        "How much is logged; never message bodies, passwords or keys.",
        choices=("debug", "info", "warning", "error"),
    )


class Connection(Value):
    """The connections to XMPP servers."""

    keepalive_s: int = setting(
        30,
        "After this many seconds of silence the server is asked for a sign of life.",
        least=10,
        most=900,
    )
    backoff_max_s: int = setting(
        300, "The longest pause between two attempts to connect, in seconds.", least=1, most=86400
    )


class History(Value):
    """What is kept of conversations."""

    archive_page: int = setting(
        100, "How many messages are asked of an archive at a time.", least=10, most=1000
    )
    keep_days: int = setting(
        0, "Messages are removed here after this many days; 0 keeps them for ever.", least=0
    )


class Files(Value):
    """Sent and received files."""

    download_dir: str = setting(
        "",
        "Where received files go: an absolute path, or one below ~; empty: XDG_DOWNLOAD_DIR, or "
        "else ~/Downloads.",
        is_directory=True,
    )
    fetch_up_to_mb: int = setting(
        0,
        "Files of contacts up to so many megabytes are fetched as they come, from where that is "
        "safe; 0: none is, before you ask for it.",
        least=0,
        most=10_000,
    )


class Notifications(Value):
    """What is shown by the desktop of what comes in."""

    desktop: bool = setting(True, "Show what comes as a desktop notification while nobody looks.")
    text: bool = setting(True, "Show in it what a message says, not only who sent it.")
    quiet_from: int = setting(
        0,
        "From this hour on, by the local clock, nothing calls for attention, unless :quiet-time "
        "(SetQuietTime) said otherwise.",
        least=0,
        most=23,
    )
    quiet_to: int = setting(
        0, "Until this hour; the same as quiet_from: no quiet time.", least=0, most=23
    )


class Config(Value):
    """All settings; what the file doesn't say is as declared here."""

    backend: Backend = field(default_factory=Backend)
    connection: Connection = field(default_factory=Connection)
    history: History = field(default_factory=History)
    files: Files = field(default_factory=Files)
    notifications: Notifications = field(default_factory=Notifications)


def tables() -> dict[str, type[Any]]:
    """Return what declares the settings of each table."""
    declared: dict[str, type[Any]] = get_type_hints(Config)
    return declared


def find(given: Path | None = None) -> Path | None:
    """Return the file to read: the one given, else the first found in the XDG directories."""
    if given is not None:
        return given
    places = [directory / FILE for directory in (xdg_config_home(), *xdg_config_dirs())]
    return next((place for place in places if place.exists()), None)


def usual_file() -> Path:
    """Return the file that is read before all others."""
    return xdg_config_home() / FILE


def load(given: Path | None = None) -> Config:
    """Return the settings of the file `find` names, or the defaults if there is none.

    Raises ConfigError for a file that can't be read, and for what it shouldn't hold.
    """
    path = find(given)
    if path is None:
        return Config()
    data, locator, problem = settings.read(path)
    if problem is not None or locator is None:
        line = problem.line if problem is not None else 0
        raise ConfigError(str(Problem(path, line, str(problem))))
    return _Reader(path, locator).config(data)


class _Reader:
    """Turns what a file holds into a Config."""

    def __init__(self, path: Path, locator: Locator) -> None:
        self._path = path
        self._locator = locator

    def config(self, data: Mapping[str, object]) -> Config:
        read: dict[str, Any] = {}
        for name, content in data.items():
            declared = tables().get(name)
            if declared is None:
                what = "table" if isinstance(content, dict) else "key"
                raise self._error(unknown(what, name, tables()), name)
            if not isinstance(content, dict):
                raise self._error(f"{name} has to be a table: write [{name}]", name)
            read[name] = self._table(name, declared, content)
        return Config(**read)

    def _table(self, table: str, declared: type[Any], content: Mapping[str, object]) -> object:
        known = documentation(declared)
        for name, value in content.items():
            if name not in known:
                raise self._error(unknown("key", name, known), table, name)
            if sentence := trouble(declared, name, value):
                raise self._error(sentence, table, name)
        return declared(**content)

    def _error(self, sentence: str, *place: str) -> ConfigError:
        return ConfigError(str(Problem(self._path, self._locator.line(*place), sentence)))
