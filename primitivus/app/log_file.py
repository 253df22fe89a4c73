"""A log that only we can read; what is too much goes into one file beside it."""

import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 1 << 20


class LogFile(RotatingFileHandler):
    """The file at `path`, whose folder is made with it; OSError where that can't be."""

    def __init__(self, path: Path, *, most: int = LOG_BYTES) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(path, maxBytes=most, backupCount=1, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        # Path.open takes no opener.
        return open(self.baseFilename, "a", encoding=self.encoding, opener=opener)
