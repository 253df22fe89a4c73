"""The list of conversations: who, how reachable, how much is unread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from backendd.api.records import Conversation
from primitivus.model.accounts.account import Account
from primitivus.model.attention import is_kept_up
from primitivus.model.messages.conversations import waits
from primitivus.model.messages.mentions import mentions
from primitivus.model.messages.message import beginning, nick_of
from primitivus.model.panes.places import ConversationsPane
from primitivus.model.place import Place
from primitivus.model.questions import questions
from primitivus.model.questions.question import Question
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import in_view, settled
from primitivus.model.wording.times import came, now_us, short_moment
from primitivus.sentences import cntr, ntr, tr
from primitivus.widgets import accounts, who
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip,
    fill,
    fit,
    joined,
    single_line,
    width,
)
from primitivus.widgets.drawing.touching import row_of, running
from primitivus.widgets.messages.message import ACTION
from primitivus.widgets.pointing import pointed, pointed_by
from primitivus.widgets.scene import Scene

# From these widths on an entry has the time of its last message, and from this room for text on
# how that begins.
TIME_FROM, PREVIEW_FROM = 22, 26
TIME_COLUMNS, NAME_COLUMNS = 6, 12
PREVIEW_CHARACTERS = 200
# So much of what one is asked is listed in any case.
LEAST_ASKED = 3


def draw(scene: Scene, pane: ConversationsPane, columns: int, height: int) -> list[Row]:
    """Return `height` rows: a title, who asks something, and as many conversations as fit."""
    state = scene.state
    is_focused = state.focus == "conversations"
    asked = list(_asked(scene, columns, max(LEAST_ASKED, height // 3)))[: max(0, height - 2)]
    places = pane.entries()
    marked = pane.marked if is_focused else state.layout.place
    room = height - 1 - len(asked)
    start = _start(places, marked, room)
    if pane.first in places:
        start = max(0, min(places.index(pane.first), len(places) - room))
    beyond = Beyond.of(len(places), start, room)
    title = scene.title(tr("Conversations"), columns, is_focused=is_focused, beyond=beyond)
    rows: list[Row] = [title, *asked]
    among = [Place(each.account) for each in places[start : start + 1]]
    top = settled(places, start, room, _is_account, among)
    for at, place in enumerate(in_view(places, top, room, _is_account, among)):
        row = _entry(scene, place, columns, is_focused=is_focused, marked=marked)
        rows.append(row_of(Choice(place, hides=None if at else places[start]), row))
    if not places and room > 0:
        rows.append((("message.info", fit(" " + tr("none yet"), columns, scene.symbols.ellipsis)),))
    if room > 1:  # else it would hide the marked one
        rows = _with_more(scene, rows, _unread_behind(scene, places, start + room), columns)
    return [fill(row, columns, "list") for row in (*rows, *[()] * height)][:height]


def _asked(scene: Scene, columns: int, room: int) -> Iterator[Row]:
    """Yield rows of what one is asked, and how much more there is: it leaves room for the rest."""
    count = sum(questions.counts(scene.state).values())
    shown = count if count <= room else room - 1
    texts = [
        (f" {each.sign} {_whose(scene, each)}{single_line(each.name)}", each.line)
        for each in islice(questions.waiting(scene.state), shown)
    ]
    if count > shown:
        texts.append(
            (
                f" {scene.symbols.below} " + ntr("{n} more waits", "{n} more wait", count - shown),
                "requests",
            )
        )
    for text, line in texts:
        row: Row = (("list.mention", fit(text, columns, scene.symbols.ellipsis)),)
        yield tuple(running(row, line))


def _whose(scene: Scene, question: Question) -> str:
    """Return which profile is asked, where there are several."""
    state = scene.state
    name = state.accounts.told_apart(state.at(question.place))
    return f"{single_line(name)}: " if name else ""


def _is_account(place: Place) -> bool:
    return not place.peer


def _start(places: Sequence[Place], marked: Place, room: int) -> int:
    """Return the first entry to show, so that the marked one is among them."""
    place = places.index(marked) if marked in places else 0
    if place < room - 1:
        return 0
    return min(place, max(0, min(place - room + 2, len(places) - room)))


def _with_more(scene: Scene, rows: list[Row], hidden: int, columns: int) -> list[Row]:
    """Say on the last row that something unread lies further down."""
    if hidden and len(rows) > 1:
        text = f" {scene.symbols.below} " + cntr(
            "conversations", "{n} more unread", "{n} more unread", hidden
        )
        row: Row = (("list.unread", fit(text, columns, scene.symbols.ellipsis)),)
        rows[-1] = tuple(running(row, "next-unread"))
    return rows


def _unread_behind(scene: Scene, places: Sequence[Place], shown: int) -> int:
    """Return in how many conversations behind so many of a list something is unread."""
    state = scene.state

    def unread(some: Sequence[Place]) -> int:
        return sum(waits(state.at(each).conversation(each.peer)) for each in some)

    if shown > len(places) // 2:
        return unread(places[shown:])
    everywhere = (each.conversations.waiting() for each in state.accounts.opened())
    return sum(each.conversations for each in everywhere) - unread(places[:shown])


def _entry(scene: Scene, place: Place, columns: int, *, is_focused: bool, marked: Place) -> Row:
    account = scene.state.at(place)
    if not place.peer:
        style = "list.selected.focused" if is_focused and place == marked else ""
        heading = accounts.heading(scene, place, columns, marked=style)
        return pointed(scene, heading) if style else heading
    record = account.conversation(place.peer)
    if record.unread and is_kept_up(scene.state, place):
        # It is read as it comes; a number that flickers would only say so twice.
        record = replace(record, unread=0)
    presence, sign = who.sign(scene, place)
    style, quiet, count_style = _style(account, record), "list.muted", "list.count"
    if place == marked:
        style = "list.selected.focused" if is_focused else "list.selected"
        presence = quiet = count_style = style
    count, time = _count(scene, place, record), _time(scene, record, columns)
    room = columns - width(sign) - 3 - sum(width(text) + 1 for text in (count, time) if text)
    name = single_line(account.label(record.peer))
    row: list[Segment] = [(style, " "), (presence, sign), (style, " ")]
    if room >= PREVIEW_FROM:
        name_columns = max(NAME_COLUMNS, room * 2 // 5)
        row.append((style, fit(name, name_columns, scene.symbols.ellipsis)))
        said = clip(_preview(scene, record), room - name_columns - 2, scene.symbols.ellipsis)
        row.append((quiet, f"  {fit(said, room - name_columns - 2, scene.symbols.ellipsis)}"))
    else:
        row.append((style, fit(name, max(1, room), scene.symbols.ellipsis)))
    row += [(count_style, f" {count}")] if count else []
    row += [(quiet, f" {time}")] if time else []
    drawn = fill(joined(row), columns, style)
    if place != marked:
        return drawn
    return pointed(scene, drawn) if is_focused else pointed_by(scene.symbols.here, drawn)


def _time(scene: Scene, record: Conversation, columns: int) -> str:
    """Return when the last message came, as short as can be, where there is room for it."""
    if columns < TIME_FROM or record.last is None:
        return ""
    when = short_moment(came(record.last), now_us(), scene.settings.time_format)
    return f"{when:>{TIME_COLUMNS}}"


def _preview(scene: Scene, record: Conversation) -> str:
    """Return how the last message begins, or that somebody types."""
    if record.typing:
        return tr("typing{ellipsis}", ellipsis=scene.symbols.ellipsis)
    if record.last is None:
        return ""
    said = single_line(beginning(record.last, PREVIEW_CHARACTERS))
    if said.startswith(ACTION):
        return f"* {said[len(ACTION) :]}"
    who = tr("me") if record.last.direction == "out" else single_line(nick_of(record.last))
    return f"{who}: {said}" if who else said


def _style(account: Account, record: Conversation) -> str:
    if mentions(record):
        return "list.mention"
    if record.notify == "none" or account.blocked.entry(record.peer):
        return "list.muted"
    return "list.unread" if record.unread else "list"


def _count(scene: Scene, place: Place, record: Conversation) -> str:
    signs = scene.symbols
    text = ""
    if record.typing:
        text += signs.ellipsis
    if record.draft.strip() and place != scene.state.layout.place:
        text += signs.draft
    if record.notify == "none":
        text += signs.muted
    if record.pinned:
        text += signs.pinned
    if record.unread:
        text += (" " if text else "") + _unread(record)
    return text


def _unread(record: Conversation) -> str:
    """Return how many are unread, as "12"; of them so many speak to us, as "12 @2", or all "@2"."""
    for_us = mentions(record)
    of_all = "" if for_us == record.unread else _number(record.unread)
    return " ".join(filter(None, (of_all, f"@{_number(for_us)}" if for_us else "")))


def _number(count: int) -> str:
    return str(count) if count < 1000 else "999+"
