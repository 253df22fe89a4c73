"""Correct and Edits, of the Messages interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.features.corrections.service import CorrectionsPart


class CorrectionsMembers:
    """What callers see of corrections."""

    def __init__(self, service: CorrectionsPart) -> None:
        self._corrections = service

    async def correct(self, id: int, body: str) -> None:
        await self._corrections.correct(id, body)

    async def edits(self, id: int) -> Sequence[records.Edit]:
        return await self._corrections.edits(id)
