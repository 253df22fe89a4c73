"""Carbons: asked for at each new stream."""

from backendd.api.errors import NotSupported
from backendd.core import xml
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class Carbons(Part):
    """Has the server copy what passes our other clients; `inbound` unwraps it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._enabled_on = ""  # the stream

    async def set_up(self, *, resumed: bool) -> None:
        home = self._home
        await home.server.discovered()
        # To enable them twice is allowed: in a new process nobody knows if an answer was missing.
        if home.server.may_have(xml.CARBONS) and home.stream.sm_id != self._enabled_on:
            await home.missing.ask("carbons", self._enable)

    async def _enable(self, timeout: float) -> None:
        home, sm_id = self._home, self._home.stream.sm_id
        try:
            await home.stream.request(
                "set", None, xml.element(xml.CARBONS, "enable"), timeout=timeout
            )
        except NotSupported:
            if xml.CARBONS in home.server.features:
                raise
        self._enabled_on = sm_id


FEATURE = Feature("carbons", Carbons)
