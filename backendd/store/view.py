"""The reading side of a profile's store, and what features add to what is read.

What a feature adds to messages, conversations and contacts it keeps in tables of its own. Its
`Contributor` loads the keys for all that are read at once, wherever that is; in a record they are
its `more`, on the bus keys like others. Whoever writes such a table has the record told anew
(`changes.contributed` for messages). What is so just now and stored nowhere is `Part.live`.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from backendd.api import records
from backendd.api.records import Record
from backendd.api.signature import Plain
from backendd.api.values import Value
from backendd.crypto.secrets import Secrets

Load = Callable[["View", Sequence[Any]], Mapping[Any, Mapping[str, Any]]]
"""Returns the keys that a feature adds to some records, by what each is of.

That is the id of a message or of a conversation, or the JID of a contact.
"""


Fold = Callable[[Any, int, int, bool], None]
"""Merges, in a ledger, what is added to one message into what is added to another.

At last it is given whether the text of the first is the newer one.
"""

K = TypeVar("K", int, str)

MOST_QUOTING = 200
"""How many messages are told anew when the one that they quote says something else."""


class Contributor(Value):
    """What a feature adds to the records of messages, conversations or contacts.

    `keys` is a TypedDict of what it adds; `table` is where that is kept, with a `profile` in each
    row, and with the `message` if it adds to those. Whoever writes there has it told
    (`changes.contributed`, or `touch` of the others). `repeats`: what is there repeats what its
    message says, and goes when that is erased. `of_text`: it is of the text that a message has, and
    another text brings its own. `fold`: what a correction adds is merged with what its message has.
    `quotes` is a column for another message, whose text the keys repeat: they are told anew
    when that says something else. `authors` is a column for by whom each row is, of whom nothing
    shows while the user ignores them.
    """

    keys: type
    table: str
    load: Load
    to: type[Record] = records.Message
    repeats: bool = False
    of_text: bool = False
    fold: Fold | None = None
    quotes: str = ""
    authors: str = ""


class Contributors:
    """Those of one profile. Tables in which the profile has nothing are not asked."""

    def __init__(self, contributors: Sequence[Contributor] = ()) -> None:
        self._all = contributors
        # Reader and writer know it in threads of their own. The writer notes a use before it is
        # committed, and nothing takes that back: no reader can miss what it can see.
        self._used: dict[str, bool] = {}

    def uses(self, table: str) -> None:
        """Take note that the profile has something in `table`."""
        self._used[table] = True

    def may_have(self, table: str) -> bool:
        """Return False where the profile is known to have nothing in `table`."""
        return self._used.get(table, True)

    def load(self, view: "View", to: type[Record], ids: Sequence[K]) -> dict[K, dict[str, Plain]]:
        """Return what is added to the records `to` of these ids, by id."""
        found: dict[K, dict[str, Plain]] = {}
        for each in self._all if ids else ():
            if each.to is to and self._is_used(view, each.table):
                for owner, keys in each.load(view, ids).items():
                    found.setdefault(owner, {}).update(keys)
        return found

    def move(self, view: "View", message_id: int, to: int, *, is_newer: bool) -> None:
        """Have what is added to one message be another's, whose text `is_newer` or older.

        What that has itself stays, unless it is up to what is added.
        """
        for each in self._all:
            if each.fold is not None:
                each.fold(view, message_id, to, is_newer)
            elif each.to is records.Message:
                view.db.execute(
                    f"UPDATE OR IGNORE {each.table} SET message = ? WHERE message = ?",
                    (to, message_id),
                )
            if each.quotes:
                view.db.execute(
                    f"UPDATE {each.table} SET {each.quotes} = ? WHERE {each.quotes} = ?",
                    (to, message_id),
                )

    def quoting(self, view: "View", message_id: int) -> list[int]:
        """Return the messages whose keys repeat what this one says, the newest of very many."""
        return [
            row[0]
            for each in self._all
            if each.quotes and self._is_used(view, each.table)
            for row in view.db.execute(
                f"SELECT message FROM {each.table} WHERE {each.quotes} = ? "
                "ORDER BY message DESC LIMIT ?",
                (message_id, MOST_QUOTING),
            )
        ]

    def by(self, view: "View", author: str, most: int) -> list[int]:
        """Return the messages to which somebody has added something, the newest of very many."""
        return [
            row[0]
            for each in self._all
            if each.authors and self._is_used(view, each.table)
            for row in view.db.execute(
                f"SELECT message FROM {each.table} WHERE profile = ? AND {each.authors} = ? "
                "ORDER BY message DESC LIMIT ?",
                (view.profile_id, author, most),
            )
        ]

    def outdate(self, view: "View", message_id: int) -> None:
        """Remove what is of the text of a message, which counts no more."""
        for each in self._all:
            if each.of_text:
                view.db.execute(f"DELETE FROM {each.table} WHERE message = ?", (message_id,))

    def erase(self, view: "View", message_id: int) -> None:
        """Remove what repeats the text of a message."""
        for each in self._all:
            if each.repeats:
                view.db.execute(f"DELETE FROM {each.table} WHERE message = ?", (message_id,))

    def _is_used(self, view: "View", table: str) -> bool:
        is_used = self._used.get(table)
        if is_used is None:
            query = f"SELECT EXISTS (SELECT 1 FROM {table} WHERE profile = ?)"
            (exists,) = view.db.execute(query, (view.profile_id,)).fetchone()
            is_used = self._used.setdefault(table, bool(exists))
        return is_used


class View:
    """What is stored of one profile, within one transaction."""

    def __init__(
        self,
        db: sqlite3.Connection,
        profile_id: int,
        contributors: Contributors,
        secrets: Secrets | None = None,
    ) -> None:
        self.db = db
        self.profile_id = profile_id
        self.contributors = contributors
        self.secrets = secrets or Secrets()

    @property
    def revision(self) -> int:
        """The revision that the profile has, as of the last transaction that wrote."""
        query = "SELECT revision FROM profile WHERE id = ?"
        (found,) = self.db.execute(query, (self.profile_id,)).fetchone()
        return int(found)
