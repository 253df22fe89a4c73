"""Warnings, of the Manager interface."""

from pathlib import Path

from backendd.api import records
from backendd.store import damage


class StorageMembers:
    """What callers see of the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def warnings(self) -> list[records.Warning]:
        return damage.warnings(self._path)
