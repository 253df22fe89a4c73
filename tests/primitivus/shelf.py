"""A feature of the tests' own in the frontend: a pane of people, kept by a part of its own.

It is what a feature is there: a part of an account, a pane and how that is drawn, what stands with
a message and in the status line, commands, its tables of the keymap; and its lines in the lists.
"""

from backendd.api.contract import Roster
from backendd.api.names import ROSTER
from primitivus.client import work
from primitivus.client.part import Access, Handlers, Part
from primitivus.commands import all as commands
from primitivus.commands import details
from primitivus.commands import panes as pane_commands
from primitivus.commands.command import command
from primitivus.keymaps import contexts, load
from primitivus.model.area import Area
from primitivus.model.editor import Editor
from primitivus.model.panes.pane import Pane
from primitivus.model.purpose import Purpose
from primitivus.widgets import message_parts, panes, popups, status
from primitivus.widgets.box import Box
from primitivus.widgets.cells import fill
from primitivus.widgets.message_parts import Sign

KEYS = """
[shelf]
"Esc" = "mode normal"
"Enter" = "enter"
"C-g" = "dust"
[normal.shelf]
"D" = "dust"
"""


class ShelfPart(Part):
    """Knows who is on the shelf; what a pane shows of one is loaded when it is in view."""

    def __init__(self, access: Access) -> None:
        self._roster = access.interface(Roster)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self.jids: list[str] = []

    def signals(self) -> Handlers:
        return {(ROSTER, "Removed"): self._removed}

    async def fetch(self) -> None:
        self.jids = [each.jid for each in await self._roster.list()]

    def fill(self, pane: Pane) -> None:
        if isinstance(pane, ShelfPane) and pane.jids is None:
            pane.jids = list(self.jids)
            self._state.changed(Area.VIEW)

    def _removed(self, jids: list[str]) -> None:
        for jid in jids:
            self.jids.remove(jid)
            self._state.say(f"{jid} fell off the shelf", account=self._account)


class ShelfPane(Pane):
    """Who is on the shelf; what is typed in it is its label."""

    context = "shelf"
    is_typed = True
    is_titled = True
    exit = "back"
    caption = "The shelf"
    prompt = "label"

    def __init__(self, place) -> None:
        self.place = place
        self.jids = None
        self.height = 0
        self._editor = Editor()

    @property
    def editor(self) -> Editor:
        return self._editor

    def arranged(self, height: int) -> None:
        self.height = height

    def forget(self, account: str) -> None:
        self.jids = []

    def enter(self) -> str:
        return f"chat {self.jids[0]}" if self.jids else ""


def draw(scene, pane, columns, height):
    assert pane.height == height
    rows = [(("default", jid),) for jid in pane.jids or ()]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


class TagPopup(Pane):
    """What the shelf is made of."""

    context = "overlay"
    height = 0

    def arranged(self, height: int) -> None:
        self.height = height

    def enter(self) -> str:
        return "cancel"


def draw_tag(scene, popup, columns, height):
    assert popup.height == height
    return Box([(("popup", "made of wood"),)], 0, 0)


def dusty(message, look, columns):
    """Stand below a message that says so."""
    return [(("message.info", "it is dusty"),)] if "dust" in message.body else []


def grain(message, look):
    """Stand beside a message that says so."""
    return Sign("message.info", "oo", 2) if "dust" in message.body else None


def quoted(message, look, columns):
    """Stand above a message that says so."""
    return [(("message.info", "> swept"),)] if "dust" in message.body else []


def weight(account, message):
    yield "weight", str(len(message.body))


def fullness(scene):
    yield "status.notice", "the shelf is there"


@command("shelf")
async def shelf(ctx) -> None:
    """Show the shelf."""
    pane_commands.show(ctx, ShelfPane(ctx.state.account.place("")))


@command("dust", context="shelf")
async def dust(ctx) -> None:
    """Dust the shelf."""
    ctx.state.say(f"dusted as {ctx.pane.editor.text}")


@command("tag")
async def tag(ctx) -> None:
    """Show what the shelf is made of."""
    ctx.state.open_popup(TagPopup())


@command("label", context="messages")
async def label(ctx) -> None:
    """Write a label for the selected message."""

    async def hand_over(messages, peer, body, token):
        await messages.send(peer, f"label: {body}", token=token)

    message = ctx.state.conversation.selected_message
    ctx.state.chat.purpose = Purpose(f"a label for: {message.body}", hand_over)
    pane_commands.go_to(ctx, "input")
    ctx.state.show(mode="insert")


def add(monkeypatch, directory):
    """Add its lines to the lists of the frontend, and its keys in each keymap."""
    monkeypatch.setattr(work, "PARTS", (*work.PARTS, ShelfPart))
    monkeypatch.setattr(panes, "DRAWN", {**panes.DRAWN, ShelfPane: draw})
    monkeypatch.setattr(popups, "DRAWN", {**popups.DRAWN, TagPopup: draw_tag})
    monkeypatch.setitem(contexts.TABLES, "shelf", ("line", "shelf"))
    monkeypatch.setitem(contexts.TABLES, "normal.shelf", ("shelf",))
    monkeypatch.setattr(message_parts, "ABOVE", (*message_parts.ABOVE, quoted))
    monkeypatch.setattr(message_parts, "BELOW", (dusty, *message_parts.BELOW))
    monkeypatch.setattr(message_parts, "SIGNS", (grain, *message_parts.SIGNS))
    monkeypatch.setattr(details, "DETAILS", (*details.DETAILS, weight))
    monkeypatch.setattr(status, "NEWS", (*status.NEWS, fullness))
    known = commands.registry()
    more = type(known)([*known, shelf, dust, label, tag])
    monkeypatch.setattr("primitivus.app.display.registry", lambda: more)
    folder = directory / "keymaps"
    folder.mkdir()
    for path in load._FOLDER.glob("*.toml"):
        (folder / path.name).write_text(path.read_text() + KEYS)
    monkeypatch.setattr(load, "_FOLDER", folder)
