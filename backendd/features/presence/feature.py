"""Initial presence on each new stream, and changes of it (RFC 6121 4), with capabilities."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.profiles import Announced, PresenceChanged
from backendd.session.part import Feature, Part
from backendd.session.session import Session


class Presence(Part):
    """Sends what the profile says. A resumed stream still has what it was told."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: tuple[str, str] | None = None
        self._is_due = False
        session.subscribe(PresenceChanged, self._on_changed)

    async def online(self, *, resumed: bool) -> None:
        profile = self._session.profile
        # It may have changed while there was no connection, or in the process before.
        if not resumed or self._told != (profile.show, profile.status):
            self._send()
        self._is_due = True
        self._session.hub.publish(Announced(self._session.profile.id))

    def offline(self) -> None:
        self._is_due = False

    def _on_changed(self, event: PresenceChanged) -> None:
        # Before its turn it would bring messages that the archive has not been asked for.
        if event.profile_id == self._session.profile.id and self._is_due:
            self._send()

    def _send(self) -> None:
        profile = self._session.profile
        self._session.send(_encode(profile.show, profile.status, self._session.capabilities))
        self._told = (profile.show, profile.status)


def _encode(show: str, status: str, capabilities: Element) -> Element:
    children = [capabilities]
    if show != "online":
        children.append(xml.element(xml.CLIENT, "show", text=show))
    if status:
        children.append(xml.element(xml.CLIENT, "status", text=status))
    return xml.element(xml.CLIENT, "presence", children=children)


FEATURE = Feature("presence", Presence)
