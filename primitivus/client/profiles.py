"""Which profiles the backend has, of those that are to be shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from backendd.api.names import PROFILE
from primitivus.client.bus import Bus
from primitivus.client.door import Ending, ProfileRemoved, UnknownProfileName
from primitivus.model.accounts.profile import Profile, update
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr

Properties = Mapping[str, Any]


class Profiles:
    """Reads them from the bus; with a name `wanted`, the one called so and no other."""

    def __init__(self, bus: Bus, wanted: str) -> None:
        self.wanted = wanted
        self._bus = bus
        self._was_there = False
        # Whether some came or went since they were asked for.
        self._is_stale = False

    async def read(self) -> dict[str, Profile]:
        """Return them by name; raises an Ending where the wanted one isn't there."""
        objects = await self._objects()
        found = [
            profile_of(path, interfaces[PROFILE])
            for path, interfaces in objects.items()
            if PROFILE in interfaces
        ]
        shown = {each.name: each for each in found if self.shows(each)}
        if self.wanted and not shown:
            raise await self._other() if self._was_there else self.missing()
        self._was_there = True
        return shown

    def shows(self, profile: Profile) -> bool:
        return self.wanted in ("", profile.name)

    def changed(self) -> None:
        """Note that one came or went."""
        self._is_stale = True

    def missing(self) -> Ending:
        """Return why the program has to end without the wanted one."""
        if self._was_there:
            return ProfileRemoved(tr('the profile "{name}" was removed', name=self.wanted))
        return UnknownProfileName(
            tr(
                'there is no profile called "{name}": backendd profile list shows all',
                name=self.wanted,
            )
        )

    async def _other(self) -> Ending:
        """Return why the program has to end where a backend that was started anew has it not."""
        return UnknownProfileName(lacking([self.wanted], await self._bus.properties()))

    async def _objects(self) -> dict[str, dict[str, dict[str, Any]]]:
        while True:
            # What comes or goes meanwhile may be in the answer or not.
            self._is_stale = False
            objects = await self._bus.objects()
            if not self._is_stale:
                return objects


def lacking(names: Sequence[str], manager: Properties) -> str:
    """Return a sentence that a backend which was started anew has no profiles called so.

    Nobody knows why: it may have other data, or they are gone from it. Without names it is empty.
    """
    if not names:
        return ""
    called = ", ".join(f'"{each}"' for each in sorted(names))
    where = manager.get("DataDirectory", "")  # one that was started before an update tells none
    data = tr("its data is in {where}", where=where) if where else ""
    if len(names) == 1:
        return joined(tr("the backend that runs now has no profile {who}", who=called), data)
    return joined(
        tr("the backend that runs now has none of the profiles {names}", names=called), data
    )


def profile_of(path: str, properties: Properties) -> Profile:
    """Return the profile at `path` with these properties."""
    return update(Profile(path=path), properties)
