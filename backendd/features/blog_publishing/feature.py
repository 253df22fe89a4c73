"""The part that publishes entries, with its members on the bus."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from backendd.api import names, records
from backendd.features.blog_publishing.asking import Asking
from backendd.features.blog_publishing.bus import PublishingMembers
from backendd.features.blog_publishing.nodes import Nodes, published
from backendd.features.blog_publishing.progress import Progress
from backendd.features.blog_publishing.service import Writing
from backendd.features.blog_publishing.unchanged import Unchanged
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Outlet, Part
from backendd.store import publications
from backendd.store.ledger import Ledger
from backendd.store.view import Contributor, View


class Retracting(TypedDict, total=False):
    """What is added to entries."""

    retracting: bool


class PublishingPart(Part):
    """Has the nodes there that an entry needs, and settles what was in doubt."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._nodes = Nodes(home)
        self._unchanged = Unchanged(home)
        self._asking = Asking(home)
        self._progress = Progress(home)
        self._members = PublishingMembers(home, Writing(home), self._progress)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def tell(self, outlet: Outlet) -> None:
        self._progress.tell(outlet)

    def replaced(self, ledger: Ledger) -> None:
        self._nodes.forget()

    async def set_up(self, *, resumed: bool) -> None:
        self._home.do_soon(self._asking.ask(), name="ask for entries")

    async def compose(self, composition: Composition) -> None:
        found = published(composition.stanza, self._home.own)
        if found is not None:
            await self._unchanged.require(composition.stanza.get("id", ""), *found)
            await self._nodes.prepare(*found)


def _load(view: View, ids: Sequence[int]) -> Mapping[int, Retracting]:
    return {each: {"retracting": True} for each in publications.taken_back(view, ids)}


FEATURE = Feature(
    "blog_publishing",
    PublishingPart,
    contributors=(Contributor(Retracting, publications.TABLE, _load, to=records.Entry),),
    owns={publications.KIND: publications.OWNER},
)
