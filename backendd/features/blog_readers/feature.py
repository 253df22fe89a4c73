"""The part that knows who wants to read a blog, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.blog_readers.bus import ReaderMembers, ReaderSignals
from backendd.features.blog_readers.service import Readers
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet


class ServedReaders(Readers):
    """`Readers`, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ReaderMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def tell(self, outlet: Outlet) -> None:
        ReaderSignals(self._home, outlet)


FEATURE = Feature("blog_readers", ServedReaders)
