"""What the view of settings shows: the lines of all sources."""

import asyncio
from collections.abc import Iterator

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.commands.context import Context
from primitivus.commands.settings.settings_of_backend import (
    AttentionSettings,
    BackendSettings,
    Profiles,
)
from primitivus.commands.settings.settings_of_conversation import ConversationSettings
from primitivus.commands.settings.settings_of_file import FileSettings
from primitivus.commands.settings.settings_of_profile import ProfileSettings
from primitivus.commands.settings.settings_source import Source
from primitivus.model.place import Place
from primitivus.model.setting import SECTIONS, Setting
from primitivus.sentences import tr

SOURCES: tuple[type[Source], ...] = (
    FileSettings,
    AttentionSettings,
    ProfileSettings,
    ConversationSettings,
    Profiles,
    BackendSettings,
)
"""What adds lines, in their order within a section."""


class Listed:
    """The lines of one view, opened at a place."""

    def __init__(self, ctx: Context, place: Place) -> None:
        self._ctx, self._place = ctx, place
        self._sources = [each(ctx, place) for each in SOURCES]
        self._problems: list[str] = []

    async def ask(self) -> None:
        """Fetch what isn't known; what can't be is told among the lines."""
        asked = (each.ask() for each in self._sources)
        found = await asyncio.gather(*asked, return_exceptions=True)
        wrong = [each for each in found if isinstance(each, BaseException)]
        for each in wrong:
            if not isinstance(each, BackendError | LinkError):
                raise each
        self._problems = list({str(each): each for each in wrong})[:1]

    def titles(self) -> dict[str, str]:
        """Return of whom the sections are that are about somebody, by their words."""
        state, place = self._ctx.state, self._place
        account = state.at(place)
        peer = account.name(place.peer) if place.peer else ""
        names = {"profile": account.profile.name, "conversation": peer}
        return {word: f"{SECTIONS[word]}: {name}" for word, name in names.items() if name}

    def settings(self) -> Iterator[Setting]:
        """Yield them as they are now."""
        for problem in self._problems:
            yield Setting(
                "problems",
                tr("not all"),
                problem,
                tr("not all can be shown: {problem}", problem=problem),
            )
        for each in self._sources:
            yield from each.settings()
