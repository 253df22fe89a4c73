"""The settings in force beside what the file of settings has now."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from backendd import config
from backendd.api import settings
from backendd.api.records import Configuration, ConfigurationSetting
from backendd.api.toml_lines import Locator
from backendd.config import Config, ConfigError


def configuration(now: Config, given: Path | None) -> Configuration:
    """Return the settings that are in force, and what of them is in the file; it reads the disk.

    `given` is the file that the backend was started with, if it was told one.
    """
    # Where the backend was started is nothing that callers know.
    path = config.find(given.absolute() if given is not None else None)
    data, locator, _ = settings.read(path) if path is not None else ({}, None, None)
    told = _refused(path) if path is not None else ""
    return Configuration(
        file=str(path or config.usual_file()),
        problem=told,
        settings=list(_settings(now, data, locator)),
    )


def _refused(path: Path) -> str:
    """Return why the next start would refuse the file, or nothing."""
    try:
        config.load(path)
    except ConfigError as error:
        return str(error)
    return ""


def _settings(
    now: Config, data: Mapping[str, object], locator: Locator | None
) -> Iterator[ConfigurationSetting]:
    for table, declared in config.tables().items():
        usual, held = declared(), data.get(table)
        written = held if isinstance(held, dict) else {}
        for name, meaning in settings.documentation(declared).items():
            is_there = name in written and locator is not None
            yield ConfigurationSetting(
                table=table,
                name=name,
                doc=meaning.doc,
                value=_text(getattr(getattr(now, table), name)),
                default=_text(getattr(usual, name)),
                written=_text(written[name]) if is_there else "",
                line=locator.line(table, name) if is_there and locator is not None else 0,
            )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
