"""Asking a room to take back what somebody said there."""

from backendd.api.contract import Rooms
from primitivus.client.part import Access, Part


class Retractions(Part):
    """Moderates rooms for the commands."""

    def __init__(self, access: Access) -> None:
        self._rooms = access.interface(Rooms)

    async def moderate(self, room: str, message_id: int, reason: str) -> None:
        """Have a room take back a message; it is told when the room does."""
        await self._rooms.moderate(room, message_id, reason)
