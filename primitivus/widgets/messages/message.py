"""The rows of one message."""

from collections.abc import Sequence

from backendd.api.attachments import words
from backendd.api.records import Message
from backendd.api.tuples import NamedTuple
from primitivus.model.files.pictures import Wanted
from primitivus.model.messages.happening import Line
from primitivus.model.messages.ignored import is_ignored
from primitivus.model.messages.mentions import names
from primitivus.model.messages.message import IGNORED, colour_of, is_retracted, nick_of
from primitivus.model.messages.message_links import numbers
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.spoilers import is_unstyled
from primitivus.model.wording.times import came
from primitivus.model.wording.written import as_number
from primitivus.sentences import ntr, tr
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip,
    fill,
    printable,
    row_width,
    single_line,
    splice,
    width,
)
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages import body as text_of
from primitivus.widgets.messages import message_parts, retractions, spoilers
from primitivus.widgets.messages.attachments import NOTHING, Brought, Moved
from primitivus.widgets.messages.comings import rows as happened
from primitivus.widgets.messages.days import day, time_of
from primitivus.widgets.messages.look import Look

# Messages of one sender within this time stand together under one name.
GROUP_US = 5 * 60 * 1_000_000
# How a body begins that tells what its sender does.
ACTION = "/me "
# What stands in place of the name before "/me".
_STAR = "*"


class LaidOut(NamedTuple):
    """The rows of a message. Its own are those from `start` to `end`.

    Above stand lines and a name alone, below what others say of it.
    """

    rows: tuple[Row, ...]
    start: int
    end: int
    # Those that are shown in it, or will be once they were read.
    pictures: tuple[Wanted, ...] = ()


def lay_out(
    message: Message,
    before: Message | None,
    look: Look,
    *,
    share: int = 1,
    is_new: bool = False,
    comings: Sequence[Line] = (),
    moved: Moved = NOTHING,
    fails_as_next: bool = False,
) -> LaidOut:
    """Return how `message` looks after the message `before` it; a day's first has the day above.

    Of a very long one only the beginning shows, or `share` times as much; 0 covers it. The first
    that is new has a line above that says so; below stands what happened then (`comings`).
    Its files say how far they are (`moved`). Why one isn't sent that `fails_as_next` stands there.
    """
    drawn = _lines(message, before, look, is_new=is_new)
    if drawn:
        before = None
    if look.nick_columns == 0 and not _is_grouped(message, before):
        drawn.append(((_nick_style(message, look), name_of(message, look)),))
    start = len(drawn)
    margin = _margin(message, before, look)
    indent = (("default", " " * row_width(margin)),) if margin else ()
    room = max(2, look.columns - row_width(margin))
    own = _own_rows(message, look, room, share, moved)
    for number, row in enumerate(own.rows):
        drawn.append((*(margin if number == 0 else indent), *row))
    end = len(drawn)
    is_bare = is_retracted(message) or is_ignored(message)
    if not is_bare:
        told = message_parts.below(message, look, room, moved, fails_as_next=fails_as_next)
        drawn += [(*indent, *row) for row in told]
    drawn += happened(comings, look, row_width(margin))
    return LaidOut(tuple(drawn), start, end, own.pictures)


def _lines(message: Message, before: Message | None, look: Look, *, is_new: bool) -> list[Row]:
    """Return the lines that part a message from what is above: a day begins, or what is new."""
    drawn: list[Row] = []
    today = day(came(message), look.day_format)
    if before is None or day(came(before), look.day_format) != today:
        drawn.append((("line.day", look.rule(today)),))
    if message.gap:
        drawn.append((("line.gap", look.rule(tr("messages may be missing here"))),))
    if is_new:
        drawn.append((("line.new", look.rule(tr("new"))),))
    return drawn


def named(row: Row, message: Message, look: Look) -> Row:
    """Return one of the own rows of `message` with who wrote it in its margin."""
    style = _nick_style(message, look)
    if not look.nick_columns or any(each == style for each, _ in row):
        return row
    start = row_width(_margin(message, None, look)) - look.nick_columns - 2
    return splice(row, start, ((style, look.nick(name_of(message, look))),))


def _is_grouped(message: Message, before: Message | None) -> bool:
    return (
        before is not None
        and before.type == message.type
        and before.sender == message.sender
        and before.direction == message.direction
        and 0 <= came(message) - came(before) < GROUP_US
        and message.received == before.received == 0
        and not message.body.startswith(ACTION)
        and not before.body.startswith(ACTION)
    )


def _margin(message: Message, before: Message | None, look: Look) -> Row:
    """Return what stands left of the text: time and name, or a mark where they'd be repeated."""
    parts: list[tuple[str, str]] = []
    if look.has_time:
        now = time_of(message, look)
        is_told = before is not None and now == time_of(before, look)
        is_told = is_told and _is_grouped(message, before)
        parts.append(("message.time", " " + (" " * len(now) if is_told else now) + " "))
    if _is_grouped(message, before):
        mark = look.symbols.next
        blank = f" {mark:>{look.nick_columns}}  " if look.nick_columns else f"{mark} "
        parts.append(("message.time", blank))
    elif look.nick_columns:
        name = _STAR if message.body.startswith(ACTION) else name_of(message, look)
        parts.append((_nick_style(message, look), f" {look.nick(name)}  "))
    return tuple(parts)


def name_of(message: Message, look: Look) -> str:
    """Return how whoever wrote a message is called beside it."""
    if message.direction == "out":
        return look.own_name
    nick = nick_of(message)
    sign = look.symbols.alike if nick in look.alike else ""
    return sign + (single_line(nick) or look.peer_name)


def _nick_style(message: Message, look: Look) -> str:
    return "message.nick.own" if message.direction == "out" else look.nick_style(colour_of(message))


def _own_rows(message: Message, look: Look, columns: int, share: int, moved: Moved) -> Brought:
    """Return the text with what stands above it, and the signs at the right end of its first row.

    They fit beside it, with a blank on either side of each.
    """
    if is_ignored(message):
        return Brought([(("message.info", clip(IGNORED, columns, look.symbols.ellipsis)),)])
    if is_retracted(message):
        return Brought(retractions.rows(message, look, columns))
    signs, kept = [], 0
    for make in message_parts.SIGNS:
        if (sign := make(message, look)) is not None:
            signs.append(sign)
            kept += sign.columns + 1
    room = max(2, columns - kept - 1) if signs else columns
    drawn: list[Row] = []
    for rows in message_parts.ABOVE:
        drawn += rows(message, look, room)
    said = _text(message, look, room, share, moved)
    drawn += said.rows
    if signs:
        ends: list[Segment] = []
        for style, text, _ in signs:
            ends += ((style, text), ("default", " "))
        used = sum(width(text) for _, text in ends)
        drawn[0] = (*fill(drawn[0], columns - used), *ends)
    return Brought(drawn, said.pictures)


def _text(message: Message, look: Look, columns: int, share: int, moved: Moved) -> Brought:
    about = spoilers.rows(message, look, columns, is_covered=share == 0)
    if share == 0:
        return Brought(about)
    brought = [bring(message, look, columns, moved) for bring in message_parts.BROUGHT]
    below = [row for each in brought for row in each.rows]
    said = words(message)
    body = _body(message, said, look, columns, share) if said.strip() or not below else []
    pictures = tuple(wanted for each in brought for wanted in each.pictures)
    return Brought([*about, *body, *below], pictures)


def _body(message: Message, said: str, look: Look, columns: int, share: int) -> list[Row]:
    head = text_of.head(said, share)
    text = printable(head)
    plain = "message.body.own" if message.direction == "out" else "message.body"
    if message.type not in ("", "message"):
        # In brackets as well: without colours it is seen as none of the sender's words.
        text, plain = f"[{text}]", "message.info"
    if text.startswith(ACTION):
        is_ours = message.direction == "out"
        name = single_line(nick_of(message)) or look.own_nick if is_ours else name_of(message, look)
        text, plain = f"{name} {text[len(ACTION) :]}", "message.action"
    laid = text_of.lay_out(
        text,
        plain,
        columns,
        share,
        names(message),
        is_styled=not is_unstyled(message),
        searched=look.searched,
        numbers=numbers(message) if look.is_numbered else {},
    )
    hidden = laid.hidden + len(said) - len(head)
    if hidden:
        text = ntr(
            "{number} character more; :more shows more of them",
            "{number} characters more; :more shows more of them",
            hidden,
            number=as_number(hidden),
        )
        more = Choice(message.id, "more")
        return [*laid.rows, *(row_of(more, row) for row in _said(text, look, columns))]
    if message.truncated:
        return [*laid.rows, *_said(tr("(cut, too long to show)"), look, columns)]
    return laid.rows


def _said(text: str, look: Look, columns: int) -> list[Row]:
    text = f"{look.symbols.ellipsis} {text}"
    return wrap_runs(text, [("message.info", len(text))], columns)
