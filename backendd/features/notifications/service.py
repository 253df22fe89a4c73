"""What is shown of which conversation, and what the user does there."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from backendd.api import names
from backendd.api.errors import BackendError
from backendd.api.link import LinkError, Signal
from backendd.core.frontends import Focus, FrontendsChanged
from backendd.features.notifications.asked import ASKED
from backendd.features.notifications.desktop import Desktop
from backendd.features.notifications.model import MARK_READ, Act, Key, Note
from backendd.features.notifications.quiet import QuietHours
from backendd.session.backend import Backend, BackendPart

log = logging.getLogger(__name__)

MOST = 20
"""So many are shown at once; of more the oldest go."""


class Notifications(BackendPart):
    """Shows one note a conversation or post, and one for all that is asked of a kind in a profile.

    Never one of what a frontend shows: a conversation or a post, and what is asked where one is
    looked at.
    """

    def __init__(self, backend: Backend) -> None:
        self.quiet = QuietHours(backend)
        self._link = backend.link
        self._tasks = backend.tasks
        self._desktop: Desktop | None = None
        self._focus: Focus = frozenset()
        self._wanted: dict[Key, Note] = {}
        self._shown: dict[Key, tuple[int, Note]] = {}
        self._being_shown: Note | None = None
        self._is_showing = False
        self._is_working = False
        # What is signalled before one knows which note it is about.
        self._heard: list[Signal] = []
        if self._link is not None and backend.config.notifications.desktop:
            self._desktop = Desktop(self._link, self._on_signal, self._shown.clear)
            backend.events.subscribe(FrontendsChanged, self._on_frontends)

    async def load(self) -> None:
        await self.quiet.load()

    def show(self, note: Note) -> None:
        """Show a note, in the place of what is shown of the same."""
        if self._desktop is None or self._is_seen(note.key):
            return
        self._wanted[note.key] = note
        if not self._is_working:
            self._is_working = True
            self._tasks.start(self._work(self._desktop), name="show notifications")

    def renew(self, note: Note) -> None:
        """Show a note in the place of what is shown of the same, if anything is."""
        if note.key in self._keys():
            self.show(note)

    def close(self, key: Key) -> None:
        """Show nothing of this any more."""
        self._wanted.pop(key, None)
        if self._being_shown is not None and self._being_shown.key == key:
            self._being_shown = None
        number, _ = self._shown.pop(key, (0, None))
        if number and self._desktop is not None:
            self._tasks.start(self._desktop.close(number), name="close a notification")

    def retract(self, key: Key, message: int) -> None:
        """Show nothing of a conversation where this message is what is shown of it."""
        if message in (note.message for note in self._notes() if note.key == key):
            self.close(key)

    def close_all(self, path: str) -> None:
        """Show nothing of a profile any more."""
        for key in self._keys():
            if key[0] == path:
                self.close(key)

    def _keys(self) -> set[Key]:
        return {note.key for note in self._notes()}

    def _notes(self) -> list[Note]:
        shown = [note for _, note in self._shown.values()]
        return [*self._wanted.values(), *shown, *filter(None, [self._being_shown])]

    def _is_seen(self, key: Key) -> bool:
        path, about = key
        is_asked = about in ASKED and any(path == looked_at for looked_at, _ in self._focus)
        return is_asked or key in self._focus

    async def _work(self, desktop: Desktop) -> None:
        # One after the other: what comes in a burst is shown by its last one.
        try:
            while self._wanted:
                key = next(iter(self._wanted))
                await self._show(desktop, self._wanted.pop(key))
        finally:
            self._is_working = False

    async def _show(self, desktop: Desktop, note: Note) -> None:
        self._being_shown = note
        replaced, _ = self._shown.get(note.key, (0, None))
        self._is_showing = True
        number = await desktop.show(note, replaced)
        self._is_showing = False
        self._record(number, note)
        heard, self._heard = self._heard, []
        for signal in heard:
            self._on_signal(signal)

    def _record(self, number: int, note: Note) -> None:
        is_wanted, self._being_shown = self._being_shown is not None, None
        self._shown.pop(note.key, None)
        if number:
            self._shown[note.key] = (number, note)
        if not is_wanted:  # it was read over this
            self.close(note.key)
        if len(self._shown) > MOST:
            self.close(next(iter(self._shown)))

    def _on_frontends(self, event: FrontendsChanged) -> None:
        self._focus = event.focus
        for key in filter(self._is_seen, self._keys()):
            self.close(key)

    def _on_signal(self, signal: Signal) -> None:
        if self._is_showing:
            self._heard.append(signal)
            return
        match signal.member, *signal.args:
            case "NotificationClosed", int(number), *_:
                self._forget(number)
            case "ActionInvoked", int(number), str(word):
                self._do(number, lambda note: self._act(note, word))
            case "NotificationReplied", int(number), str(text):
                self._do(number, lambda note: self._reply(note, text))

    def _forget(self, number: int) -> None:
        for key in [key for key, (shown, _) in self._shown.items() if shown == number]:
            del self._shown[key]

    def _do(self, number: int, act: Callable[[Note], Coroutine[Any, Any, None]]) -> None:
        for shown, note in self._shown.values():
            if shown == number:
                self._tasks.start(self._try(act(note)), name="act on a notification")

    async def _try(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (BackendError, LinkError) as error:
            log.warning("what was asked of a notification was not done: %s", error)

    async def _act(self, note: Note, word: str) -> None:
        for act in note.acts:
            if act.word == word:
                await self._call(note, act)

    async def _reply(self, note: Note, text: str) -> None:
        await self._call(note, Act("", "", names.MESSAGES, "Send", "ss", (note.key[1], text)))
        await self._act(note, MARK_READ)

    async def _call(self, note: Note, act: Act) -> None:
        """Call a member as a frontend would: what holds for them holds here."""
        assert self._link is not None
        await self._link.call(
            names.BUS_NAME, note.key[0], act.interface, act.member, act.signature, act.arguments
        )
