"""The part that keeps who is typing, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.typing.bus import TypingMembers
from backendd.features.typing.service import Typing
from backendd.session.part import Feature
from backendd.session.session import Session


class TypingPart(Typing):
    """`Typing`, and what callers see of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._members = TypingMembers(session, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature("typing", TypingPart)
