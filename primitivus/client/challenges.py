"""What has to be answered before something gets through, as the backend tells it."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.contract import Services
from backendd.api.names import SERVICES
from backendd.api.records import Challenge
from primitivus.client.unanswered import UnansweredPart
from primitivus.model.questions.challenges import ChallengeQuestion, Challenges


class ChallengesPart(UnansweredPart[Services, Challenge, Challenges]):
    """Follows those of an account."""

    contract: ClassVar[type[Services]] = Services
    signal: ClassVar[tuple[str, str]] = (SERVICES, "ChallengesChanged")
    record: ClassVar[type[Challenge]] = Challenge
    question: ClassVar[type[ChallengeQuestion]] = ChallengeQuestion

    async def listed(self) -> Sequence[Challenge]:
        return await self.calls.challenges()
