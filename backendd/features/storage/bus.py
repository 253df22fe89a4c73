"""Warnings and where the data is, of the Manager interface."""

from pathlib import Path

from backendd.api import records, text
from backendd.store import damage


class StorageMembers:
    """What callers see of the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def data_directory(self) -> str:
        return text.clean(str(self._path.absolute().parent))

    @property
    def warnings(self) -> list[records.Warning]:
        return damage.warnings(self._path)
