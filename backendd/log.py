"""The log: to the journal under systemd, to stderr otherwise, and nobody's words in it.

A record says what happened to which message, never what it said. Our own code sees to that; what
libraries say about the data they handle is cut down to their own words, and of an exception only
its type and where it came from is told.
"""

import logging
import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

from backendd.api.tracebacks import OutlineFormatter

# sd-daemon(3): what a line begins with says how grave it is.
_PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.DEBUG, 7))
_TALKATIVE = ("slixmpp", "dbus_next", "aiosqlite", "asyncio")
# In sentences already filled in: dbus-next speaks through the root logger, as nobody else does,
# and asyncio shows the arguments of callbacks and the results of tasks.
_FILLED_IN = ("root", "asyncio")
_HANDLING_DATA = ("slixmpp", "dbus_next", "aiosqlite", *_FILLED_IN)
# Control characters and changes of direction could make a terminal show something else. The layer
# of `backendd.api.text` is above this one.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PLACEHOLDER = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


def set_up(level: str, stream: TextIO = sys.stderr) -> None:
    """Log records from `level` (`debug info warning error`) on to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_cut_down)
    handler.setFormatter(JournalFormatter() if is_journal(stream) else PlainFormatter())
    root = logging.getLogger()
    for former in root.handlers[:]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    # At debug these tell every stanza, call and statement, arguments and all.
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def is_journal(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether `stream` leads to the journal, as `$JOURNAL_STREAM` says (systemd.exec(5))."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


class PlainFormatter(OutlineFormatter):
    """Time, level, who, what; a line each, tracebacks below."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        # A line end in what a record tells would let others write lines of our log.
        record.message = record.message.replace("\n", "\\n")
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text of a record, without anything that steers a terminal."""
        return _UNSAFE.sub("", super().format(record))


class JournalFormatter(PlainFormatter):
    """As the journal wants it: it knows the time, and takes the level from `<N>` in each line."""

    def __init__(self) -> None:
        super().__init__()
        self._style = logging.PercentStyle("%(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text of a record, each line with its priority."""
        prefix = next(
            (f"<{number}>" for level, number in _PRIORITIES if record.levelno >= level), ""
        )
        return "\n".join(prefix + line for line in super().format(record).splitlines())


def _cut_down(record: logging.LogRecord) -> bool:
    if record.name.partition(".")[0] not in _HANDLING_DATA:
        return True
    # The values a library puts into its sentences may be stanzas, and so may an exception's text.
    if record.name in _FILLED_IN:
        said = f"{record.levelname.lower()} in {record.module}.{record.funcName}"
    elif isinstance(record.msg, str):
        said = _PLACEHOLDER.sub("...", record.msg)
    else:
        said = type(record.msg).__name__
    if record.exc_info and record.exc_info[0] is not None:
        said = f"{said} ({record.exc_info[0].__name__})"
    is_ours = record.name == "asyncio"  # what failed in the loop is our own code
    record.msg, record.args, record.exc_text = said, (), None
    record.exc_info = record.exc_info if is_ours else None
    return True
