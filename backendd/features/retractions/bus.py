"""Retract, of the Messages interface, and Moderate, of that of rooms."""

from backendd.features.retractions.service import RetractionsPart


class RetractionsMembers:
    """What callers see of retractions."""

    def __init__(self, service: RetractionsPart) -> None:
        self._retractions = service

    async def retract(self, id: int) -> None:
        await self._retractions.retract(id)


class ModerationMembers:
    """What callers see of the moderation of rooms."""

    def __init__(self, service: RetractionsPart) -> None:
        self._retractions = service

    async def moderate(self, room: str, message_id: int, reason: str) -> None:
        await self._retractions.moderate(room, message_id, reason)
