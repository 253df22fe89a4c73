"""Our nickname: told to the server when the setting is another one, and not over again.

So one that another client sets later stays, until the user changes the setting here.
"""

import asyncio
import logging

from backendd.api.errors import BackendError, NotConnected, StorageError, UnknownItem
from backendd.api.words import WarningWord
from backendd.core.profiles import ProfileChanged
from backendd.features.nicknames import stanza, store
from backendd.session.home import Home
from backendd.session.part import Part

log = logging.getLogger(__name__)

WARNING: WarningWord = "nickname"


class Nicknames(Part):
    """Keeps what contacts call themselves, and tells what the user wants to be called."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._telling = asyncio.Lock()
        home.events.subscribe(ProfileChanged, self._on_changed)

    async def set_up(self, *, resumed: bool) -> None:
        await self._tell()

    def _on_changed(self, event: ProfileChanged) -> None:
        if "Settings" in event.properties and self._home.stream.is_online:
            self._home.do_soon(self._tell(), name="tell the nickname")

    async def _tell(self) -> None:
        home = self._home
        async with self._telling:
            wanted = home.profile.settings.nickname
            if wanted == await home.store.read(store.told):
                return
            try:
                await self._publish(wanted)
            except (NotConnected, StorageError):
                return  # the next stream tells it
            except BackendError as error:
                log.warning("%s: the nickname can't be told: %s", home.profile.name, error)
                said = f"your nickname can't be told to your contacts: {error}"
                home.warnings.add(WARNING, home.own, said)
                return
            home.warnings.settle(WARNING, home.own)
            await home.store.write(lambda ledger: store.save_told(ledger, wanted))

    async def _publish(self, nick: str) -> None:
        pubsub = self._home.pubsub
        if nick:
            options = {"access_model": "presence"}
            await pubsub.publish(stanza.NODE, stanza.encode(nick), options=options)
            return
        try:
            await pubsub.retract(stanza.NODE, stanza.ITEM)
        except UnknownItem:
            return  # there is none
