"""Who is in a room: those who decide there first, each group under its name."""

from bisect import bisect_left
from collections.abc import Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.accounts.account import Account
from primitivus.model.messages.ignored import IgnoredOccupants
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.place import NOWHERE, Place
from primitivus.model.rooms.occupants import GROUPS, group
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import in_view, settled
from primitivus.model.wording.address import occupant
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, fill, fit, single_line, width
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.scene import Scene

# A row: a place in GROUPS, or who is in one.
_Entry = int | Place


class _List(NamedTuple):
    """What all rows of a list have in common; `marked` is NOWHERE while the focus isn't there."""

    scene: Scene
    account: Account
    rooms: Rooms
    ignored: IgnoredOccupants
    ours: str
    alike: frozenset[str]
    marked: Place


def draw(scene: Scene, pane: OccupantsPane, columns: int, height: int) -> list[Row]:
    """Return `height` rows: a title, and those around the marked one as far as they fit."""
    places = pane.entries()
    entries = _entries(scene, places)
    room = max(0, height - 1)
    start = _start(entries, pane.marked, room)
    if pane.first != NOWHERE and pane.first in entries:
        first = entries.index(pane.first)
        # The name of the first group is above who is first in it.
        start = max(0, min(first if first > 1 else 0, len(entries) - room))
    beyond = Beyond.of(len(entries), start, room)
    rows = [_title(scene, pane, len(places), columns, beyond)]
    common = _common(scene, pane)
    groups = range(len(GROUPS))
    top = settled(entries, start, room, _is_group, groups)
    for at, each in enumerate(in_view(entries, top, room, _is_group, groups)):
        if isinstance(each, int):
            row, hidden = _group(scene, each, columns), entries[start]
            is_above = at == 0 and not isinstance(hidden, int)
            rows.append(row_of(Choice(NOWHERE, hides=hidden), row) if is_above else row)
        else:
            rows.append(row_of(Choice(each), _row(common, each, columns)))
    if not places and room:
        said = fit(" " + tr("nobody; Esc shows all"), columns, scene.symbols.ellipsis)
        rows.append((("message.info", said),))
    return [fill(row, columns, "list") for row in (*rows, *[()] * height)][:height]


def _common(scene: Scene, pane: OccupantsPane) -> _List:
    state = scene.state
    account, room = state.account, state.layout.place.peer
    rooms = account.of(Rooms)
    held = rooms.occupants(room)
    return _List(
        *(scene, account, rooms, account.of(IgnoredOccupants), rooms.us(room)),
        alike=held.alike if held is not None else frozenset(),
        marked=pane.marked if state.focus == pane.context else NOWHERE,
    )


def _title(scene: Scene, pane: OccupantsPane, found: int, columns: int, beyond: Beyond) -> Row:
    state = scene.state
    room = state.account.of(Rooms).get(state.layout.place.peer)
    count = str(room.occupants) if room is not None else ""
    text = tr("Occupants {count}", count=count)
    if pane.wanted:
        text = tr(
            '{found}/{count} with "{name}"', found=found, count=count, name=single_line(pane.wanted)
        )
    return scene.title(text, columns, is_focused=state.focus == pane.context, beyond=beyond)


def _entries(scene: Scene, places: Sequence[Place]) -> list[_Entry]:
    """Return the rows below the title; a group begins with its name where its own is held."""
    held = scene.state.account.of(Rooms)

    def group_of(place: Place) -> int:
        known = held.occupant(place.peer)
        return group(known) if known is not None else 0

    if not places or held.occupant(places[0].peer) is None:
        return list(places)
    entries: list[_Entry] = []
    bounds = [bisect_left(places, number, key=group_of) for number in range(len(GROUPS))]
    for number, (start, end) in enumerate(zip(bounds, [*bounds[1:], len(places)], strict=True)):
        if start < end:
            entries += [number, *places[start:end]]
    return entries


def _start(entries: Sequence[_Entry], marked: Place, room: int) -> int:
    """Return the first row to show, so that the marked one is among them."""
    at = entries.index(marked) if marked.peer and marked in entries else 0
    return min(at, max(0, min(at - room + 2, len(entries) - room))) if at >= room - 1 else 0


def _is_group(entry: _Entry) -> bool:
    return isinstance(entry, int)


def _group(scene: Scene, number: int, columns: int) -> Row:
    return (("list.group", fit(f" {GROUPS[number]}", columns, scene.symbols.ellipsis)),)


def _row(common: _List, entry: Place, columns: int) -> Row:
    scene, symbols = common.scene, common.scene.symbols
    known = common.rooms.occupant(entry.peer)
    room, nick = occupant(entry.peer)
    show = (known.show or "online") if known is not None else "online"
    presence, sign = scene.presence_in(common.account, show)
    name = scene.nick_style(nick)
    status = known.status if known is not None else ""
    if nick == common.ours:
        name = "message.nick.own"
        status = tr("you: {status}", status=status) if status else tr("you")
    if known is not None and common.ignored.get(room, known.occupant_id) is not None:
        name, status = "list.muted", tr("ignored")
    said = f"  {single_line(status)}" if status else ""
    marked = "list.selected.focused" if common.marked == entry else ""
    room_for = max(1, columns - 2 - width(sign))
    text = (symbols.alike if nick in common.alike else "") + single_line(nick)
    left = room_for - width(text)
    shown = fit(text, min(room_for, width(text)), symbols.ellipsis)
    quiet = fit(said, left, symbols.ellipsis) if left > 0 else ""
    return (
        (marked or "list", symbols.focus if marked else " "),
        (marked or presence, sign),
        (marked or "list", " "),
        (marked or name, shown),
        (marked or "list.muted", quiet),
    )
