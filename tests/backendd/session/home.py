"""A profile without a bus: its session in this process, on a database that outlives it."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from backendd.api import names, records
from backendd.api.interfaces import Interface, Option, python_name
from backendd.api.introspection import load
from backendd.bus.binding import bind
from backendd.config import Config, History
from backendd.core.frontends import Frontend
from backendd.core.hub import Hub
from backendd.core.profiles import Profile, Settings
from backendd.crypto import vault
from backendd.features.frontends.service import Frontends
from backendd.inbound import INBOUND
from backendd.registry import CONTRIBUTORS, FEATURES, OUTBOUND, OWNERS, SETUP
from backendd.session.backend import Backend
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.missing import Patience
from backendd.session.session import Session
from backendd.store import pages, profiles
from backendd.store.database import Database
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST, Server

T = TypeVar("T")


_numbers = itertools.count(1)


def new_account(server: Server) -> str:
    """Return the name of an account that no other test knows."""
    name = f"u{next(_numbers)}"
    server.add_account(name)
    return name


class Keys:
    """Keeps nothing over a restart, but remembers what it was asked to keep."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def keep(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class NoisyHub(Hub):
    """A hub that keeps what passes, and wakes who waits for something to change."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[object] = []
        self.changed = asyncio.Event()

    def publish(self, event: object) -> None:
        super().publish(event)
        self.events.append(event)
        self.changed.set()

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]


class Harness:
    """One account's session, and what its features see of it, `inside`.

    After `crash` or `leave`, `come_back` makes both anew.
    """

    def __init__(self, directory: Path, server: Server, account: str, *, port: int = 0) -> None:
        self.path = directory / f"{account}.db"
        self.account = account
        self.jid = server.jid(account)
        self.hub = NoisyHub()
        self.keys = Keys()
        self.patience = Patience()
        self.more: tuple[Feature, ...] = ()
        self.inbound = INBOUND
        self.config = Config()
        self._interfaces: dict[str, Interface] = {}
        self.database: Database
        self.session: Session
        self.inside: Home
        self.backend: Backend
        self._settings = Settings(
            host=HOST, port=port or server.port, ca_file=str(server.ca_file), autoconnect=False
        )
        self._password = server.password(account)

    async def open(self, *, archive_page: int = 100, keep_days: int = 0) -> "Harness":
        """Make the profile and its session; not connected yet."""
        history = History(archive_page=archive_page, keep_days=keep_days)
        self.config = replace(self.config, history=history)
        self.database = await Database.open(self.path)
        sealed, key = await vault.create("")
        profile = Profile(
            id=0, uuid=f"uuid-{self.account}", name=self.account, jid=self.jid, is_default=False,
            sealed=sealed.to_bytes(), settings=self._settings,
            xmpp_password=key.encrypt(
                self._password.encode(), f"xmpp-password:uuid-{self.account}"
            ),
        )  # fmt: skip
        await self.database.write(lambda tx: profiles.add(tx.db, profile))
        await self._start()
        return self

    async def _start(self) -> None:
        (profile,) = await self.database.read(profiles.load_all)
        self.backend = Backend(database=self.database, config=self.config)
        features = (*FEATURES, *self.more)
        self.backend.take(each.backend for each in features if each.backend is not None)
        self.backend.part(Frontends).set(":1.1", Frontend())
        owned = {kind: owner for each in self.more for kind, owner in each.owns.items()}
        added = [each for feature in self.more for each in feature.contributors]
        self.inside = Home(
            profile, self.backend, events=self.hub, contributors=(*CONTRIBUTORS, *added),
            owners=OWNERS | owned,
            patience=self.patience, inbound=self.inbound,
        )  # fmt: skip
        self.session = Session(
            self.inside,
            keys=self.keys,
            features=features,
            outbound=(*OUTBOUND, *self.more),
            setup=(SETUP[0], *((each,) for each in self.more), *SETUP[1:]),
        )
        sealed = vault.Sealed.from_bytes(profile.sealed)
        self.session.unlock(await vault.unlock(sealed, ""))

    async def restart_with(
        self, patience: Patience | None = None, *, more: Sequence[Feature] = ()
    ) -> None:
        """Make the session anew, which was not connected yet.

        With other patience, or with `more` features: the last of OUTBOUND, and after the first
        group of SETUP.
        """
        await self.session.stop()
        self.patience = patience or self.patience
        self.more = (*self.more, *more)
        await self._start()

    async def online(self) -> "Harness":
        """Connect; return when the stream is set up."""
        await self.session.connect()
        await self.until(lambda: self.session.is_set_up)
        return self

    async def leave(self) -> None:
        """End as a daemon that is told to stop."""
        await self.session.stop()
        await self.database.close()

    async def crash(self) -> None:
        """End as a daemon that is killed: nothing is said to the server any more."""
        self.cut()
        await self.inside.tasks.stop()
        await self.database.close()

    def cut(self) -> None:
        """Break the connection."""
        stream = self.inside.stream.current
        current = stream._held.current if stream is not None else None
        if current is not None and current.wire is not None:
            current.wire.abort()

    async def come_back(self, *, is_writable: bool = True) -> None:
        """Open the same database in a new session."""
        self.hub = NoisyHub()
        self.database = await Database.open(self.path)
        await self.set_writable(is_writable=is_writable)
        await self._start()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Return what `condition` returns once it is true; looked at whenever an event passes."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    self.hub.changed.clear()
                    result = condition()
                    if isinstance(result, Awaitable):
                        result = await result
                    if result:
                        return result
                    await self.hub.changed.wait()
        except TimeoutError:
            raise AssertionError(f"never came true; events: {self.hub.events[-20:]}") from None

    # -- what frontends do

    def members(self, interface: str) -> list[Any]:
        return [
            part.interfaces()[interface]
            for part in self.session.parts
            if interface in part.interfaces()
        ]

    async def call(self, interface: str, member: str, *args: Any) -> Any:
        """Call a member as the dispatcher does."""
        self.session.require_unlocked()
        contract = self.interface(interface)
        method = next(
            each for each in contract.methods.values() if python_name(each.name) == member
        )
        given = args if len(args) == len(method.in_args) else (*args, {})
        return await bind(contract, self.members(interface)).methods[method.name](given, ":1.1")

    def interface(self, name: str) -> Interface:
        return self._interfaces.get(name) or load(name)

    def declare(self, name: str, member: str, option: Option) -> None:
        """Have an interface say that one of its methods has an option more."""
        interface = self.interface(name)
        method = interface.methods[member]
        *others, options = method.in_args
        more = replace(options, options={**options.options, option.name: option})
        changed = method._replace(in_args=(*others, more))
        self._interfaces[name] = replace(interface, methods={**interface.methods, member: changed})

    async def send(self, peer: str, body: str, **options: Any) -> int:
        return int(await self.call(names.MESSAGES, "send", peer, body, options))

    async def messages(self, peer: str) -> Sequence[records.Message]:
        """Return what is stored, without having the archive asked for more as List does."""
        page = await self.inside.store.read(lambda view: pages.page(view, peer, {}, 500))
        assert page is not None
        return page.messages

    async def page(self, peer: str, **options: Any) -> tuple[list[str], str, bool]:
        """Return bodies, what is older, and whether there is a gap."""
        found, page = await self.call(names.MESSAGES, "list", peer, options)
        return [message.body for message in found], page["older"], page["gap"]

    async def bodies(self, peer: str) -> list[str]:
        return [message.body for message in await self.messages(peer)]

    async def until_bodies(self, peer: str, bodies: Sequence[str]) -> None:
        """Return once the conversation holds just these."""

        found: list[str] = []

        async def are_there() -> bool:
            found[:] = await self.bodies(peer)
            return found == list(bodies)

        try:
            await self.until(are_there)
        except AssertionError:
            raise AssertionError(f"not {bodies}, but {found}") from None

    async def until_message(self, peer: str, body: str, *states: str) -> records.Message:
        async def found() -> records.Message | None:
            for message in await self.messages(peer):
                if message.body == body and (not states or message.state in states):
                    return message
            return None

        return await self.until(found)

    async def conversation(self, peer: str) -> records.Conversation | None:
        found = await self.call(names.MESSAGES, "conversations", {})
        return next((each for each in found if each.peer == peer), None)

    async def count(self, table: str) -> int:
        return await self.database.read(
            lambda db: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        )

    async def execute(self, statement: str, *arguments: object) -> None:
        await self.database.write(lambda tx: tx.db.execute(statement, arguments))

    async def set_writable(self, *, is_writable: bool) -> None:
        """Have SQLite refuse all writes with its own error, or take them again."""
        pragma = f"PRAGMA query_only = {'OFF' if is_writable else 'ON'}"
        await self.database._writer.run(lambda db: db.execute(pragma))

    async def newest_id(self) -> int:
        return await self.inside.store.read(pages.newest_id)


@asynccontextmanager
async def at_home(home: Harness) -> AsyncIterator[Harness]:
    """Leave with the end of the block, however it ends."""
    try:
        yield home
    finally:
        if home.database is not None:
            await home.leave()
