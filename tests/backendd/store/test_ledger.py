"""A ledger: whose a failure is, and what is told of what was undone."""

from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from backendd.api.errors import StorageError
from backendd.core.hub import Hub
from backendd.store.database import Database
from backendd.store.ledger import Ledger, ProfileStore
from tests.backendd.store.notes import texts

PROFILE = """CREATE TABLE profile (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
INSERT INTO profile VALUES (1, 0);"""


class Kept:
    """A profile's store on a real file, and the notes that were told."""

    def __init__(self, database: Database) -> None:
        hub = Hub()
        self.told: list[str] = []
        hub.subscribe(str, self.told.append)
        self.store = ProfileStore(database, 1, hub)

    async def do(self, *works: Callable[[Ledger], None]) -> None:
        def write(ledger: Ledger) -> None:
            for work in works:
                ledger.apart(partial(work, ledger), "no")

        await self.store.write(write)

    async def stored(self) -> list[str]:
        return await self.store.read(lambda view: texts(view.db))


@pytest.fixture
async def kept(path: Path, steps: Path) -> AsyncIterator[Kept]:
    (steps / "0002_profile.sql").write_text(PROFILE)
    database = await Database.open(path, steps=steps)
    yield Kept(database)
    await database.close()


def tell(ledger: Ledger, items: list[str]) -> Iterable[str]:
    return items


def tell_badly(ledger: Ledger, items: list[str]) -> Iterable[str]:
    ledger.db.execute("INSERT INTO note (text) VALUES ('half')")
    raise KeyError(items[0])


def keep(text: str) -> Callable[[Ledger], None]:
    def work(ledger: Ledger) -> None:
        ledger.db.execute("INSERT INTO note (text) VALUES (?)", (text,))
        ledger.note(tell, text)

    return work


def refused(ledger: Ledger) -> None:
    keep("x")(ledger)
    keep("x")(ledger)  # the texts of notes are unique


def misspelt(ledger: Ledger) -> None:
    keep("x")(ledger)
    ledger.db.execute("SELECT nothing FROM nowhere")


def undecodable(ledger: Ledger) -> None:
    keep("x")(ledger)
    keep("\ud800")(ledger)


def too_big(ledger: Ledger) -> None:
    keep("x")(ledger)
    ledger.db.execute("SELECT zeroblob(1 << 40)")


def full(ledger: Ledger) -> None:
    ledger.db.execute("PRAGMA max_page_count = 1")
    keep("x" * 100_000)(ledger)


def unwritable(ledger: Ledger) -> None:
    ledger.db.execute("PRAGMA query_only = ON")
    keep("x")(ledger)


def without_memory(ledger: Ledger) -> None:
    # What the sqlite3 module makes of SQLITE_NOMEM.
    raise MemoryError


def without_transaction(ledger: Ledger) -> None:
    ledger.db.execute("ROLLBACK")  # as SQLite does by itself after some failures
    raise KeyError("gone")


@pytest.mark.parametrize("work", [refused, misspelt, undecodable, too_big])
async def test_what_a_work_does_wrong_costs_that_work_alone(
    kept: Kept, work: Callable[[Ledger], None]
):
    await kept.do(keep("before"), work, keep("after"))
    assert await kept.stored() == ["before", "after"]
    assert kept.told == ["before", "after"]


@pytest.mark.parametrize("work", [full, unwritable, without_memory, without_transaction])
async def test_what_the_database_fails_with_fails_the_whole_batch(
    kept: Kept, work: Callable[[Ledger], None]
):
    with pytest.raises((StorageError, KeyError)):
        await kept.do(keep("before"), work, keep("after"))
    assert await kept.stored() == []
    assert kept.told == []


async def test_damage_in_the_file_fails_the_whole_batch(kept: Kept, path: Path):
    for number in range(100):
        await kept.do(keep(f"{number} " + "x" * 3000))

    def read_all(ledger: Ledger) -> None:
        ledger.db.execute("SELECT count(text || '') FROM note").fetchall()

    def damage(ledger: Ledger) -> None:
        ledger.db.execute("PRAGMA cache_size = 1")
        damaged = path.with_name(path.name + "-wal")
        damaged.write_bytes(b"\xff" * damaged.stat().st_size)

    before = len(kept.told)
    with pytest.raises(StorageError, match="damaged"):
        await kept.do(keep("one"), damage, read_all)
    assert len(kept.told) == before


async def test_a_note_that_was_made_before_outlives_what_is_undone(kept: Kept):
    def again(ledger: Ledger) -> None:
        ledger.note(tell, "before")
        ledger.note(tell, "undone")
        raise KeyError("no")

    await kept.do(keep("before"), again)
    assert kept.told == ["before"]


async def test_what_can_not_be_told_costs_its_events_alone(kept: Kept):
    def untellable(ledger: Ledger) -> None:
        ledger.db.execute("INSERT INTO note (text) VALUES ('kept')")
        ledger.note(tell_badly, "kept")

    await kept.do(untellable, keep("after"))
    assert await kept.stored() == ["kept", "after"]
    assert kept.told == ["after"]


async def test_what_is_undone_has_no_effects(kept: Kept):
    def with_effect(text: str, error: Exception | None = None) -> Callable[[Ledger], None]:
        def work(ledger: Ledger) -> None:
            ledger.after_commit(lambda: kept.told.append(text))
            if error is not None:
                raise error

        return work

    await kept.do(with_effect("one"), with_effect("undone", KeyError("no")), with_effect("two"))
    assert kept.told == ["one", "two"]


async def test_what_a_profile_that_was_stopped_still_stores_has_no_effects(kept: Kept):
    def work(ledger: Ledger) -> None:
        keep("stored")(ledger)
        ledger.after_commit(lambda: kept.told.append("effect"))

    kept.store.stop()
    await kept.do(work)
    assert await kept.stored() == ["stored"]
    assert kept.told == []
