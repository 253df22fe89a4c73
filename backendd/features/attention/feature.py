"""The part that calls for attention, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.attention import store
from backendd.features.attention.bus import AttentionMembers
from backendd.features.attention.model import Called
from backendd.features.attention.service import AttentionPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.view import Contributor


class ServedAttention(AttentionPart):
    """Calls for attention, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = AttentionMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature(
    "attention",
    ServedAttention,
    contributors=(Contributor(Called, store.TABLE, store.load),),
)
