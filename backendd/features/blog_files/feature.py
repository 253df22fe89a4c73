"""The line of the registry, and the part with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.blog_files.bus import BlogFileMembers
from backendd.features.blog_files.exporting import unfinished
from backendd.files.threads import run
from backendd.session.backend import Backend, BackendPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class BlogFiles(Part):
    """Writes blogs to files, and publishes what stands in some."""

    def __init__(self, home: Home) -> None:
        self._members = BlogFileMembers(home)

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}


class Exports(BackendPart):
    """Removes what was left of files that nobody finished writing."""

    def __init__(self, backend: Backend) -> None:
        self._tasks = backend.tasks

    async def load(self) -> None:
        self._tasks.start(run(unfinished().clean), name="remove parts of exports")


FEATURE = Feature("blog_files", BlogFiles, backend=Exports)
