"""What comes over from a database that is damaged, on real files with real damage."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from backendd.api.errors import StorageError
from backendd.core.encoding import decode
from backendd.core.hub import Hub
from backendd.core.messages import NewMessage
from backendd.core.profiles import Profile
from backendd.crypto import vault
from backendd.store import damage, lanes, messages, outbox, profiles
from backendd.store.database import Database
from backendd.store.ledger import Ledger, ProfileStore

ME, PEER, OTHER = "me@x", "peer@x", "other@x"
COUNT = 400
PAGE = 4096


async def filled(path: Path) -> Profile:
    """Store a profile, messages from two peers in turns, and two that wait to be sent."""
    database = await Database.open(path)
    sealed, key = await vault.create("")
    profile = Profile(
        id=0, uuid="first", name="work", jid=ME, is_default=False, sealed=sealed.to_bytes(),
        xmpp_password=key.encrypt(b"secret", "xmpp-password:first"),
    )  # fmt: skip
    await database.write(lambda tx: profiles.add(tx.db, profile))
    store = ProfileStore(database, 1, Hub())

    def fill(ledger: Ledger) -> None:
        for number in range(COUNT):
            peer = PEER if number % 2 else OTHER
            ids = ((ME, f"s{number}"),)
            text = f"{number} " + "x" * 400
            messages.add(
                ledger,
                NewMessage(
                    peer=peer, body=text, sender=peer, direction="in", source="live", way="live",
                    time=number * 1_000_000, message_id=f"m{number}", archive_ids=ids,
                ),
            )  # fmt: skip
        for number in range(2):
            message_id, _ = messages.add(
                ledger,
                NewMessage(
                    peer=PEER, body=f"mine {number}", sender=ME, direction="out",
                    source="sent", way="sent",
                    time=COUNT * 1_000_000, message_id=f"o{number}", origin_id=f"o{number}",
                    state="pending",
                ),
            )  # fmt: skip
            stanza = decode(
                f"<message to='{PEER}' id='o{number}'><body>mine {number}</body></message>"
            )
            outbox.add(ledger, stanza, 0, lane=lanes.conversation(PEER), message_id=message_id)
        ledger.db.execute("INSERT INTO archive VALUES (1, ?, 's399', 0, 1, 0, 0)", (ME,))
        ledger.db.execute("INSERT INTO stream VALUES (1, 'sm', 'me@x/r', 1, 1, 1, '', 0, 1)")

    await store.write(fill)
    await database.close()
    return profile


def pages_of(path: Path, table: str, *, leaves_only: bool = True) -> list[int]:
    """Return the numbers of the pages of a table, in order of their content."""
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    content = path.read_bytes()
    leaf, interior = b"\x0d", b"\x05"

    def below(number: int) -> Iterable[int]:
        start = (number - 1) * PAGE
        page = content[start : start + PAGE]
        if page[:1] == leaf:
            yield number
            return
        assert page[:1] == interior
        if not leaves_only:
            yield number
        cells = int.from_bytes(page[3:5])
        for cell in range(cells):
            at = int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell])
            yield from below(int.from_bytes(page[at : at + 4]))
        yield from below(int.from_bytes(page[8:12]))

    return list(below(root))


def overwrite(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for number in pages:
            file.seek((number - 1) * PAGE)
            file.write(b"\xff" * PAGE)


async def reopened(path: Path) -> Database:
    damage.mark(path)
    database = await Database.open(path)
    assert database.set_aside is not None
    return database


async def column(database: Database, query: str) -> list[object]:
    return await database.read(lambda db: [row[0] for row in db.execute(query)])


def contents(path: Path) -> list[bytes]:
    return [path.with_name(path.name + ending).read_bytes() for ending in ("", "-wal")]


def said(path: Path) -> str:
    (warning,) = damage.warnings(path)
    return warning.text


async def test_all_but_the_damaged_pages_of_the_history_comes_over(path: Path):
    await filled(path)
    leaves = pages_of(path, "message")
    assert len(leaves) > 20
    overwrite(path, leaves[0], leaves[7], leaves[8], leaves[15])
    database = await reopened(path)
    kept = await column(database, "SELECT id FROM message ORDER BY id")
    bodies = await column(database, "SELECT body FROM message ORDER BY id")
    assert COUNT - 5 * 10 < len(kept) < COUNT
    assert all(
        body.startswith((f"{number - 1} ", "mine"))
        for number, body in zip(kept, bodies, strict=True)
    )
    missing = COUNT + 2 - len(kept)
    assert f"missing are: up to {missing} of message;" in said(path)
    # Where some are missing there is a gap in each conversation, and the archive is asked anew.
    gaps = await column(database, "SELECT id FROM message WHERE gap = 1 ORDER BY id")
    assert len(gaps) == 6
    assert await column(database, "SELECT count(*) FROM archive") == [0]
    (health,) = await column(database, "PRAGMA integrity_check")
    assert health == "ok"
    assert await column(database, "PRAGMA foreign_key_check") == []
    await database.close()


async def test_what_waits_to_be_sent_waits_on_and_the_secrets_fit(path: Path):
    profile = await filled(path)
    overwrite(path, *pages_of(path, "message")[:5])
    database = await reopened(path)
    (restored,) = await database.read(profiles.load_all)
    waiting = await ProfileStore(database, 1, Hub()).read(lambda view: outbox.fresh(view, 10))
    await database.close()
    assert ["mine 0" in each.stanza for each in waiting] == [True, False]
    assert all(each.message for each in waiting)
    assert (restored.name, restored.jid, restored.is_default) == ("work", ME, True)
    assert restored.uuid not in ("", profile.uuid)
    key = await vault.unlock(vault.Sealed.from_bytes(restored.sealed), "")
    purpose = f"xmpp-password:{restored.vault_id}"
    assert key.decrypt(restored.xmpp_password, purpose) == b"secret"


async def test_no_id_is_given_again_though_the_end_of_the_history_is_lost(path: Path):
    await filled(path)
    overwrite(path, *pages_of(path, "message")[-4:])
    database = await reopened(path)
    store = ProfileStore(database, 1, Hub())
    new = NewMessage(
        peer=PEER, body="new", sender=PEER, direction="in", source="live", way="live", time=1
    )
    message_id, _ = await store.write(lambda ledger: messages.add(ledger, new))
    assert message_id == COUNT + 3
    # Their texts are lost, but not the stanzas: they go out all the same.
    waiting = await ProfileStore(database, 1, Hub()).read(lambda view: outbox.fresh(view, 10))
    assert [each.message for each in waiting] == [None, None]
    await database.close()


async def test_conversations_that_are_lost_are_made_anew_from_their_messages(path: Path):
    await filled(path)
    overwrite(path, *pages_of(path, "conversation"))
    database = await reopened(path)
    peers = await column(database, "SELECT peer FROM conversation ORDER BY peer")
    assert peers == [OTHER, PEER]
    assert len(await column(database, "SELECT id FROM message")) == COUNT + 2
    await database.close()


async def test_messages_whose_way_out_is_lost_have_failed(path: Path):
    await filled(path)
    overwrite(path, *pages_of(path, "outbox"))
    database = await reopened(path)
    states = await column(database, "SELECT state FROM message WHERE direction = 'out'")
    assert states == ["failed", "failed"]
    await database.close()


async def test_an_index_that_is_damaged_costs_nothing(path: Path):
    await filled(path)
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'message_in_place'"
        (root,) = db.execute(query).fetchone()
    overwrite(path, root)
    database = await reopened(path)
    assert await column(database, "SELECT count(*) FROM message") == [COUNT + 2]
    assert "all of it could be read" in said(path)
    assert await column(database, "SELECT cursor FROM archive") == ["s399"]
    assert await column(database, "SELECT count(*) FROM stream") == [0]
    await database.close()


async def test_what_is_only_in_the_log_comes_over_and_the_damaged_file_stays_as_it_was(path: Path):
    profile = await filled(path)
    leaf = pages_of(path, "message")[3]
    database = await Database.open(path)
    store = ProfileStore(database, 1, Hub())
    new = NewMessage(
        peer=PEER, body="last", sender=PEER, direction="in", source="live", way="live", time=1
    )
    await store.write(lambda ledger: messages.add(ledger, new))
    crashed = path.with_name("crashed")
    crashed.mkdir()
    for each in path.parent.glob(f"{path.name}*"):
        shutil.copy(each, crashed)
    await database.close()
    path = crashed / path.name
    overwrite(path, leaf)
    before = contents(path)
    database = await reopened(path)
    assert "last" in await column(database, "SELECT body FROM message")
    assert profile.uuid not in await column(database, "SELECT uuid FROM profile")
    await database.close()
    aside = database.set_aside
    assert contents(aside) == before
    names = {each.name.removeprefix(aside.name) for each in crashed.glob(f"{aside.name}*")}
    assert names == {"", "-wal", ".txt"}


@pytest.mark.parametrize("step", ["set_aside", "report", "put_in_place"])
async def test_a_salvage_that_is_interrupted_begins_again(
    step: str, path: Path, monkeypatch: pytest.MonkeyPatch
):
    await filled(path)
    overwrite(path, pages_of(path, "message")[3])
    real: Callable[..., object] = getattr(damage, step)

    def interrupted(*arguments: object) -> None:
        if step == "set_aside":
            real(*arguments)
        raise OSError(5, "as if it had been killed here")

    damage.mark(path)
    with monkeypatch.context() as patch:
        patch.setattr(damage, step, interrupted)
        with pytest.raises(StorageError):
            await Database.open(path)
    database = await Database.open(path)
    assert len(await column(database, "SELECT id FROM message")) > COUNT - 20
    await database.close()
    assert (
        len([each for each in path.parent.glob("*.corrupt-*") if not each.name.endswith(".txt")])
        == 1
    )
    assert not damage.mark_of(path).exists()


async def test_a_database_of_an_earlier_version_is_salvaged_and_then_migrated(
    path: Path, steps: Path
):
    database = await Database.open(path, steps=steps)
    for number in range(200):
        await database.write(
            lambda tx, text=f"{number} {'x' * 300}": tx.db.execute(
                "INSERT INTO note (text) VALUES (?)", (text,)
            )
        )
    await database.close()
    (steps / "0002_mark.sql").write_text("ALTER TABLE note ADD COLUMN mark INTEGER DEFAULT 7;")
    overwrite(path, pages_of(path, "note")[2])
    damage.mark(path)
    database = await Database.open(path, steps=steps)
    assert set(await column(database, "SELECT mark FROM note")) == {7}
    assert len(await column(database, "SELECT id FROM note")) > 150
    await database.close()
