"""Initial presence on each new stream, and changes of it (RFC 6121 4)."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.profiles import PresenceChanged
from backendd.session.part import Feature, Part
from backendd.session.session import Session


class Presence(Part):
    """Sends what the profile says. A resumed stream still has it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.hub.subscribe(PresenceChanged, self._on_changed)

    async def online(self, *, resumed: bool) -> None:
        if not resumed:
            self._send()

    def _on_changed(self, event: PresenceChanged) -> None:
        if event.profile_id == self._session.profile.id and self._session.is_online:
            self._send()

    def _send(self) -> None:
        profile = self._session.profile
        self._session.send(_encode(profile.show, profile.status))


def _encode(show: str, status: str) -> Element:
    children = []
    if show != "online":
        children.append(xml.element(xml.CLIENT, "show", text=show))
    if status:
        children.append(xml.element(xml.CLIENT, "status", text=status))
    return xml.element(xml.CLIENT, "presence", children=children)


FEATURE = Feature("presence", Presence)
