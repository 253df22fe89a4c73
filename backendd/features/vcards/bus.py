"""VCard and SetVCard, of the Services interface."""

from collections.abc import Mapping

from backendd.api import records
from backendd.api.signature import Plain
from backendd.features.vcards.service import VCards
from backendd.session import addressing
from backendd.session.home import Home


class VCardMembers:
    """What callers see of vCards."""

    def __init__(self, home: Home, service: VCards) -> None:
        self._home = home
        self._vcards = service

    async def v_card(self, jid: str) -> records.VCard:
        whom = (await addressing.correspondent(self._home, jid)).jid if jid else ""
        return await self._vcards.vcard("" if whom == self._home.own else whom)

    async def set_v_card(self, vcard: Mapping[str, Plain]) -> None:
        await self._vcards.change(vcard)
