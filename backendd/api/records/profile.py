"""How it stands with a profile."""

from backendd.api.records.record import Record, key
from backendd.api.words import WarningWord


class Warning(Record):
    """Something that doesn't work as it should, or was lost."""

    word: WarningWord = key("s", "")
    subject: str = key("s", "")
    text: str = key("s", "")
    time: int = key("x", 0)
