"""The notification server of the desktop, by the Desktop Notifications Specification 1.2."""

import logging
from collections.abc import Callable
from typing import Any

from backendd.api.errors import BackendError
from backendd.api.link import Link, LinkError, MatchRule, Signal
from backendd.api.variants import Variant
from backendd.features.notifications.model import Note, marked_up

log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
APPLICATION = "Primitivus"
REPLY = "inline-reply"

_NORMAL, _CRITICAL = 1, 2
_BY_THE_SERVER = -1  # when it is taken away


class Desktop:
    """Shows notes, where there is a server; tells `heard` what it signals, `changed` of another."""

    def __init__(
        self, link: Link, heard: Callable[[Signal], None], changed: Callable[[], None]
    ) -> None:
        self._link = link
        self._heard = heard
        self._changed = changed
        self._owner = ""
        self._capabilities: frozenset[str] | None = None
        # Who could not be reached isn't tried again: only the next owner is.
        self._missing: str | None = None
        link.subscribe(MatchRule(NAME, PATH, interface=NAME), self._on_signal)
        link.watch_name(NAME, self._on_owner)

    async def show(self, note: Note, replaces: int) -> int:
        """Show a note in the place of another, or of none (0); return its id, 0 if that fails."""
        owner = self._owner
        if self._missing == owner:
            return 0
        try:
            can = await self._can()
            arguments = [
                *(APPLICATION, replaces, "", note.summary),
                marked_up(note.body) if "body-markup" in can else note.body,
                *(_actions(can, note), _hints(note), _BY_THE_SERVER),
            ]
            return int(await self._call("Notify", "susssasa{sv}i", arguments))
        except (BackendError, LinkError) as error:
            self._missing = owner
            log.info("the desktop shows no notifications: %s", error)
            return 0

    async def close(self, number: int) -> None:
        """Take a note away."""
        try:
            await self._call("CloseNotification", "u", [number])
        except (BackendError, LinkError) as error:
            log.debug("a notification stays: %s", error)

    async def _can(self) -> frozenset[str]:
        if self._capabilities is None:
            self._capabilities = frozenset(await self._call("GetCapabilities", "", []))
        return self._capabilities

    async def _call(self, member: str, signature: str, arguments: list[Any]) -> Any:  # noqa: ANN401
        answer = await self._link.call(NAME, PATH, NAME, member, signature, arguments)
        return answer[0] if answer else None

    def _on_owner(self, owner: str) -> None:
        if owner == self._owner:
            return
        was_there, self._owner = bool(self._owner), owner
        self._capabilities = None
        self._missing = None
        if was_there:
            self._changed()

    def _on_signal(self, signal: Signal) -> None:
        # Anybody can send a signal of any name.
        if signal.sender == self._owner:
            self._heard(signal)


def _actions(can: frozenset[str], note: Note) -> list[str]:
    if "actions" not in can:
        return []
    acts = [each for act in note.acts for each in (act.word, act.label)]
    reply = [REPLY, "Reply"] if note.message and REPLY in can else []
    return [*acts, *reply]


def _hints(note: Note) -> dict[str, Variant]:
    return {
        "category": Variant("s", "im.received" if note.message else "im"),
        "desktop-entry": Variant("s", "primitivus"),
        "urgency": Variant("y", _CRITICAL if note.is_urgent else _NORMAL),
    }
