"""What there is to open or copy where one is: links and files of messages, of topics and texts."""

from collections.abc import Callable, Iterator, Mapping

from backendd.api import attachments
from backendd.api.attachments import short
from backendd.api.records import Attachment, Message
from backendd.api.tuples import NamedTuple
from primitivus.commands.arguments.which_message import reached, selected
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.files.transfers import Transfers, is_here
from primitivus.model.messages import message_links
from primitivus.model.messages.message_links import as_they_are
from primitivus.model.panes.search import SearchPane
from primitivus.model.popups.popup import Overlay
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.sentences import tr

LinksOf = Callable[[Message, Transfers], Mapping[str, str]]
"""Returns what a message has to open or copy, and how each is told."""


class Lack(NamedTuple):
    """What is said where a message, or all of those that are here, have nothing of a kind."""

    in_this: str
    in_any: str


NO_LINK = Lack(tr("this message has no link"), tr("no message here has a link"))


def found(ctx: Context, links_of: LinksOf) -> Mapping[str, str]:
    """Return what there is to open or copy where one is; CommandError where that is nothing."""
    pane = ctx.pane
    if isinstance(pane, Overlay):
        return _require(as_they_are(pane.text), tr("this text has no link"))
    if isinstance(pane, SearchPane) and pane.chosen is not None:
        known = ctx.state.at(pane.chosen.place).of(Transfers)
        return _require(links_of(pane.chosen.hit, known), NO_LINK.in_this)
    try:
        return here(ctx, links_of)
    except CommandError:
        topic = _of_topic(ctx.state)
        if selected(ctx) is not None or not topic:
            raise
        return topic


def _require(found: Mapping[str, str], none: str) -> Mapping[str, str]:
    if not found:
        raise CommandError(none)
    return found


def _of_topic(state: State) -> Mapping[str, str]:
    pane = state.conversation
    room = state.at(pane.place).of(Rooms).get(pane.place.peer) if pane is not None else None
    return as_they_are(room.subject) if room is not None else {}


def here(ctx: Context, links_of: LinksOf, none: Lack = NO_LINK) -> Mapping[str, str]:
    """Return what the message that is meant has of this; CommandError where that is nothing."""
    message, known = selected(ctx), ctx.state.account.of(Transfers)
    if message is not None:
        found = links_of(message, known)
        if not found:
            raise CommandError(none.in_this)
        return found
    for each in shown(ctx.state):
        if found := links_of(each, known):
            if ctx.state.conversation is not None:
                reached(ctx, ctx.state.conversation, each)
            return found
    raise CommandError(none.in_any)


def links(message: Message, _: Transfers) -> dict[str, str]:
    """Return the links of a message and how each is told, in the order of their numbers."""
    return message_links.links(message)


def opened(message: Message, known: Transfers) -> dict[str, str]:
    """Return the links of a message as `links`, but the paths of those files that are here."""
    there = {each.url: path for each, path in _files_here(message, known) if each.url}
    found = {there.get(url, url): name for url, name in links(message, known).items()}
    return found | files_here(message, known)


def files_here(message: Message, known: Transfers) -> dict[str, str]:
    """Return the paths of those files of a message that are here, and how each is told."""
    return {path: short(file) for file, path in _files_here(message, known)}


def _files_here(message: Message, known: Transfers) -> Iterator[tuple[Attachment, str]]:
    moved = known.of_attachments(message)
    for file in attachments.of(message):
        if (transfer := moved.get(file.index)) is not None and is_here(transfer):
            yield file, transfer.path


def shown(state: State) -> Iterator[Message]:
    """Yield the messages where one is, the newest first."""
    pane = state.conversation
    if pane is not None:
        for index in reversed(range(len(pane.window))):
            yield pane.window[index]
