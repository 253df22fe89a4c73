"""A file that somebody wants of ours, as they may where it broke off before (XEP-0234 6.2)."""

from collections.abc import Callable

from backendd.api.errors import BackendError
from backendd.jingle.descriptions import File, Range
from backendd.jingle.in_band import Incoming
from backendd.jingle.ports import Means, Source
from backendd.jingle.reasons import CANCEL, NOT_AVAILABLE, PAUSED, SUPERSEDED, Reason
from backendd.jingle.sending import Sending, Told
from backendd.jingle.talk import Talk
from backendd.jingle.ways import WAYS


class Request:
    """It stands until it is refused or answered; `file` is what they know of it."""

    def __init__(
        self, talk: Talk, means: Means, file: File, expect: Callable[[Incoming], None]
    ) -> None:
        self._talk = talk
        self._means = means
        self._expect = expect
        self.file = file

    @property
    def peer(self) -> str:
        """The full JID of who asks."""
        return self._talk.peer

    def refuse(self) -> None:
        """Say that there is no such file for them."""
        self._talk.terminate(Reason("failed-application", detail=NOT_AVAILABLE))

    def cancel(self) -> None:
        """Say that the file was to go to them, and was cancelled here."""
        self._talk.terminate(CANCEL)

    def supersede(self) -> None:
        """Say that it is another request of theirs that is answered."""
        self._talk.terminate(SUPERSEDED)

    def give_up(self, error: BackendError) -> None:
        """Say that they can't get it, for what `error` tells."""
        self._talk.give_up(error)

    def hold_up(self) -> None:
        """Say that the file is paused here."""
        self._talk.terminate(PAUSED)

    async def answer(
        self, source: Source, file: File, told: Told, *, methods: frozenset[str] = WAYS
    ) -> None:
        """Return when they have what they want of a file; raises why they haven't got it.

        `methods` are the namespaces of the ways that it may go.
        """
        sending = Sending(self._talk, self._means, self._expect, source, file, told)
        await sending.answer(self.file.range or Range(), methods)
