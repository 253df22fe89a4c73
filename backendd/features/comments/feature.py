"""The part that knows what others say of entries, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names, records
from backendd.features.comments import likes, store
from backendd.features.comments.bus import CommentMembers
from backendd.features.comments.likes import Likes
from backendd.features.comments.looking import Looking
from backendd.features.comments.model import Discussed
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import entries
from backendd.store.ledger import Ledger
from backendd.store.view import Contributor


class Comments(Part):
    """Reads comments and likes of what somebody looks at, and of what is the user's."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._looking = Looking(home)
        self._likes = Likes(home)
        self._members = CommentMembers(home, self._likes, self._looking)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    async def compose(self, composition: Composition) -> None:
        await self._likes.compose(composition)

    async def set_up(self, *, resumed: bool) -> None:
        if not resumed:
            self._home.do_soon(self._looking.look_at_ours(), name="look at what is said to us")

    def offline(self) -> None:
        self._looking.offline()

    def replaced(self, ledger: Ledger) -> None:
        ledger.after_commit(self._looking.forget)


FEATURE = Feature(
    "comments",
    Comments,
    contributors=(Contributor(Discussed, entries.TABLE, store.load, to=records.Entry),),
    owns={likes.KIND: likes.OWNER},
)
