"""The settings of the backend."""

from backendd.api.records.record import Record, key


class ConfigurationSetting(Record):
    """A setting of the file: what is in force, and what is written there, in which line."""

    table: str = key("s", "")
    name: str = key("s", "")
    doc: str = key("s", "")
    value: str = key("s", "")
    default: str = key("s", "")
    written: str = key("s", "")
    line: int = key("u", 0)


class Configuration(Record):
    """All of them, and which file is read at the start."""

    file: str = key("s", "")
    problem: str = key("s", "")
    settings: list[ConfigurationSetting] = key("aa{sv}", [])
