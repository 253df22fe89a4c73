"""The line of the registry, and the part with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.blog_files.bus import BlogFileMembers
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class BlogFiles(Part):
    """Writes blogs to files, and publishes what stands in some."""

    def __init__(self, home: Home) -> None:
        self._members = BlogFileMembers(home)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}


FEATURE = Feature("blog_files", BlogFiles)
