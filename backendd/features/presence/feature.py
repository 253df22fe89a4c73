"""Initial presence on each new stream, and changes of it (RFC 6121 4), with capabilities."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.profiles import Announced
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class Presence(Part):
    """Sends what the profile says. A resumed stream still has what it was told."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._told: tuple[str, str] | None = None
        self._is_due = False

    async def set_up(self, *, resumed: bool) -> None:
        profile = self._home.profile
        # It may have changed while there was no connection, or in the process before.
        if not resumed or self._told != (profile.show, profile.status):
            self._send()
        self._is_due = True
        self._home.events.publish(Announced())

    def offline(self) -> None:
        self._is_due = False

    def announce(self) -> None:
        # Before its turn it would bring messages that the archive has not been asked for.
        if self._is_due:
            self._send()

    def _send(self) -> None:
        profile = self._home.profile
        self._home.stream.send(
            _encode(profile.show, profile.status, self._home.stream.capabilities)
        )
        self._told = (profile.show, profile.status)


def _encode(show: str, status: str, capabilities: Element) -> Element:
    children = [capabilities]
    if show != "online":
        children.append(xml.element(xml.CLIENT, "show", text=show))
    if status:
        children.append(xml.element(xml.CLIENT, "status", text=status))
    return xml.element(xml.CLIENT, "presence", children=children)


FEATURE = Feature("presence", Presence)
