"""The rows of one message."""

import time
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from backendd.api.records import Message
from primitivus.model.times import came, clock
from primitivus.widgets import body as text_of
from primitivus.widgets import reactions
from primitivus.widgets.cells import Row, fill, printable, row_width, single_line, splice, width
from primitivus.widgets.look import Look
from primitivus.widgets.wrap import wrap_runs

# Messages of one sender within this time stand together under one name.
GROUP_US = 5 * 60 * 1_000_000
_DATE = "%Y-%m-%d"
# How a body begins that tells what its sender does.
ACTION = "/me "
# What stands in place of the name before "/me".
_STAR = "*"


def rows(
    message: Message,
    before: Message | None,
    look: Look,
    *,
    share: int = 1,
    is_new: bool = False,
) -> tuple[Row, ...]:
    """Return how `message` looks after the message `before` it; a day's first has the day above.

    Of a very long one only the beginning shows, or `share` times as much. The first that is new
    has a line above that says so.
    """
    drawn: list[Row] = []
    today = day(came(message), look.day_format)
    if before is None or day(came(before), look.day_format) != today:
        drawn.append((("line.day", look.rule(today)),))
        before = None
    if is_new:
        drawn.append((("line.new", look.rule("new")),))
        before = None
    margin = _margin(message, before, look)
    indent = (("default", " " * row_width(margin)),) if margin else ()
    body = _body(message, look, look.columns - row_width(margin), share)
    if look.nick_columns == 0 and not _is_grouped(message, before):
        drawn.append(((_nick_style(message, look), _name(message, look)),))
    for number, row in enumerate(body):
        drawn.append((*(margin if number == 0 else indent), *row))
    _add_state(drawn, len(drawn) - len(body), message, look)
    reacted = reactions.rows(message, look, look.columns - row_width(indent))
    drawn.extend((*indent, *row) for row in reacted)
    if message.state == "failed":
        drawn.extend(
            (*indent, *row) for row in _failure(message, look, look.columns - row_width(indent))
        )
    return tuple(drawn)


def lead(drawn: Sequence[Row]) -> int:
    """Return how many of the rows of a message stand above its text: lines, a name alone."""
    heads = ("line.", "message.nick")
    return sum(
        1 for _ in takewhile(lambda row: len(row) == 1 and row[0][0].startswith(heads), drawn)
    )


def named(row: Row, message: Message, look: Look) -> Row:
    """Return a row of `message` with the name of who wrote it in its margin.

    Reactions are of others: their row stays as it is.
    """
    is_line = bool(row) and row[0][0].startswith("line.")
    is_reaction = any(style.startswith("reaction") for style, _ in row)
    if (
        is_line
        or is_reaction
        or not look.nick_columns
        or any(style == _nick_style(message, look) for style, _ in row)
    ):
        return row
    start = row_width(_margin(message, None, look)) - look.nick_columns - 2
    name = look.nick(_name(message, look))
    return splice(row, start, ((_nick_style(message, look), name),))


def day(time_us: int, form: str) -> str:
    """Return the local day of `time_us`."""
    # A quarter of an hour is what all time zones are a multiple of.
    return _day(time_us // 900_000_000, form)


@lru_cache(maxsize=4096)
def _day(quarter: int, form: str) -> str:
    return time.strftime(form, time.localtime(quarter * 900))


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
        now = _time(message, look)
        is_told = before is not None and now == _time(before, look)
        is_told = is_told and _is_grouped(message, before)
        parts.append(("message.time", " " + (" " * len(now) if is_told else now) + " "))
    if _is_grouped(message, before):
        mark = look.symbols.next
        blank = f" {mark:>{look.nick_columns}}  " if look.nick_columns else f"{mark} "
        parts.append(("message.time", blank))
    elif look.nick_columns:
        name = _STAR if message.body.startswith(ACTION) else _name(message, look)
        parts.append((_nick_style(message, look), f" {look.nick(name)}  "))
    return tuple(parts)


def _time(message: Message, look: Look) -> str:
    at = came(message) if _is_of_another_day(message) else message.time
    return clock(at, look.time_format)


def _is_of_another_day(message: Message) -> bool:
    """Return whether its sender says that it was written on another day than it came."""
    return day(message.time, _DATE) != day(came(message), _DATE)


def _claim(message: Message, look: Look, columns: int) -> list[Row]:
    """Return what is said above a message of another day."""
    if not _is_of_another_day(message):
        return []
    at = clock(message.time, look.time_format)
    text = f"[written {day(message.time, look.day_format)}, {at}]"
    return wrap_runs(text, [("message.info", len(text))], columns)


def _name(message: Message, look: Look) -> str:
    if message.direction == "out":
        return look.own_name
    return single_line(message.nick) or look.peer_name


def _nick_style(message: Message, look: Look) -> str:
    return "message.nick.own" if message.direction == "out" else look.peer_style


def _body(message: Message, look: Look, columns: int, share: int) -> list[Row]:
    head = text_of.head(message.body, share)
    text = printable(head)
    plain = "message.body.own" if message.direction == "out" else "message.body"
    if message.type not in ("", "message"):
        # In brackets as well: without colours it is seen as none of the sender's words.
        text, plain = f"[{text}]", "message.info"
    if text.startswith(ACTION):
        name = look.own_nick if message.direction == "out" else _name(message, look)
        text, plain = f"{name} {text[len(ACTION) :]}", "message.action"
    # The sign of the state must fit beside the first row, with a blank on either side.
    if message.direction == "out" and message.state:
        columns -= look.state_columns + 2
    columns = max(2, columns)
    laid = text_of.lay_out(text, plain, columns, share)
    drawn = [*_claim(message, look, columns), *laid.rows]
    hidden = laid.hidden + len(message.body) - len(head)
    if hidden:
        text = f"{hidden:,} characters more; :more shows more of them"
        return [*drawn, *_said(text, look, columns)]
    if message.truncated:
        return [*drawn, *_said("(cut, too long to show)", look, columns)]
    return drawn


def _said(text: str, look: Look, columns: int) -> list[Row]:
    text = f"{look.symbols.ellipsis} {text}"
    return wrap_runs(text, [("message.info", len(text))], columns)


def _add_state(drawn: list[Row], first: int, message: Message, look: Look) -> None:
    """Put how far a message of ours got at the right end of its first row."""
    sign = look.symbols.of(message.state)
    if message.direction != "out" or not sign:
        return
    row = fill(drawn[first], look.columns - width(sign) - 1)
    drawn[first] = (*row, (f"state.{message.state}", sign), ("default", " "))


def _failure(message: Message, look: Look, columns: int) -> list[Row]:
    why = single_line(message.error[1]).rstrip(".") or "it could not be sent"
    text = f"not sent: {why} (:retry sends it again, :discard removes it)"
    return wrap_runs(text, [("message.error", len(text))], max(2, columns))
