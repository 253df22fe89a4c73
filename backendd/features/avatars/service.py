"""Pictures: those of contacts fetched when somebody wants to see them, ours published."""

import asyncio
import os
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.api import regular
from backendd.api.descriptors import Descriptor
from backendd.api.errors import NotSupported, ServerError, UnknownItem
from backendd.api.sealed import sealed
from backendd.core import jid
from backendd.features.avatars import image, stanza, store
from backendd.features.avatars.store import Known, PicturesChanged
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.session.questions import Questions
from backendd.store import rooms
from backendd.store.ledger import Ledger
from backendd.store.view import View

_PATIENCE_S = 18.0  # callers have less than a moment more


class Avatars(Part):
    """Knows who has which picture, and keeps those that were looked at."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asking: Questions[bytes] = Questions(home.tasks)
        self._own = ""  # as PEP had it when we came online, and since
        home.events.subscribe(PicturesChanged, self._on_changed)

    def present(self) -> Iterable[Element]:
        # A server that converts says it itself (XEP-0398 3), and better.
        if self._converts or not self._own:
            return ()
        return (stanza.encode_update(self._own),)

    @property
    def _converts(self) -> bool:
        return self._home.server.may_have(stanza.CONVERSION)

    async def set_up(self, *, resumed: bool) -> None:
        await self._home.store.write(lambda ledger: store.tell(ledger, self._home.own))

    async def avatar(self, whom: str) -> Descriptor:
        """Return somebody's picture as a sealed file; UnknownItem where there is none."""
        home = self._home
        known = await home.store.read(lambda view: _known(view, whom))
        if known is None or not known.hash:
            raise UnknownItem(f"{jid.shown(whom)} has no picture")
        data = await home.store.read(lambda view: store.load_image(view, known.hash))
        if data is not None:
            await home.store.write(lambda ledger: store.use_image(ledger, known.hash))
        else:
            data = await self._fetch(whom, known)
        return sealed("avatar", data)

    async def _fetch(self, whom: str, known: Known) -> bytes:
        async def ask() -> bytes:
            data = await self._ask(whom, known)
            image.check_received(data, known.hash)
            await self._home.store.write(lambda ledger: store.save_image(ledger, known.hash, data))
            return data

        return await self._asking.ask(known, ask, who=jid.shown(whom), timeout=_PATIENCE_S)

    async def _ask(self, whom: str, known: Known) -> bytes:
        if known.way == "pep":
            service = "" if whom == self._home.own else whom
            items = await self._home.pubsub.items.named(stanza.DATA, [known.hash], service=service)
            return stanza.decode_data(items[0].payload if items else None)
        to = None if whom == self._home.own else whom
        answer = await self._home.stream.request("get", to, stanza.ask_vcard())
        return stanza.decode_photo(answer.find(f"{{{stanza.VCARD}}}vCard"))

    async def set_own(self, file: Descriptor) -> None:
        """Publish our picture; an empty file takes it back."""
        data = await asyncio.to_thread(_read, file)
        kind = image.check(data) if data else ""
        digest = image.hash_of(data) if data else ""
        own, pubsub, options = self._home.own, self._home.pubsub, {"access_model": "presence"}
        if data:
            await pubsub.publish(stanza.DATA, stanza.encode_data(data), options=options)
        if not self._converts:
            await self._put_into_vcard(data, kind)

        def settle(ledger: Ledger, _: Element) -> None:
            store.save(ledger, own, digest, "pep")
            if data:
                store.save_image(ledger, digest, data)

        # Last: it is what tells of it.
        told = stanza.encode_metadata(data, kind) if data else stanza.encode_none()
        await pubsub.publish(stanza.METADATA, told, options=options, settle=settle)

    def _on_changed(self, event: PicturesChanged) -> None:
        digest = event.hashes.get(self._home.own, self._own)
        if digest != self._own:
            self._own = digest
            self._home.announce()

    async def _put_into_vcard(self, data: bytes, kind: str) -> None:
        """Have it where clients look that know no PEP; a server without vCards has no such."""
        stream = self._home.stream
        try:
            answer = await stream.request("get", None, stanza.ask_vcard())
        except NotSupported:
            return
        except ServerError as error:
            if error.condition != "item-not-found":
                raise
            before = None
        else:
            before = answer.find(f"{{{stanza.VCARD}}}vCard")
        await stream.request("set", None, stanza.with_photo(before, data, kind))


def _known(view: View, whom: str) -> Known | None:
    """Return which picture somebody has, or a room."""
    of_room = rooms.picture(view, whom)
    return Known(of_room, "vcard") if of_room else store.find(view, whom)


def _read(file: Descriptor) -> bytes:
    """Return what is in a file, and at most one byte more than is taken; FileError."""
    status = os.fstat(file.fileno())
    # The null device is as good as an empty file; of others nobody knows whether there is an end.
    if not os.path.samestat(status, os.stat(os.devnull)):
        regular.check(status, "the picture")
    with os.fdopen(os.dup(file.fileno()), "rb") as opened:
        return opened.read(image.MOST + 1)
