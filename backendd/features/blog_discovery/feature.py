"""The part that finds blogs, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.blog_discovery.bloggers import CONTRIBUTOR, Bloggers
from backendd.features.blog_discovery.bus import BlogDiscoveryMembers
from backendd.features.blog_discovery.directory import Directory
from backendd.features.blog_discovery.followed import Followed
from backendd.features.blog_discovery.naming import Naming
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger


class BlogDiscoveryPart(Part):
    """Lists the blogs of services, and tells of contacts who have one."""

    def __init__(self, home: Home) -> None:
        directory = Directory(home)
        self._naming = Naming(home)
        self._members = BlogDiscoveryMembers(home, directory, Bloggers(home), Followed(home))

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def replaced(self, ledger: Ledger) -> None:
        ledger.after_commit(self._naming.forget)


FEATURE = Feature("blog_discovery", BlogDiscoveryPart, contributors=(CONTRIBUTOR,))
