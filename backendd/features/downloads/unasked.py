"""Files that are fetched as they come, if the user wants that: small ones, and of contacts."""

from backendd.api import attachments, records
from backendd.api.errors import BackendError
from backendd.core import clock
from backendd.core.messages import MessagesChanged
from backendd.features.downloads import finding
from backendd.features.downloads.service import Downloads
from backendd.session.home import Home
from backendd.store import contacts


class Unasked:
    """Begins a download for each file of a contact's message that is told the first time."""

    def __init__(self, home: Home, downloads: Downloads) -> None:
        self._home = home
        self._downloads = downloads
        self._began = clock.now_us()
        self._newest = 0
        home.events.subscribe(MessagesChanged, self._on_changed)

    @property
    def _most(self) -> int:
        return self._home.config.files.fetch_up_to_mb * 1_000_000

    def _on_changed(self, event: MessagesChanged) -> None:
        if not self._most:
            return
        for message in event.messages:
            is_new = message.id > self._newest and self._comes_now(message)
            self._newest = max(message.id, self._newest)
            if is_new and (fitting := self._fitting(message)):
                self._home.do_soon(self._begin(message, fitting), name="fetch files")

    def _comes_now(self, message: records.Message) -> bool:
        is_live = message.direction == "in" and message.source == "live" and message.kind == "chat"
        # What was there before may change as well.
        return is_live and (message.received or message.time) >= self._began

    def _fitting(self, message: records.Message) -> list[int]:
        return [
            each.index
            for each in attachments.of(message)
            if 0 < each.size <= self._most and each.url and each.disposition != "attachment"
        ]

    async def _begin(self, message: records.Message, indexes: list[int]) -> None:
        if not await self._home.store.read(lambda view: contacts.exists(view, message.peer)):
            return
        for index in indexes:
            try:
                told = await finding.of_message(self._home, message.id, index)
                await self._downloads.begin_unasked(told)
            except BackendError:
                continue  # whoever asks for it is told why
