"""Answers about this client and its user; who may not see our presence learns less."""

import weakref
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.core import clock, inbound
from backendd.core.frontends import FrontendsChanged
from backendd.core.hub import Hub
from backendd.core.messages import Sent
from backendd.features.activity import stanza
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import contacts
from backendd.xmpp.answers import NAME
from backendd.xmpp.faults import StanzaError

_SECOND_US = 1_000_000


class Activity(Part):
    """Tells version and time, and since when nobody uses any frontend (XEP-0319)."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._active_at = clock.now_us()
        self._is_attended: bool | None = None  # until a frontend has said
        home.events.subscribe(Sent, self._on_sent)
        _follow(home.backend.events, self)
        home.stream.on_request("get", stanza.VERSION, self._version)
        home.stream.on_request("get", stanza.TIME, self._time)
        home.stream.on_request("get", stanza.LAST, self._last)

    @property
    def disco_features(self) -> tuple[str, ...]:
        version = (stanza.VERSION_NS,) if self._tells_version else ()
        return (stanza.TIME_NS, stanza.LAST_NS, *version)

    def present(self) -> Iterable[Element]:
        return (stanza.encode_idle(self._active_at),) if self._is_attended is False else ()

    def attended(self, *, is_attended: bool) -> None:
        """Take note whether somebody uses a frontend, and tell contacts where that is different."""
        if is_attended is self._is_attended:
            return
        self._is_attended = is_attended
        self._active_at = clock.now_us()
        self._home.announce()

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
        idle_us = 0 if self._is_attended else clock.now_us() - self._active_at
        return stanza.encode_last(max(0, idle_us) // _SECOND_US)


def _follow(events: Hub, activity: Activity) -> None:
    """Have `activity` told of frontends as long as it is there: the events outlive its profile."""
    followed = weakref.ref(activity)

    def on_changed(event: FrontendsChanged) -> None:
        found = followed()
        if found is None:
            unsubscribe()
        else:
            found.attended(is_attended=event.is_attended)

    unsubscribe = events.subscribe(FrontendsChanged, on_changed)
