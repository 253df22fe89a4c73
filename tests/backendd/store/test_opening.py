"""Opening: migrations, newer and damaged files."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from backendd.api.errors import StorageError
from backendd.store import migrations
from backendd.store.database import Database
from tests.backendd.store.notes import add, texts


def version(path: Path) -> int:
    db = sqlite3.connect(path)
    (number,) = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return number


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def filled(path: Path, steps: Path) -> None:
    database = await Database.open(path, steps=steps)
    await database.write(add("kept"))
    await database.close()


def test_the_shipped_steps_are_numbered_in_a_row():
    steps = migrations.load()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


async def test_the_shipped_steps_make_a_database(path: Path):
    database = await Database.open(path)
    await database.close()
    assert version(path) == len(migrations.load())


async def test_only_the_missing_steps_are_taken(path: Path, steps: Path):
    await filled(path, steps)
    (steps / "0002_mark.sql").write_text("ALTER TABLE note ADD COLUMN mark INTEGER DEFAULT 7;")
    (steps / "0003_more.sql").write_text("UPDATE note SET text = text || ', moved';")
    database = await Database.open(path, steps=steps)
    rows = await database.read(lambda db: db.execute("SELECT text, mark FROM note").fetchall())
    await database.close()
    assert rows == [("kept, moved", 7)]
    assert version(path) == 3


async def test_a_step_that_fails_leaves_the_one_before(path: Path, steps: Path):
    await filled(path, steps)
    (steps / "0002_good.sql").write_text("CREATE TABLE good (id INTEGER);")
    (steps / "0003_bad.sql").write_text("CREATE TABLE half (id INTEGER); INSERT INTO nowhere;")
    with pytest.raises(sqlite3.OperationalError):
        await Database.open(path, steps=steps)
    assert version(path) == 2
    db = sqlite3.connect(path)
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    db.close()
    assert "good" in tables
    assert "half" not in tables


async def test_a_step_may_remake_a_table_that_others_refer_to(path: Path, steps: Path):
    (steps / "0002_refer.sql").write_text(
        """CREATE TABLE mark (note INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE);
        INSERT INTO note (text) VALUES ('kept'); INSERT INTO mark VALUES (1);"""
    )
    (steps / "0003_remake.sql").write_text(
        """CREATE TABLE fresh (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
        INSERT INTO fresh SELECT id, text FROM note;
        DROP TABLE note; ALTER TABLE fresh RENAME TO note;"""
    )
    database = await Database.open(path, steps=steps)
    marks = await database.read(lambda db: db.execute("SELECT note FROM mark").fetchall())
    await database.close()
    assert marks == [(1,)]


async def test_a_step_that_breaks_references_is_not_taken(path: Path, steps: Path):
    (steps / "0002_broken.sql").write_text(
        "CREATE TABLE mark (note INTEGER REFERENCES note (id)); INSERT INTO mark VALUES (99);"
    )
    with pytest.raises(sqlite3.IntegrityError, match="step 2"):
        await Database.open(path, steps=steps)
    assert version(path) == 1


def test_steps_must_be_numbered_in_a_row(steps: Path):
    (steps / "0003_gap.sql").write_text("")
    with pytest.raises(ValueError, match=r"\[1, 3\]"):
        migrations.load(steps)


async def test_a_database_of_a_newer_version_is_refused_and_not_touched(path: Path, steps: Path):
    await filled(path, steps)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    before = content_of(path)
    with pytest.raises(StorageError, match="made by a newer version"):
        await Database.open(path, steps=steps)
    assert content_of(path) == before


@pytest.mark.parametrize("damage", ["no database", "cut short", "header overwritten"])
async def test_a_damaged_database_is_set_aside_and_a_new_one_made(
    damage: str, path: Path, steps: Path, caplog: pytest.LogCaptureFixture
):
    await filled(path, steps)
    content = content_of(path)
    damaged = {
        "no database": b"this is a letter, not a database\n" * 100,
        "cut short": content[: len(content) // 2],
        "header overwritten": bytes(64) + content[64:],
    }[damage]
    fill(path, damaged)
    database = await Database.open(path, steps=steps)
    kept = ["kept"] if damage == "header overwritten" else []
    assert await database.read(texts) == kept
    assert await database.write(add("new")) == len(kept) + 1
    await database.close()
    aside = database.set_aside
    assert aside is not None
    assert aside.name.startswith("backendd.db.corrupt-")
    assert aside.read_bytes() == damaged
    assert "the database was damaged" in caplog.text
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_several_damaged_ones_are_all_kept(path: Path, steps: Path):
    for number in range(3):
        fill(path, b"damaged %d" % number * 100)
        database = await Database.open(path, steps=steps)
        await database.close()
    kept = {
        aside.read_bytes()[:9]
        for aside in path.parent.glob("*.corrupt-*")
        if not aside.name.endswith(".txt")
    }
    assert kept == {b"damaged 0", b"damaged 1", b"damaged 2"}


async def test_damage_noticed_while_running_is_dealt_with_at_the_next_start(
    path: Path, steps: Path
):
    database = await Database.open(path, steps=steps)
    for number in range(100):
        await database.write(add(f"{number} " + "x" * 3000))
    await database.close()
    with path.open("r+b") as file:  # the far end of it, which opening never reads
        file.seek(-40 * 4096, 2)
        file.write(b"\xff" * 40 * 4096)
    database = await Database.open(path, steps=steps)
    assert database.set_aside is None
    with pytest.raises(StorageError, match="the database is damaged"):
        await database.read(lambda db: db.execute("SELECT count(text || '') FROM note").fetchall())
    await database.close()
    database = await Database.open(path, steps=steps)
    assert database.set_aside is not None
    kept = await database.read(texts)
    assert 0 < len(kept) < 100
    assert kept == [f"{number} " + "x" * 3000 for number in range(len(kept))]
    await database.close()
    database = await Database.open(path, steps=steps)
    assert database.set_aside is None
    await database.close()


async def test_an_empty_file_is_a_new_database(path: Path, steps: Path):
    fill(path, b"")
    database = await Database.open(path, steps=steps)
    await database.close()
    assert database.set_aside is None
    assert version(path) == 1


async def test_only_the_owner_can_read_the_database(path: Path, steps: Path):
    fill(path, b"")
    os.chmod(path, 0o644)
    database = await Database.open(path, steps=steps)
    await database.write(add("a"))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("*.db*")}
    await database.close()
    assert modes == dict.fromkeys(("backendd.db", "backendd.db-wal", "backendd.db-shm"), 0o600)


async def test_how_much_was_in_the_tables_once_is_not_gone_by(path: Path):
    fresh = await plans(path)
    db = sqlite3.connect(path)
    db.execute("ANALYZE")
    db.executemany(
        "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)",
        [("entry", "entry_of_feed", "3 3 1 1"), ("message", "message_in_place", "3 3 1 1")],
    )
    db.commit()
    db.close()
    assert await plans(path) == fresh
    assert await plans(path) == fresh


async def plans(path: Path) -> tuple[list[str], list[str]]:
    """Return which way those who read and who write go from ids to what is there with them."""
    database = await Database.open(path)
    try:
        return await database.read(plan), await database.write(lambda it: plan(it.db))
    finally:
        await database.close()


def plan(db: sqlite3.Connection) -> list[str]:
    return [
        row[3]
        for query in (
            "SELECT * FROM entry WHERE id IN (SELECT value FROM json_each('[1, 2]'))",
            "SELECT m.id FROM message m JOIN seen s ON s.conversation = m.conversation "
            "WHERE m.id IN (1, 2)",
        )
        for row in db.execute(f"EXPLAIN QUERY PLAN {query}")
    ]
