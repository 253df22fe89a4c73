"""Accept and Reject, of the Files interface."""

from backendd.api.descriptors import Descriptor
from backendd.features.jingle.offers import Offers


class OffersMembers:
    """What callers do with what is offered."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers

    async def accept(self, id: int, directory: str) -> None:
        await self._offers.accept(id, directory)

    async def accept_handle(self, id: int, file: Descriptor) -> None:
        await self._offers.accept_handle(id, file)

    async def reject(self, id: int) -> None:
        await self._offers.reject(id)
