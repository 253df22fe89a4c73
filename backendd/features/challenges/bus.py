"""Challenges, of the Services interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.features.challenges.service import Challenges


class ChallengesMembers:
    """What callers see of what has to be answered before something gets through."""

    def __init__(self, challenges: Challenges) -> None:
        self._challenges = challenges

    async def challenges(self) -> Sequence[records.Challenge]:
        return self._challenges.list()

    async def answer_challenge(self, id: str, values: dict[str, list[str]]) -> None:
        await self._challenges.answer(id, values)

    async def decline_challenge(self, id: str) -> None:
        self._challenges.decline(id)
