"""What is told of records while a snapshot of them is on its way."""

from typing import Generic, TypeVar

Record = TypeVar("Record")


class Meanwhile(Generic[Record]):
    """Keeps what is told from the question for a snapshot on: it wins over the answer.

    The answer may have been written before what comes ahead of it here.
    """

    def __init__(self) -> None:
        self._told: dict[str, Record | None] | None = None

    def begin(self) -> None:
        """Note that a snapshot is asked for."""
        self._told = {}

    def told(self, key: str, record: Record | None) -> None:
        """Note what a record is now; None: it is gone."""
        if self._told is not None:
            self._told[key] = record

    def settle(self, snapshot: dict[str, Record]) -> None:
        """Put what was told into the snapshot that has come."""
        for key, record in (self._told or {}).items():
            if record is None:
                snapshot.pop(key, None)
            else:
                snapshot[key] = record
        self._told = None

    def overrule(self, page: dict[str, Record]) -> None:
        """Put what was told of the same into a page of a snapshot, of which more is to come."""
        for key in page.keys() & (self._told or {}).keys():
            record = (self._told or {})[key]
            if record is None:
                del page[key]
            else:
                page[key] = record
