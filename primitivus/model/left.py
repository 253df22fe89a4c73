"""What was written and only a file of this machine has, until something else does."""

from pathlib import Path


class Left:
    """Knows which file has what, to be named at the end of the program."""

    def __init__(self) -> None:
        self._files: dict[object, Path] = {}

    def put(self, what: object, path: Path | None) -> None:
        """Note that a file has this alone; None: nothing has it."""
        if path is not None:
            self._files[what] = path

    def drop(self, what: object) -> None:
        """Note that this is kept elsewhere, or no more wanted."""
        self._files.pop(what, None)

    def files(self) -> list[Path]:
        """Return those that have something, each once."""
        return list(dict.fromkeys(self._files.values()))
