"""Initial presence on each new stream, and changes of it (RFC 6121 4)."""

from backendd.core import xml
from backendd.core.profiles import Announced, ProfileChanged
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class Presence(Part):
    """Sends what the profile says. A resumed stream still has what it was told."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._told = ""
        self._is_due = False
        home.events.subscribe(ProfileChanged, self._on_profile)

    async def set_up(self, *, resumed: bool) -> None:
        # It may have changed while there was no connection, or in the process before.
        if not resumed or self._told != xml.written(self._home.presence()):
            self._send()
        self._is_due = True
        self._home.events.publish(Announced())

    def _on_profile(self, event: ProfileChanged) -> None:
        # Of other properties some are told when the stream is gone already.
        is_due = self._is_due and "Settings" in event.properties
        if is_due and self._told != xml.written(self._home.presence()):
            self._send()

    def offline(self) -> None:
        self._is_due = False

    def announce(self) -> None:
        # Before its turn it would bring messages that the archive has not been asked for.
        if self._is_due:
            self._send()

    def _send(self) -> None:
        presence = self._home.presence()
        self._home.stream.send(presence)
        self._told = xml.written(presence)


FEATURE = Feature("presence", Presence)
