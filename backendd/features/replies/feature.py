"""The part that knows replies, with its option on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.replies import store
from backendd.features.replies.bus import RepliesMembers
from backendd.features.replies.model import KIND, Replied
from backendd.features.replies.service import RepliesPart
from backendd.session.feature import Feature
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class ServedReplies(RepliesPart):
    """Replies, and what callers see of them."""

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: RepliesMembers()}


FEATURE = Feature(
    "replies",
    ServedReplies,
    contributors=(
        Contributor(
            Replied, store.TABLE, store.load, repeats=True, fold=store.fold, quotes="target"
        ),
    ),
    owns={KIND: Owner(store.apply)},
)
