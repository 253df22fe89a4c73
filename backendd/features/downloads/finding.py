"""Files that messages and entries of blogs tell of, as they are fetched."""

from backendd.api import records
from backendd.api.errors import NotSupported, UnknownItem, UnknownMessage
from backendd.api.tuples import NamedTuple
from backendd.core import file_addresses
from backendd.core.entries import Feed, Link
from backendd.core.shared_files import SharedFile
from backendd.files import kinds, names
from backendd.session.home import Home
from backendd.store import attachments, entry_rows, pages, transfers
from backendd.store.view import View


class Told(NamedTuple):
    """A file, and what tells of it as which of its files: a message, or an entry at `peer`."""

    file: SharedFile
    peer: str
    number: int
    message: int | None = None
    entry: int | None = None

    def transfers(self, view: View) -> list[records.Transfer]:
        """Return the transfers of all files of what tells of it, oldest first."""
        if self.message is not None:
            return transfers.of_message(view, self.message)
        return transfers.of_entry(view, self.entry or 0)


async def of_message(home: Home, message_id: int, index: int) -> Told:
    """Return a file of a message; UnknownMessage, UnknownItem, NotSupported."""

    def work(view: View) -> tuple[records.Message | None, tuple[SharedFile, ...]]:
        return pages.get(view, message_id), attachments.of(view, message_id)

    message, files = await home.store.read(work)
    if message is None:
        raise UnknownMessage(f"there is no message {message_id}")
    if index >= len(files):
        raise UnknownItem("this message has no such file")
    if files[index].is_direct:
        raise NotSupported("it was offered directly: ask who did to offer it once more")
    if not files[index].url:
        raise NotSupported("nobody has said where this file is")
    return Told(files[index], message.peer, index, message=message_id)


async def of_entry(home: Home, feed: Feed, item: str, index: int) -> Told:
    """Return a file of an entry, which is asked for where it isn't here; UnknownItem, NotSupported.

    What an entry says of its length is no more than a hint (RFC 4287 4.2.7.6).
    """
    known = await home.publishing.known(feed, item)
    files = entry_rows.read_links(known.says.enclosures)
    if index >= len(files):
        raise UnknownItem("this entry has no such file")
    url = file_addresses.read(files[index].href)
    if not url:
        raise NotSupported("this is no address from which a file can be fetched")
    file = SharedFile(_name(files[index], url), files[index].type, addresses=(url,))
    return Told(file, feed.service, index, entry=known.id)


def _name(file: Link, url: str) -> str:
    """Return what to call a file: its title may be a sentence, and not name its type."""
    return names.safe(file.title) if kinds.mime(file.title) else names.of_address(url)
