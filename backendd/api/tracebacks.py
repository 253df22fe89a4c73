"""Where an exception came from, and not what it says: that may quote what others wrote."""

import errno
import logging
import traceback
from collections.abc import Iterator
from typing import Any


class OutlineFormatter(logging.Formatter):
    """Shows of exceptions their types and frames."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - logging's name
        """Return the outline of what `sys.exc_info` gave."""
        return outline(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record, whatever another handler made of its exception."""
        record.exc_text = None
        return super().format(record)


def outline(error: BaseException) -> str:
    """Return types and frames of `error` and of what caused it, as a traceback has them."""
    return "\n".join(_lines(error, set()))


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _lines(cause, seen)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    for frame in traceback.format_tb(error.__traceback__):
        yield frame.rstrip("\n")
    yield _name(error)
    for each in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield "among them:"
        yield from _lines(each, seen)


def _name(error: BaseException) -> str:
    # What an operating system or SQLite calls its error is a word of a fixed list.
    code = getattr(error, "sqlite_errorname", None) or errno.errorcode.get(
        getattr(error, "errno", None) or 0
    )
    return f"{type(error).__qualname__} ({code})" if code else type(error).__qualname__
