"""Passwords of rooms that lay open in a database are forgotten by the step that has them sealed."""

import shutil

from backendd.store.database import Database
from backendd.store.migrations import MIGRATIONS

_BEFORE = "0042"
_HELD = (
    "INSERT INTO profile (id, uuid, name, jid, is_default, sealed, xmpp_password, settings)"
    " VALUES (1, 'u', 'p', 'a@b', 1, x'', x'', '{}')",
    "INSERT INTO room (profile, room, wanted_nick, password) VALUES (1, 'r@s', 'me', 'sesame')",
    "INSERT INTO bookmark (profile, room, name, nick, password, autojoin, id, element)"
    " VALUES (1, 'r@s', 'R', 'me', 'sesame', 1, '', '<c>sesame</c>')",
    "INSERT INTO bookmark (profile, room, name, nick, password, autojoin, id, element)"
    " VALUES (1, 'q@s', 'Q', 'me', '', 1, '', '<c/>')",
    "INSERT INTO invitation (profile, room, sender, reason, password, is_direct, time)"
    " VALUES (1, 'r@s', 'b@b', '', 'sesame', 1, 1)",
)


async def test_passwords_that_lay_open_are_gone_and_all_else_of_their_rooms_is_kept(tmp_path):
    path, steps = tmp_path / "db", tmp_path / "steps"
    steps.mkdir()
    for step in sorted(MIGRATIONS.glob("*.sql")):
        if step.name < _BEFORE:
            shutil.copy(step, steps)
    old = await Database.open(path, steps=steps)
    for statement in _HELD:
        await old.write(lambda tx, statement=statement: tx.db.execute(statement))
    await old.close()
    database = await Database.open(path)
    kept = await database.read(
        lambda db: [
            db.execute("SELECT room, wanted_nick, length(sealed) FROM room").fetchall(),
            db.execute(
                "SELECT room, name, autojoin, element FROM bookmark ORDER BY room"
            ).fetchall(),
            db.execute("SELECT room, sender, length(sealed) FROM invitation").fetchall(),
        ]
    )
    await database.close()
    assert kept == [
        [("r@s", "me", 0)],
        [("q@s", "Q", 1, "<c/>"), ("r@s", "R", 1, "")],
        [("r@s", "b@b", 0)],
    ]
    assert b"sesame" not in path.read_bytes()
