"""The backend as the rest of the program sees it: calls for the shown profile."""

from typing import Any

from backendd.api.failures import NotRunning
from backendd.api.introspection import load
from backendd.api.link import Link
from backendd.api.names import BUS_NAME, MANAGER, ROOT_PATH
from backendd.api.records import Warning
from backendd.api.signature import Plain
from backendd.api.wire import from_wire

PROPERTIES = "org.freedesktop.DBus.Properties"
OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"

# The backend answers within 20 seconds; a little more for the way.
TIMEOUT_S = 22.0


class Client:
    """Makes the calls of the contract; their signatures come from its XML files.

    Never starts the backend: who stopped it wants it stopped.
    """

    def __init__(self) -> None:
        self._link: Link | None = None
        self.path = ""

    def use(self, link: Link | None) -> None:
        """Make calls over `link` from now on; none: the bus is lost."""
        self._link = link

    async def call(self, interface: str, member: str, *args: Plain) -> Plain:
        """Call `member` for the shown profile, or of the backend itself for Manager.

        Returns nothing, the one value, or a tuple. Raises BackendError and LinkError.
        """
        return await self.call_at(
            ROOT_PATH if interface == MANAGER else self.path, interface, member, *args
        )

    async def call_at(self, path: str, interface: str, member: str, *args: Plain) -> Plain:
        """Call `member` of the object at `path`."""
        signature = load(interface).methods[member].in_signature
        return await self._call(path, interface, member, signature, args)

    async def objects(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return all objects: their interfaces, and the properties of each."""
        found = await self._call(ROOT_PATH, OBJECT_MANAGER, "GetManagedObjects", "", ())
        return dict(found)

    async def warnings(self) -> list[Warning]:
        """Return what the backend as a whole warns of."""
        # All properties: a backend that was started before an update may not have this one.
        found = await self._call(ROOT_PATH, PROPERTIES, "GetAll", "s", (MANAGER,))
        return [from_wire(Warning, each) for each in found.get("Warnings", ())]

    async def _call(
        self, path: str, interface: str, member: str, signature: str, args: tuple[Any, ...]
    ) -> Plain:
        if self._link is None:
            raise NotRunning("the session bus is gone")
        try:
            values = await self._link.call(
                BUS_NAME,
                path,
                interface,
                member,
                signature,
                args,
                timeout=TIMEOUT_S,
                no_auto_start=True,
            )
        except NotRunning:
            raise NotRunning("the backend is not running; start it with: backendd") from None
        if len(values) == 1:
            return values[0]
        return tuple(values) if values else None
