"""Which keys are of use for the message that is selected, for help to tell those alone."""

from collections.abc import Callable, Mapping

from backendd.api import attachments
from backendd.api.attachments import told
from backendd.api.records import Message
from primitivus.commands.arguments.which_message import selected
from primitivus.commands.context import Context
from primitivus.commands.messages.linked import opened
from primitivus.model.files.transfers import Transfers, is_offer
from primitivus.model.messages.message import (
    is_nothing_but_a_file,
    is_retracted,
    waits_for_its_file,
)
from primitivus.model.panes.post import PostPane
from primitivus.model.rooms.rooms import Rooms


def is_of_use(ctx: Context) -> Callable[[str], bool]:
    """Return what tells of a command line whether it does something with the selected message.

    Where none is selected it says that of what few messages are for, by those that are loaded.
    """
    pane, chosen = ctx.state.conversation, selected(ctx)
    window = pane.window if pane is not None else ()
    held = [chosen] if chosen is not None else [window[i] for i in range(len(window))]
    told = {**_RARE, **_OF_SELECTED} if chosen is not None else _RARE
    is_skipped = _is_skipped(ctx)

    def applies(line: str) -> bool:
        if line == "unread":
            return is_skipped
        is_for = told.get(line)
        return is_for is None or any(is_for(ctx, each) for each in held)

    return applies


def _is_skipped(ctx: Context) -> bool:
    """Return whether something that is unread was left out where one is."""
    pane, main = ctx.state.conversation, ctx.state.layout.main
    if isinstance(main, PostPane):
        return main.talk.edges.tells_above or main.talk.edges.tells_below
    return pane is not None and pane.viewport.skipped is not None


def _is_ours(ctx: Context, message: Message) -> bool:
    return message.direction == "out" and not is_retracted(message)


def _can_be_edited(ctx: Context, message: Message) -> bool:
    says_a_text = message.type == "message" and not is_nothing_but_a_file(message)
    is_there = message.state != "failed" and not waits_for_its_file(message)
    return _is_ours(ctx, message) and says_a_text and is_there and bool(message.body)


def _can_be_retracted(ctx: Context, message: Message) -> bool:
    if is_retracted(message):
        return False
    room = ctx.state.account.of(Rooms).get(message.peer)
    return message.direction == "out" or (room is not None and room.role == "moderator")


def _says_something(ctx: Context, message: Message) -> bool:
    return bool(told(message)) and not is_retracted(message)


def _can_be_opened(ctx: Context, message: Message) -> bool:
    return bool(opened(message, ctx.state.account.of(Transfers)))


def _brings_a_file(ctx: Context, message: Message) -> bool:
    return bool(attachments.of(message))


def _is_offered(ctx: Context, message: Message) -> bool:
    known = ctx.state.account.of(Transfers)
    return any(map(is_offer, known.of_attachments(message).values()))


def _has_failed(ctx: Context, message: Message) -> bool:
    return message.state == "failed"


def _is_not_sent(ctx: Context, message: Message) -> bool:
    return message.state in ("failed", "pending")


_OF_SELECTED: Mapping[str, Callable[[Context, Message], bool]] = {
    "select": lambda ctx, message: False,
    "reply": _says_something,
    "edit": _can_be_edited,
    "retract": _can_be_retracted,
    "open": _can_be_opened,
    "copy": _says_something,
    "react +1": _says_something,
}
_RARE: Mapping[str, Callable[[Context, Message], bool]] = {
    "download": _brings_a_file,
    "refuse-file": _is_offered,
    "retry": _has_failed,
    "discard": _is_not_sent,
}
