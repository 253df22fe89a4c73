"""Dino (Debian's dino-im), with one account and one conversation."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

from tests.lab.programs.display import Display
from tests.lab.programs.program import Program
from tests.lab.programs.world import World

PACKAGE = "dino-im"
"""What has to be installed."""

_STATES = ("complete", "in progress", "not started", "failed")
_PATIENT_FOR = 25
_LAST_OFFER = (180, 105)  # from the left of the messages, and from the bottom


class Shared(NamedTuple):
    """A file in the conversation, and where Dino keeps it, once it does."""

    name: str
    state: str
    path: Path | None


class Dino(Program):
    """Dino in a world, for `jid`, in its conversation with `friend`."""

    def __init__(self, world: World, display: Display) -> None:
        super().__init__(world)
        self._display = display
        self._folder = world.scratch.home / ".local/share/dino"

    async def start(self, jid: str, password: str, friend: str) -> None:
        """Return once it is on the screen, with an account that it was never told of."""
        # Its own tables first: each version has others.
        self._begin()
        await self.until(self._has_accounts)
        self.stop()
        with contextlib.closing(sqlite3.connect(self._database)) as db, db:
            db.execute(
                "INSERT INTO account (bare_jid, resourcepart, password, alias, enabled,"
                " roster_version, mam_earliest_synced) VALUES (?, 'dino', ?, '', 1, '', 0)",
                (jid, password),
            )
            db.execute("INSERT INTO jid (bare_jid) VALUES (?)", (friend,))
            db.execute(
                "INSERT INTO conversation (account_id, jid_id, active, last_active, type,"
                " encryption) VALUES (1, last_insert_rowid(), 1, 1, 0, 0)"
            )
        self._begin()
        await self.until(lambda: self._display.windows("Dino"))

    # -- what it has

    def files(self) -> list[Shared]:
        """Return the files of its conversation, oldest first."""
        rows = self._query("SELECT file_name, state, path FROM file_transfer ORDER BY id") or []
        return [
            Shared(name, _STATES[state], self._folder / "files" / path if path else None)
            for name, state, path in rows
        ]

    async def until_file(self, name: str, state: str) -> Shared:
        """Return a file once it is in a state."""

        async def found() -> Shared | None:
            named = (each for each in self.files() if each.name == name and each.state == state)
            return next(named, None)

        return await self.until(found)

    async def until_seen(self, resource: str) -> None:
        """Return once the friend is there with this resource."""

        async def is_seen() -> bool:
            rows = self._query("SELECT resource FROM entity WHERE jid_id = 1") or []
            return (resource,) in rows

        await self.until(is_seen)

    def bodies(self) -> list[str]:
        """Return the texts of its messages, oldest first."""
        return [body for (body,) in self._query("SELECT body FROM message ORDER BY id") or []]

    # -- what its user does

    async def send(self, path: Path) -> None:
        """Send a file to the friend, once they are there; it is on its way soon."""
        main = (await self._display.windows("Dino"))[0]
        chooser = await self._open_chooser(main)
        await self._display.write(chooser, str(path))
        await self._display.press(chooser, "Return")
        await self._display.until_gone(chooser)
        known = len(self.files())

        async def is_sent() -> bool:
            await self._display.press(main, "Return")  # the button "Send" has the focus
            return len(self.files()) > known

        await self.until(is_sent)

    async def _open_chooser(self, main: str) -> str:
        """Return the dialog that asks for a file: it comes once Dino can send one."""
        tries = 0

        async def other() -> str | None:
            nonlocal tries
            if not tries % _PATIENT_FOR:
                await self._display.press(main, "ctrl+u")
            tries += 1
            return next((each for each in await self._display.windows() if each != main), None)

        return await self.until(other)

    async def take_last(self) -> None:
        """Take the file that was offered last, which waits for that."""
        main = (await self._display.windows("Dino"))[0]
        width, height = await self._display.size(main)
        right, up = _LAST_OFFER
        await self._display.click(main, width // 3 + right, height - up)

    # -- how

    @property
    def _database(self) -> Path:
        return self._folder / "dino.db"

    def _begin(self) -> None:
        self.run(["dino-im"], GSK_RENDERER="cairo", GTK_A11Y="none")

    def _query(self, statement: str) -> list[Any] | None:
        """Return rows; None where there is no such table yet."""
        with contextlib.suppress(sqlite3.OperationalError):
            opened = sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)
            with contextlib.closing(opened) as db:
                return db.execute(statement).fetchall()
        return None

    async def _has_accounts(self) -> bool:
        return self._query("SELECT * FROM account") is not None
