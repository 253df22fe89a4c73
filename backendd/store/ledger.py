"""A transaction on one profile: what it changes gets a revision, and is told after the commit.

Whoever touches something in a `Ledger` says how that is told. Works that arrive together share one
commit. What only reads gets the superclass of it, a `View`: the connection and the profile.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from backendd.api.errors import BackendError
from backendd.api.values import Value
from backendd.core.hub import Hub
from backendd.core.references import Names, Reference, Speakers, Target
from backendd.crypto.secrets import Secrets
from backendd.store import failures
from backendd.store.database import Database, Transaction
from backendd.store.transaction import Effect
from backendd.store.view import Contributor, Contributors, View

log = logging.getLogger(__name__)

T = TypeVar("T")

Teller = Callable[["Ledger", list[Any]], Iterable[object]]
"""Makes events of what was noted, from what the database holds at the end of the transaction."""


class Owner(Value):
    """Whose business one kind is of what is said: of messages, or of something of the feature's.

    `apply` does what a reference says of a message, and returns False where it isn't meant.
    `takes` is who may say it, `names` who has given the id that they name the message by.
    `settled` and `failed` take note how a stanza of ours ends that was queued as of this kind, by
    its id and why: it has arrived, or isn't sent. `erased` forgets what waits to be said of a
    message that says nothing any more.
    """

    apply: Callable[["Ledger", Target, Reference], bool] = lambda ledger, target, reference: False
    takes: Speakers = "anybody"
    names: Names = "room"
    settled: Callable[["Ledger", str], None] = lambda ledger, stanza_id: None
    failed: Callable[["Ledger", str, BackendError], None] = lambda ledger, stanza_id, why: None
    erased: Callable[["Ledger", int], None] = lambda ledger, message_id: None


class Ledger(View):
    """What the work of one transaction touched.

    Stored before told: events are made at the end of the transaction, of what is stored then,
    and published when it is committed.
    """

    def __init__(
        self,
        transaction: Transaction,
        profile_id: int,
        contributors: Contributors | None = None,
        owners: Mapping[str, Owner] | None = None,
        secrets: Secrets | None = None,
    ) -> None:
        super().__init__(transaction.db, profile_id, contributors or Contributors(), secrets)
        self.owners = owners or {}
        self._notes: dict[tuple[Teller, Any], None] = {}
        self._effects: list[Effect] = []
        row = self.db.execute("SELECT revision FROM profile WHERE id = ?", (profile_id,)).fetchone()
        self._first: int = row[0] if row else 0
        self._revision = self._first

    def revise(self) -> int:
        """Return the next revision of the profile."""
        self._revision += 1
        return self._revision

    def note(self, teller: Teller, item: object) -> None:
        """Have `teller` tell of `item`, once however often it is noted."""
        self._notes[teller, item] = None

    def after_commit(self, effect: Callable[[], None]) -> None:
        """Call `effect` on the event loop once all is committed.

        It is for what may be lost, as it is when the process ends before: what must follow is a
        row.
        """
        self._effects.append(effect)

    def apart(self, action: Callable[[], None], complaint: str) -> bool:
        """Return whether `action` was done; one that fails by its own fault is undone.

        Then it harms no other, tells nothing and has no effects. Raises what the database itself
        fails with, which is no fault of the action: nothing of this transaction may stay.
        """
        try:
            self._undone(action)
        except Exception as error:
            if failures.is_of_database(error) or not self.db.in_transaction:
                raise
            log.exception("%s", complaint)
            return False
        return True

    def attempt(self, action: Callable[[], None]) -> BackendError | None:
        """Return why `action` is refused, of which nothing stays then; None if it was done."""
        try:
            self._undone(action)
        except BackendError as error:
            return error
        return None

    def _undone(self, action: Callable[[], None]) -> None:
        """Do it; where it raises nothing of it stays, unless the database itself has failed."""
        notes, effects = len(self._notes), len(self._effects)
        self.db.execute("SAVEPOINT apart")
        try:
            action()
        except Exception as error:
            if not failures.is_of_database(error) and self.db.in_transaction:
                self.db.execute("ROLLBACK TO apart")
                self._forget_notes_after(notes)
                del self._effects[effects:]
                self.db.execute("RELEASE apart")
            raise
        self.db.execute("RELEASE apart")

    def close(self, hub: Hub) -> list[Effect]:
        """Write the revision; return what is to follow the commit, what is told first."""
        items: dict[Teller, list[Any]] = {}
        for teller, item in self._notes:
            items.setdefault(teller, []).append(item)
        events: list[object] = []
        for teller, noted in items.items():
            told = partial(_extend, events, teller, self, noted)
            self.apart(told, "can't tell what is stored")
        if self._revision != self._first:
            self.db.execute(
                "UPDATE profile SET revision = ? WHERE id = ?", (self._revision, self.profile_id)
            )
        publish: list[Effect] = [partial(_publish, hub, events)] if events else []
        return publish + self._effects

    def _forget_notes_after(self, count: int) -> None:
        while len(self._notes) > count:
            self._notes.popitem()


def _extend(events: list[object], teller: Teller, ledger: Ledger, noted: list[Any]) -> None:
    events += list(teller(ledger, noted))  # all of them, or none where it fails


def _publish(hub: Hub, events: list[object]) -> None:
    for event in events:
        hub.publish(event)


class ProfileStore:
    """The database as one profile sees it, with what features add to it."""

    def __init__(
        self,
        database: Database,
        profile_id: int,
        hub: Hub,
        contributors: Sequence[Contributor] = (),
        owners: Mapping[str, Owner] | None = None,
        secrets: Secrets | None = None,
    ) -> None:
        self._database = database
        self._profile_id = profile_id
        self._hub = hub
        self._contributors = Contributors(contributors)
        self._owners = owners
        self._secrets = secrets or Secrets()
        self._is_stopped = False

    def stop(self) -> None:
        """Have nothing follow any more of what is committed from now on."""
        self._is_stopped = True

    def may_have(self, table: str) -> bool:
        """Return False where there is nothing in a table of contributions, without looking."""
        return self._contributors.may_have(table)

    async def write(self, work: Callable[[Ledger], T]) -> T:
        """Return what `work` returns, once it is committed and told."""

        def run(transaction: Transaction) -> T:
            ledger = Ledger(
                transaction, self._profile_id, self._contributors, self._owners, self._secrets
            )
            result = work(ledger)
            for effect in ledger.close(self._hub):
                transaction.after_commit(partial(self._follow, effect))
            return result

        return await self._database.write(run)

    def _follow(self, effect: Effect) -> None:
        if not self._is_stopped:
            effect()

    async def read(self, work: Callable[[View], T]) -> T:
        """Return what `work` reads."""
        return await self._database.read(lambda db: work(self._view(db)))

    async def read_long(self, work: Callable[[View], T]) -> T:
        """Return what `work` reads, which may take long: who reads meanwhile doesn't wait."""
        return await self._database.read_long(lambda db: work(self._view(db)))

    def _view(self, db: sqlite3.Connection) -> View:
        return View(db, self._profile_id, self._contributors, self._secrets)
