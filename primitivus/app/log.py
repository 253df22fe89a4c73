"""The log of the program: warnings go into a file, for the terminal is the program's."""

import logging
from pathlib import Path

from xdg_base_dirs import xdg_state_home

from backendd.api.tracebacks import OutlineFormatter

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Log(logging.Handler):
    """Keeps what is logged; the file is there from the first time on that something is."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = self._opened()
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from primitivus.app.log_file import LogFile  # late, with all that it needs: few runs log

        try:
            file = LogFile(self._path)
        except OSError:
            # Nowhere to write is no reason not to chat.
            return logging.NullHandler()
        file.setFormatter(self.formatter)
        return file


def log_path() -> Path:
    """Return where the log is."""
    return xdg_state_home() / "primitivus" / "primitivus.log"


def keep_log() -> None:
    """Log warnings from now on."""
    log = Log(log_path())
    log.setFormatter(OutlineFormatter(_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[log])
