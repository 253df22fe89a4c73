"""The part that keeps who is typing, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.typing.bus import TypingMembers
from backendd.features.typing.service import Typing
from backendd.session.feature import Feature
from backendd.session.home import Home


class TypingPart(Typing):
    """`Typing`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = TypingMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature("typing", TypingPart)
