"""What is between the bar and the status line: the panes, side by side or one above the other."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from primitivus.model.attention import is_looked_at
from primitivus.model.files.pictures import Wanted
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import ContactsPane, ConversationsPane
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.screen.placing import Placed, Placing
from primitivus.model.wording.address import occupant
from primitivus.sentences import tr
from primitivus.widgets import pane_title, topic
from primitivus.widgets.areas import message_columns
from primitivus.widgets.drawing.cells import Row, Segment, fill, joined, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.lists import contact_list, conversation_list, occupant_list
from primitivus.widgets.messages import message_list
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message_rows import MessageRows
from primitivus.widgets.scene import Scene

# The rows of the conversations that show.
LaidOut = Mapping[ConversationPane, MessageRows]
# Returns the rows of a pane in so many columns and rows.
Draw = Callable[[Scene, Any, int, int], list[Row]]
# Tells a pane what room there is.
Measure = Callable[[Scene, Any, int, int], None]
# Rows, and whether the line beside them tells that the focus is there.
_Part = tuple[list[Row], bool]


def measure(scene: Scene, placing: Placing, before: LaidOut) -> dict[ConversationPane, MessageRows]:
    """Let the panes in view know how high what they hold is; return the rows of conversations."""
    laid_out, is_looked = {}, is_looked_at(scene.state)
    for placed in placing.seen():
        pane, height = placed.pane, placed.rows - placed.has_title
        if isinstance(pane, ConversationPane):
            look = _look(scene, pane, placed.columns - _has_right(placing, placed))
            height -= len(topic.rows(scene, placed))
            known = scene.state.at(pane.place).of(Transfers)
            rows = before.get(pane) or MessageRows(pane, known, look, height)
            rows.use(look, height)
            laid_out[pane] = rows
            record = scene.state.at(pane.place).conversation(pane.place.peer)
            pane.measured(rows, record, is_looked_at=is_looked)
            if rows.fit_nicks():
                pane.measured(rows, record, is_looked_at=is_looked)
        elif measure_pane := _measures(pane):
            measure_pane(scene, pane, placed.columns, height)
        else:
            pane.arranged(height)
    return laid_out


def load_behind() -> None:
    """Load what draws the panes that few first screens have, which one may open next."""
    for module in BEHIND.values():
        import_module(module)


def _measures(pane: Pane) -> Measure | None:
    return MEASURED.get(type(pane)) or getattr(_late(pane), "measure", None)


def _late(pane: Pane) -> ModuleType | None:
    name = BEHIND.get(pane.context) or LATE.get(pane.context)
    return import_module(name) if name else None


def draw(scene: Scene, laid_out: LaidOut, columns: int, height: int) -> list[Row]:
    """Return the rows of all panes there is room for."""
    placing = scene.state.layout.placing
    if placing is None or _is_withheld(scene, placing):
        # Nothing of a locked profile is for whoever sits here now.
        return [fill((), columns)] * height
    return _beside(list(_parts(scene, placing, laid_out)), scene)


def _is_withheld(scene: Scene, placing: Placing) -> bool:
    """Return whether there is but one profile, which is locked, and something of it would show."""
    is_locked = len(scene.state.accounts) < 2 and scene.state.account.is_locked
    return is_locked and not all(placed.pane.is_of_program for placed in placing.mains)


def _parts(scene: Scene, placing: Placing, laid_out: LaidOut) -> Iterator[_Part]:
    """Yield what stands side by side, from left to right."""
    focus = scene.state.focus
    if placing.left is not None:
        yield _drawn(scene, placing.left, laid_out), focus == placing.left.pane.context
    mains = [_main(scene, placed, placing, laid_out) for placed in placing.mains]
    if placing.is_beside:
        yield from ((rows, False) for rows in mains)
    elif mains:
        yield [row for rows in mains for row in rows], False
    if placing.right is not None:
        yield _drawn(scene, placing.right, laid_out), focus == placing.right.pane.context


def _main(scene: Scene, placed: Placed, placing: Placing, laid_out: LaidOut) -> list[Row]:
    """Return the rows of a main pane, beside another one with a title above."""
    title = [pane_title.draw(scene, placed, placing.why)] if placed.has_title else []
    return [*title, *_drawn(scene, placed, laid_out)]


def _drawn(scene: Scene, placed: Placed, laid_out: LaidOut) -> list[Row]:
    pane = placed.pane
    draw_pane = DRAWN.get(type(pane)) or getattr(_late(pane), "draw", None)
    if draw_pane is not None:
        rows = draw_pane(scene, pane, placed.columns, placed.rows - placed.has_title)
        return [joined(row) for row in rows]
    if not isinstance(pane, ConversationPane) or scene.state.at(pane.place).is_locked:
        return _welcome(scene, placed)
    above = [fill(row, placed.columns) for row in topic.rows(scene, placed)]
    messages = laid_out[pane]
    beside = " " * (placed.columns - messages.look.columns)
    shown = message_list.draw(messages)
    if beside == " ":
        # It keeps words from the line beside them, and no line.
        return [*above, *((*row, _as_end(scene, row)) for row in shown)]
    return [*above, *((*row, ("default", beside)) for row in shown)] if beside else [*above, *shown]


def _as_end(scene: Scene, row: Row) -> Segment:
    """Return a cell as a row ends: with a line, or blank."""
    style, text = row[-1]
    is_line = text.endswith(scene.symbols.rule) and str(style).startswith("line.")
    return (style, scene.symbols.rule) if is_line else ("default", " ")


DRAWN: Mapping[type[Pane], Draw] = {
    ConversationsPane: conversation_list.draw,
    ContactsPane: contact_list.draw,
    OccupantsPane: occupant_list.draw,
}
"""How each pane is drawn, but conversations, whose rows are kept."""

MEASURED: Mapping[type[Pane], Measure] = {}
"""How those take in what room there is whose rows depend on how wide they are."""

BEHIND: Mapping[str, str] = {
    "draft": "primitivus.widgets.blogs.draft",
    "post": "primitivus.widgets.blogs.post",
    "search": "primitivus.widgets.lists.search",
    "services": "primitivus.widgets.lists.services",
    "timeline": "primitivus.widgets.blogs.timeline",
    "transfers": "primitivus.widgets.lists.transfers",
    "unpublished": "primitivus.widgets.blogs.timeline",
}
"""The modules that `draw` and perhaps `measure` what few first screens have, by its context.

They are loaded behind the first screen, so that nobody waits for them who opens one.
"""

LATE: Mapping[str, str] = {
    "home": "primitivus.widgets.lists.home",
    "log": "primitivus.widgets.lists.log",
    "rooms": "primitivus.widgets.lists.rooms",
    "settings": "primitivus.widgets.lists.settings",
}
"""The same of what is seldom opened: they are loaded as it shows."""

PICTURED = ("draft", "post")
"""Of which of those the module has `pictures`, which returns those in view, by their context."""


def pictures(scene: Scene) -> list[Wanted]:
    """Return those in view in panes other than conversations."""
    mains = scene.state.layout.mains()
    seen = (each for each in mains if not scene.state.at(each.place).is_locked)
    pictured = [pane for pane in seen if pane.context in PICTURED]
    return [one for pane in pictured for one in import_module(BEHIND[pane.context]).pictures(pane)]


def _has_right(placing: Placing, placed: Placed) -> bool:
    """Return whether a line is right of a main pane, which its words are not to touch."""
    is_last = placed is placing.mains[-1] or not placing.is_beside
    return placing.right is not None or not is_last


def _look(scene: Scene, pane: ConversationPane, columns: int) -> Look:
    account, settings = scene.state.at(pane.place), scene.settings
    rooms, room = account.of(Rooms), occupant(pane.place.peer)[0]
    us, held = rooms.address(room), rooms.occupants(room)
    return Look(
        columns=message_columns(settings, columns),
        symbols=scene.symbols,
        own_nick=single_line(account.name(us or account.profile.jid)) or tr("me"),
        peer_name=single_line(account.name(pane.place.peer)),
        alike=held.alike if held is not None else frozenset(),
        is_room=account.conversation(pane.place.peer).kind == "room",
        timestamps=settings.timestamps,
        short_nicks=settings.short_nicks,
        decorations=settings.decorations,
        time_format=settings.time_format,
        day_format=settings.day_format,
        nick_style=scene.nick_style,
        searched=pane.searched,
        gallery=scene.gallery if settings.pictures != "off" else None,
    )


def _beside(parts: list[_Part], scene: Scene) -> list[Row]:
    """Return the rows of panes side by side, with a line between them."""
    if len(parts) == 1:
        return parts[0][0]
    rows = []
    for lines in zip(*(drawn for drawn, _ in parts), strict=True):
        row = list(lines[0])
        for number, line in enumerate(lines[1:]):
            is_focused = parts[number][1] or parts[number + 1][1]
            border = (
                ("pane.border.focused", scene.symbols.border_focused)
                if is_focused
                else ("pane.border", scene.symbols.border)
            )
            row += [border, *line]
        rows.append(tuple(row))
    return rows


def _welcome(scene: Scene, placed: Placed) -> list[Row]:
    """Return what stands where no conversation shows; a banner tells of where one is."""
    columns, height = placed.columns, placed.rows - placed.has_title
    account, text = scene.state.at(placed.pane.place), ""
    name = single_line(account.profile.name)
    if name and scene.state.is_attached and account.is_locked:
        is_here = account is scene.state.account
        text = "" if is_here else single_line(account.why_locked())
    elif name and scene.state.is_attached:
        text = tr(":chat ADDRESS opens a conversation, :add ADDRESS adds a contact, F1 helps")
    rows = wrap_runs(text, [("message.info", len(text))], max(4, columns - 2)) if text else []
    padded = [((("default", " "), *row)) for row in rows]
    return [fill(row, columns) for row in ((), *padded, *[()] * height)][:height]
