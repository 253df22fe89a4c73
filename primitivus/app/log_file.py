"""A log that only we can read; what is too much goes into one file beside it."""

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 1 << 20


class LogFile(RotatingFileHandler):
    """The file at `path`, whose folder is made with it; OSError where that can't be."""

    def __init__(self, path: Path, *, most: int = LOG_BYTES) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(path, maxBytes=most, backupCount=1, encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Leave out what can't be written, as where the disk is full: stderr is the screen."""

    def close(self) -> None:
        """Let go of the file, whether or not it has taken all."""
        with suppress(OSError):
            super().close()

    def _open(self) -> TextIOWrapper:
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        # Path.open takes no opener.
        return open(self.baseFilename, "a", encoding=self.encoding, opener=opener)
