"""The place of encryption: behind the copies, and in the transaction that stores what it opens."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from backendd.core import clock, xml
from backendd.core.inbound import Arrival
from backendd.session.stages import MessageStage
from tests.backendd.session.passing import ME, PEER, Passing, stanza
from tests.backendd.session.ratchet import ORDER, TABLE, sealed

SENT = "SELECT state FROM message WHERE direction = 'out'"
STEP = "SELECT step FROM ratchet"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "SAVEPOINT", "RELEASE", "COMMIT", "BEGIN")


def message(step: int, content: str, more: str = "") -> str:
    origin = f"<origin-id xmlns='urn:xmpp:sid:0' id='o{step}'/>"
    return (
        f"<message from='{PEER}/r' to='{ME}' type='chat' id='m{step}'>"
        f"{sealed(step, content)}{origin}{more}</message>"
    )


def carbon(text: str) -> str:
    inner = text.replace("<message", "<message xmlns='jabber:client'", 1)
    return (
        f"<message from='{ME}' to='{ME}/here'><received xmlns='urn:xmpp:carbons:2'>"
        f"<forwarded xmlns='urn:xmpp:forward:0'>{inner}</forwarded></received></message>"
    )


async def furnished(path: Path, order=None) -> Passing:
    passing = await Passing(path, order or ORDER).open()
    await passing.database.write(lambda tx: tx.db.execute(TABLE))
    return passing


@pytest.fixture
async def passing(tmp_path: Path) -> AsyncIterator[Passing]:
    passing = await furnished(tmp_path / "x.db")
    yield passing
    await passing.database.close()


BODY = "<body>secret {}</body>"


async def test_what_is_opened_is_stored_as_what_it_says(passing: Passing):
    await passing.take(*(message(n, BODY.format(n)) for n in (1, 2)))
    assert await passing.bodies() == ["secret 1", "secret 2"]
    assert await passing.rows("SELECT DISTINCT encryption FROM message") == [("",)]
    assert await passing.rows(STEP) == [(2,)]


async def test_a_copy_on_another_way_is_never_opened(passing: Passing, caplog):
    first, second = (message(n, BODY.format(n)) for n in (1, 2))
    now = clock.now_us()
    archived = Arrival(stanza(first), "catch_up", now, archive=ME, archive_id="s1")
    await passing.take(first, carbon(second))
    await passing.take(carbon(first), second, archived)
    late = first.replace(
        "</message>",
        f"<delay xmlns='urn:xmpp:delay' from='x' stamp='{xml.format_time(now)}'/></message>",
    )
    await passing.take(late)
    assert await passing.bodies() == ["secret 1", "secret 2"]
    assert not caplog.records


async def test_stages_behind_find_what_was_sealed(passing: Passing):
    await passing.database.write(
        lambda tx: tx.db.execute(
            "INSERT INTO contact (profile, jid, name, groups, subscription, ask, address, revision)"
            " VALUES (1, ?, '', '[]', 'both', 0, '', 0)",
            (PEER,),
        )
    )
    await passing.take(message(1, "<body>hi</body><request xmlns='urn:xmpp:receipts'/>"))
    ((receipt,),) = await passing.rows("SELECT stanza FROM outbox")
    assert "urn:xmpp:receipts" in str(receipt)


async def test_what_can_not_be_opened_costs_itself_alone(passing: Passing, caplog):
    await passing.take(message(2, BODY.format(2)))
    await passing.take(message(1, BODY.format(1)), message(3, BODY.format(3)))
    assert await passing.bodies() == ["secret 2", "secret 3"]
    assert "the key of this message is gone" in caplog.text


async def test_what_can_not_be_stored_is_as_if_it_had_not_been_opened(tmp_path: Path):
    fails = True

    def refuse(ledger, context, envelope, new):
        if fails and new.body == "secret 1":
            raise ValueError("poison")
        return envelope

    last = MessageStage("poison", lambda context, envelope: envelope.new, refuse)
    order = replace(ORDER, messages=(*ORDER.messages, last))
    passing = await furnished(tmp_path / "x.db", order)
    await passing.take(message(1, BODY.format(1)))
    assert (await passing.rows(STEP), await passing.bodies()) == ([], [])
    fails = False
    await passing.take(message(1, BODY.format(1)))
    assert (await passing.rows(STEP), await passing.bodies()) == ([(1,)], ["secret 1"])
    await passing.database.close()


class Deaths:
    """Copies of a database as it would be found if the process had been killed before a write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.found: list[Path] = []

    def watch(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA cache_size = 1")  # have pages written before the commit, as they may be
        db.set_trace_callback(self._before)

    def _before(self, statement: str) -> None:
        if not statement.lstrip().upper().startswith(WRITES):
            return
        death = self._path.parent / f"death{len(self.found)}"
        death.mkdir()
        for name in (self._path.name, f"{self._path.name}-wal"):
            shutil.copy(self._path.parent / name, death / name)
        self.found.append(death / self._path.name)


async def test_killed_between_any_two_writes_state_and_messages_are_there_together(
    tmp_path: Path, passing: Passing
):
    deaths = Deaths(passing.path)
    batches = [(1, 2, 3), (4, 5, 6)]
    await passing.database._writer.run(deaths.watch)
    for batch in batches:
        await passing.take(*(message(n, BODY.format(n)) for n in batch), handled=batch[-1])
    assert len(deaths.found) > 20
    states: dict[int, Path] = {}
    for death in deaths.found:
        with closing(sqlite3.connect(death)) as db:
            (step,) = db.execute("SELECT coalesce(max(step), 0) FROM ratchet").fetchone()
            (count,) = db.execute("SELECT count(*) FROM message").fetchone()
            (handled,) = db.execute("SELECT handled FROM stream").fetchone()
        assert step == count == handled
        states[handled] = death
    assert set(states) == {0, 3}
    for handled, death in states.items():
        again = await Passing(death, ORDER).open()
        await again.take(*(message(n, BODY.format(n)) for n in range(handled + 1, 7)), handled=6)
        assert await again.bodies() == [f"secret {n}" for n in range(1, 7)]
        await again.database.close()
