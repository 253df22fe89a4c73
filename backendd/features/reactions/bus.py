"""React, of the Messages interface."""

from collections.abc import Sequence

from backendd.features.reactions.service import ReactionsPart


class ReactionsMembers:
    """What callers see of reactions."""

    def __init__(self, service: ReactionsPart) -> None:
        self._reactions = service

    async def react(self, id: int, emojis: Sequence[str]) -> None:
        await self._reactions.react(id, emojis)
