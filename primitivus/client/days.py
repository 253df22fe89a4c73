"""Finding what came on a day, also where only the archive of the server has it."""

from collections.abc import AsyncIterator

from backendd.api.contract import Messages
from backendd.api.names import MESSAGES
from backendd.api.records import Message
from backendd.api.tuples import NamedTuple
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.wording.times import came


class Found(NamedTuple):
    """What came then or later first, else last before; and what may lie before it.

    `older` is "" where it is sure that nothing fits better, else as Messages.List says it:
    `server` is asked now, and `offline` can't be.
    """

    message: Message | None
    older: str = ""


class Days(Part):
    """Looks for days in what is stored, and behind that in the archive, page by page."""

    def __init__(self, access: Access) -> None:
        self._messages = access.interface(Messages)
        self._state = access.state
        self._account = access.account
        # How often the archive has answered, by conversation.
        self._answers: dict[str, int] = {}

    def signals(self) -> Handlers:
        return {(MESSAGES, "OlderChanged"): self._older_changed}

    async def look(self, peer: str, time_us: int) -> Found:
        """Return what is stored of that time."""
        found, page = await self._messages.list(peer, time=time_us, limit=2)
        later = next((each for each in found if came(each) >= time_us), None)
        is_sure = page["older"] in ("local", "end") or any(came(each) < time_us for each in found)
        best = later or (found[-1] if found else None)
        return Found(best, "" if is_sure else page["older"])

    async def read_back(self, peer: str, time_us: int) -> AsyncIterator[Found]:
        """Yield what is stored of that time, and again whenever the archive has brought more.

        Its end is there, or can't be read now, where nothing follows. Each time it is asked once.
        """
        while True:
            before = self._asked(peer)
            found = await self.look(peer, time_us)
            yield found
            if found.older != "server":
                return
            await self._state.changes.until(lambda: self._asked(peer) != before)  # noqa: B023

    def _asked(self, peer: str) -> object:
        """Return what is another once the archive has answered, or won't any more."""
        profile, owner = self._account.profile, self._state.backend.owner
        return self._answers.get(peer, 0), owner, profile.state, profile.missing

    def _older_changed(self, peer: str, older: str) -> None:
        self._answers[peer] = self._answers.get(peer, 0) + 1
        self._state.changed(Area.MESSAGES)
