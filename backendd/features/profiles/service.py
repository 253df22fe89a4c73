"""The profiles of this backend and their sessions."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from backendd.api.errors import (
    BackendError,
    InvalidJid,
    ProfileExists,
    StorageError,
    UnknownProfile,
    WrongPassword,
)
from backendd.api.names import DEFAULT_PROFILE
from backendd.api.tasks import Tasks
from backendd.core import jid
from backendd.core.profiles import Profile, Settings
from backendd.crypto import vault
from backendd.crypto.vault import DataKey, Sealed
from backendd.features.profiles import model
from backendd.session.session import Session
from backendd.store import profiles
from backendd.store.database import Database

log = logging.getLogger(__name__)


class KeySource(Protocol):
    """What may open a profile without being asked: keys kept over a restart, and credentials."""

    kept: Mapping[str, bytes]

    def credential(self, profile: str) -> str | None: ...


class Profiles:
    """Makes, finds and removes profiles. `published` and `withdrawn` are told of each."""

    def __init__(
        self,
        database: Database,
        keys: KeySource,
        make_session: Callable[[Profile], Session],
        *,
        published: Callable[[Session], None],
        withdrawn: Callable[[Session], None],
    ) -> None:
        self._database = database
        self._keys = keys
        self._make_session = make_session
        self._published = published
        self._withdrawn = withdrawn
        self._sessions: dict[str, Session] = {}
        self._promised: set[str] = set()  # names of profiles that are being made or removed
        self._default = ""
        self._tasks = Tasks()

    @property
    def default(self) -> str:
        """The name of the default profile; empty where there is none."""
        return self._default

    def all(self) -> Iterable[Session]:
        """Return the sessions of all profiles."""
        return tuple(self._sessions.values())

    def find(self, profile_key: str) -> Session:
        """Return the session of a profile; UnknownProfile."""
        name = self._default if profile_key == DEFAULT_PROFILE else profile_key
        session = self._sessions.get(name)
        if session is None:
            if profile_key == DEFAULT_PROFILE:
                raise UnknownProfile("there is no profile yet; make one first")
            raise UnknownProfile(f"there is no profile {jid.shown(profile_key)}")
        return session

    async def load(self) -> None:
        """Load all profiles, and unlock those that need no question."""
        for profile in await self._database.read(profiles.load_all):
            try:
                session = self._add(profile)
            except InvalidJid:
                # Damaged where it is stored: the others are as good as ever.
                log.error("the profile %s can't be read", jid.shown(profile.name))  # noqa: TRY400
                continue
            if profile.is_default:
                self._default = profile.name
            await self._unlock_unasked(session)

    async def _unlock_unasked(self, session: Session) -> None:
        profile = session.home.profile
        kept = self._keys.kept.get(profile.vault_id)
        password = self._keys.credential(profile.name) if session.has_password else ""
        try:
            if kept is not None:
                session.unlock(DataKey(kept))
            elif password is not None:
                session.unlock(await vault.unlock(Sealed.from_bytes(profile.sealed), password))
        except WrongPassword:
            log.warning("the credential for the profile %s is not its password", profile.name)
        except StorageError as error:
            log.error("the profile %s stays locked: %s", profile.name, error)  # noqa: TRY400

    def connect_all(self) -> None:
        """Start connecting what is unlocked and wants it."""
        for session in self._sessions.values():
            self.autoconnect(session)

    def autoconnect(self, session: Session) -> None:
        """Start connecting, where the profile is unlocked and wants it."""
        if session.state == "offline" and session.home.profile.settings.autoconnect:
            self._tasks.start(_connect(session), name=f"connect {session.home.profile.name}")

    def _add(self, profile: Profile) -> Session:
        session = self._make_session(profile)
        self._sessions[profile.name] = session
        self._published(session)
        return session

    async def create(
        self,
        name: str,
        address: str,
        xmpp_password: str,
        profile_password: str,
        settings: Mapping[str, Any],
    ) -> Session:
        """Make a profile, unlocked; ProfileExists, InvalidArgument, InvalidJid, FileError."""
        model.check_name(name)
        checked = model.change(Settings(), settings)
        account = jid.own_account(address)
        self._check_free(name)
        self._promised.add(name)
        try:
            return await self._create(name, account, xmpp_password, profile_password, checked)
        finally:
            self._promised.discard(name)

    async def _create(
        self, name: str, account: str, xmpp_password: str, profile_password: str, settings: Settings
    ) -> Session:
        sealed, key = await vault.create(profile_password)
        profile = Profile(
            id=0,
            uuid=str(uuid.uuid4()),
            name=name,
            jid=account,
            is_default=False,
            sealed=sealed.to_bytes(),
            xmpp_password=b"",
            settings=settings,
        )
        profile_id = await self._store(profile, key, xmpp_password)
        stored = await self._database.read(lambda db: profiles.load(db, profile_id))
        session = self._add(stored)
        if stored.is_default:
            self._default = name
        session.unlock(key)
        self.autoconnect(session)
        return session

    def _check_free(self, name: str) -> None:
        if name in self._sessions or name in self._promised:
            raise ProfileExists(f"there is a profile {jid.shown(name)} already")

    async def _store(self, profile: Profile, key: DataKey, xmpp_password: str) -> int:
        # The same words as Session.password_purpose.
        sealed_password = key.encrypt(xmpp_password.encode(), f"xmpp-password:{profile.uuid}")
        complete = replace(profile, xmpp_password=sealed_password)
        return await self._database.write(lambda tx: profiles.add(tx.db, complete))

    async def delete(self, name: str) -> None:
        """Disconnect and remove a profile with its data; UnknownProfile."""
        session = self.find(name)
        name, profile_id = session.home.profile.name, session.home.profile.id
        del self._sessions[name]
        self._promised.add(name)
        try:
            await session.stop()
            await session.lock()
            self._withdrawn(session)
            for part in session.parts:
                await part.removed()
            while await self._database.write(lambda tx: profiles.empty(tx.db, profile_id)):
                pass  # in small parts: others want to write as well
            await self._database.write(lambda tx: profiles.remove(tx.db, profile_id))
        finally:
            self._promised.discard(name)
        left = await self._database.read(profiles.load_all)
        self._default = next((profile.name for profile in left if profile.is_default), "")

    async def set_default(self, name: str) -> None:
        """Make a profile the default one; UnknownProfile."""
        profile_id = self.find(name).home.profile.id
        await self._database.write(lambda tx: profiles.set_default(tx.db, profile_id))
        self._default = name

    async def stop(self) -> None:
        """Close all streams."""
        await self._tasks.stop()
        await asyncio.gather(*(session.stop() for session in self._sessions.values()))


async def _connect(session: Session) -> None:
    try:
        await session.connect()
    except BackendError as error:
        log.warning("%s is not connected: %s", session.home.profile.name, error)
