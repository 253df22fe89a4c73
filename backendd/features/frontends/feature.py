"""The part that tells servers whether somebody looks (XEP-0352)."""

from collections.abc import Callable

from backendd.core import xml
from backendd.core.frontends import FrontendsChanged
from backendd.features.frontends.bus import FrontendsMembers
from backendd.features.frontends.service import Frontends
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part

NAMESPACE = "urn:xmpp:csi:0"
OFFERED = f"{{{NAMESPACE}}}csi"


class ServedFrontends(Frontends):
    """The frontends, and what they call to be known."""

    def members(self) -> object:
        return FrontendsMembers(self)


class ClientState(Part):
    """Tells the server of each connection, which takes us for active until told otherwise."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._frontends = home.backend.part(Frontends)
        self._told = True
        self._unsubscribe: Callable[[], None] | None = None

    async def set_up(self, *, resumed: bool) -> None:
        if self._unsubscribe is None:
            # No longer than the connection: the events outlive the profile.
            self._unsubscribe = self._home.backend.events.subscribe(
                FrontendsChanged, lambda event: self._tell(is_active=event.is_attended)
            )
        self._tell(is_active=self._frontends.is_attended)

    def offline(self) -> None:
        self._told = True
        self._home.stream.is_held_back = False
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _tell(self, *, is_active: bool) -> None:
        stream = self._home.stream
        if is_active == self._told or not stream.is_online or not stream.offers(OFFERED):
            return
        stream.send(xml.element(NAMESPACE, "active" if is_active else "inactive"))
        self._told = is_active
        stream.is_held_back = not is_active


FEATURE = Feature("frontends", ClientState, backend=ServedFrontends)
