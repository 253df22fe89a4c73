"""What is changed of one profile: its passwords, its settings, its account, its presence."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    InvalidArgument,
    NotAllowed,
    NotConnected,
    ServerError,
    Timeout,
)
from backendd.api.words import WarningWord
from backendd.core import jid, registration
from backendd.crypto import vault
from backendd.crypto.vault import Sealed
from backendd.features.profiles import model
from backendd.session.session import Session
from backendd.store import profiles
from backendd.store.database import Database

WARNING: WarningWord = "password"
PATIENCE_S = 18.0


class Changing:
    """Unlocks and changes profiles; `connect` is called where one may want it from then on."""

    def __init__(
        self,
        database: Database,
        connect: Callable[[Session], None],
        all_sessions: Callable[[], Iterable[Session]],
    ) -> None:
        self._database = database
        self._connect = connect
        self._all_sessions = all_sessions
        self._unlocking = asyncio.Lock()  # guesses cost time one after the other

    async def unlock(self, session: Session, password: str) -> None:
        """Check the profile password, and unlock with it; WrongPassword."""
        async with self._unlocking:
            key = await vault.unlock(Sealed.from_bytes(session.home.profile.sealed), password)
        if session.state == "locked":
            session.unlock(key)
        self._connect(session)

    async def change_password(self, session: Session, old: str, new: str) -> None:
        """Put the same key under another profile password; WrongPassword."""
        async with self._unlocking:
            sealed = await vault.rewrap(Sealed.from_bytes(session.home.profile.sealed), old, new)
        await self._save_secrets(session, sealed.to_bytes(), session.home.profile.xmpp_password)
        session.keep_key()
        session.home.changed("HasPassword")

    async def set_xmpp_password(self, session: Session, password: str) -> None:
        """Replace the stored XMPP password; ProfileLocked."""
        encrypted = session.key.encrypt(password.encode(), session.password_purpose)
        await self._save_secrets(session, session.home.profile.sealed, encrypted)
        session.home.profile = replace(session.home.profile, password_worked=False)
        session.home.warnings.settle(WARNING)
        self._try_again(session)

    async def change_xmpp_password(self, session: Session, password: str) -> None:
        """Give the account another password on its server, then here; NotConnected, NotAllowed."""
        session.key  # noqa: B018 - ProfileLocked, before the server has it
        if not password:
            raise InvalidArgument("an account needs a password")
        local = session.home.account_jid.local
        await self._tell_server(session, registration.change_password(local, password))
        await self.set_xmpp_password(session, password)
        for other in self._all_sessions():
            if other is not session and other.home.own == session.home.own:
                other.home.warnings.add(
                    WARNING,
                    "",
                    f"the password of {session.home.own} was changed in the profile "
                    f"{session.home.profile.name}: give the new one here as well "
                    "(:xmpp-password)",
                )

    async def remove_account(self, session: Session) -> None:
        """Remove the account from its server; the profile stays, and connects no more by itself."""
        session.require_unlocked()
        was_online = session.home.stream.is_online
        try:
            await self._tell_server(session, registration.remove())
        except NotConnected:
            if not was_online:
                raise
            # Some servers end the connection instead of an answer, and say why in their own words.
            await self._require_refusal(session)
        await session.disconnect()
        await self.change_settings(session, {"autoconnect": False})

    async def _require_refusal(self, session: Session) -> None:
        """Return if the server lets the account in no more; ServerError, Timeout."""
        domain = session.home.account_jid.domain
        try:
            await session.connect()
        except AuthenticationFailed:
            return
        except BackendError as error:
            raise Timeout(
                f"{domain} ended the connection: whether the account is removed shows at the next "
                "login"
            ) from error
        raise ServerError(f"{domain} ended the connection, but the account is still there")

    async def _tell_server(self, session: Session, payload: Element) -> None:
        home = session.home
        try:
            await home.stream.request("set", home.account_jid.domain, payload, timeout=PATIENCE_S)
        except Timeout as error:
            raise Timeout(
                f"{home.account_jid.domain} doesn't answer: whether it was done shows at the next "
                "login"
            ) from error
        except ServerError as error:
            if error.condition in ("not-authorized", "forbidden", "not-allowed"):
                raise NotAllowed(f"{error}: ask whoever runs the server") from error
            raise

    def _try_again(self, session: Session) -> None:
        """Connect with what was just changed, where it did not work before."""
        session.renew_account()
        if session.home.stream.last_error[0]:
            self._connect(session)

    async def _save_secrets(self, session: Session, sealed: bytes, xmpp_password: bytes) -> None:
        profile_id = session.home.profile.id
        await self._database.write(
            lambda tx: profiles.save_secrets(
                tx.db, profile_id, sealed=sealed, xmpp_password=xmpp_password
            )
        )
        session.home.profile = replace(
            session.home.profile, sealed=sealed, xmpp_password=xmpp_password
        )

    async def change_settings(self, session: Session, changes: Mapping[str, Any]) -> None:
        """Change settings; InvalidArgument, FileError."""
        settings = model.change(session.home.profile.settings, changes)
        profile_id = session.home.profile.id
        await self._database.write(lambda tx: profiles.save_settings(tx.db, profile_id, settings))
        session.home.profile = replace(session.home.profile, settings=settings)
        session.home.changed("Settings")
        self._try_again(session)

    async def change_account(self, session: Session, address: str) -> None:
        """Make a profile one of another account, while it has nothing of one; NotAllowed."""
        account, profile = jid.own_account(address), session.home.profile
        if account == profile.jid:
            return
        if await self._database.read(lambda db: profiles.is_used(db, profile.id)):
            raise NotAllowed(
                f"the profile {jid.shown(profile.name)} has been in use as "
                f"{jid.shown(profile.jid)}: make another one for {jid.shown(account)}"
            )
        was_connecting = session.state in ("connecting", "waiting")
        await session.change_account(account)
        if was_connecting:
            self._connect(session)

    async def set_presence(self, session: Session, show: str, status: str) -> None:
        """Change the presence shown to contacts, and have it told."""
        profile_id = session.home.profile.id
        await self._database.write(
            lambda tx: profiles.save_presence(tx.db, profile_id, show, status)
        )
        session.home.profile = replace(session.home.profile, show=show, status=status)
        session.home.changed("Show", "Status")
        session.home.announce()
