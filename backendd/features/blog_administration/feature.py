"""The part that makes blogs and says whom they are for, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.readers import ReaderLetIn
from backendd.features.blog_administration.belonging import Belonging
from backendd.features.blog_administration.bus import BlogAdministrationMembers
from backendd.features.blog_administration.readers import Readers
from backendd.features.blog_administration.review import Review
from backendd.features.blog_administration.service import Administration
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class BlogAdministrationPart(Part):
    """Has what belongs to blogs follow them, also where that was interrupted."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._belonging = Belonging(home)
        self._review = Review(home, self._belonging)
        administration = Administration(home, self._belonging)
        self._members = BlogAdministrationMembers(
            home, administration, Readers(home, administration, self._belonging)
        )
        home.events.subscribe(ReaderLetIn, self._on_let_in)

    def _on_let_in(self, event: ReaderLetIn) -> None:
        self._belonging.admit_soon(event.feed)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    async def set_up(self, *, resumed: bool) -> None:
        self._home.do_soon(self._go_on(), name="follow blogs")

    async def _go_on(self) -> None:
        await self._review.go_on()
        await self._belonging.follow()


FEATURE = Feature("blog_administration", BlogAdministrationPart)
