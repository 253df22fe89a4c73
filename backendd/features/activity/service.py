"""Answers about this client and its user; who may not see our presence learns less."""

from xml.etree.ElementTree import Element

from backendd.core import clock, inbound
from backendd.core.messages import Sent
from backendd.features.activity import stanza
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import contacts
from backendd.xmpp.answers import NAME
from backendd.xmpp.faults import StanzaError

_SECOND_US = 1_000_000


class Activity(Part):
    """Tells version and time, and when the user has said something last."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._active_at = clock.now_us()
        home.events.subscribe(Sent, self._on_sent)
        home.stream.on_request("get", stanza.VERSION, self._version)
        home.stream.on_request("get", stanza.TIME, self._time)
        home.stream.on_request("get", stanza.LAST, self._last)

    @property
    def disco_features(self) -> tuple[str, ...]:
        version = (stanza.VERSION_NS,) if self._tells_version else ()
        return (stanza.TIME_NS, stanza.LAST_NS, *version)

    @property
    def _tells_version(self) -> bool:
        return self._home.profile.settings.tell_version

    def _on_sent(self, event: Sent) -> None:
        self._active_at = clock.now_us()

    async def _version(self, iq: Element) -> Element:
        if not self._tells_version:
            raise StanzaError("service-unavailable")
        return stanza.encode_version(NAME)

    async def _time(self, iq: Element) -> Element:
        return stanza.encode_time(clock.now_us() / _SECOND_US)

    async def _last(self, iq: Element) -> Element:
        asking, _ = inbound.address(iq, self._home.account_jid)
        is_ours = asking.bare == self._home.own
        if not is_ours and not await self._home.store.read(
            lambda view: contacts.sees_us(view, asking.bare)
        ):
            raise StanzaError("forbidden", kind="auth")
        return stanza.encode_last(max(0, clock.now_us() - self._active_at) // _SECOND_US)
