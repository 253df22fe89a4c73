"""A feature of the tests' own in the frontend: a pane of people, kept by a part of its own.

It is what a feature is there: a part of an account, a pane and how that is drawn, what stands with
a message and in the status line, commands, its tables of the keymap; and its lines in the lists.
"""

from backendd.api.contract import Roster
from backendd.api.names import ROSTER
from primitivus.client import work
from primitivus.client.part import Access, Handlers, Part
from primitivus.commands import all as commands
from primitivus.commands.command import command
from primitivus.commands.line import completers
from primitivus.commands.line.completions import Candidate
from primitivus.commands.messages import details
from primitivus.commands.panes import panes as pane_commands
from primitivus.commands.settings import settings_listed
from primitivus.commands.settings.settings_source import Source
from primitivus.keymaps import contexts, load
from primitivus.model import state
from primitivus.model.area import Area
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.purpose import Purpose
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import PlacesPane
from primitivus.model.questions import questions
from primitivus.model.questions.question import Question
from primitivus.model.setting import SWITCH, Setting, switch
from primitivus.widgets import panes, status
from primitivus.widgets.drawing.cells import fill
from primitivus.widgets.messages import message_parts
from primitivus.widgets.messages.message_parts import Sign
from primitivus.widgets.popups import popups
from primitivus.widgets.popups.box import Box

KEYS = """
[shelf]
"Esc" = "mode normal"
"Enter" = "enter"
"C-g" = "dust"
"C-t" = "lend"
[normal.shelf]
"D" = "dust"
[normal.toys]
"w" = "wind-up"
"""


class Toys:
    """What toys there are, as an account of the model keeps it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.is_out = False
        self.borrowers: list[str] = []


class Loan(Question):
    """Somebody asks to borrow a toy."""

    nouns = ("loan", "loans")
    sign = "&"

    @classmethod
    def counted(cls, number):
        return f"{number} {cls.nouns[number != 1]}"

    @classmethod
    def waiting(cls, account):
        return [cls(account.place(each)) for each in account.of(Toys).borrowers]

    @classmethod
    def count(cls, account):
        return len(account.of(Toys).borrowers)

    @property
    def name(self):
        return f"loan to {self.place.peer}"

    @property
    def about(self):
        return f"loan {self.place.peer}"

    @property
    def told(self):
        return f"{self.place.peer} wants a toy"

    @property
    def how(self):
        return ":lend"

    @property
    def line(self):
        return "shelf"

    def is_at(self, state):
        return isinstance(state.pane, ShelfPane)


class ShelfPart(Part):
    """Knows who is on the shelf; what a pane shows of one is loaded when it is in view."""

    def __init__(self, access: Access) -> None:
        self._roster = access.interface(Roster)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self.jids: list[str] = []

    def signals(self) -> Handlers:
        return {(ROSTER, "Removed"): self._removed, (ROSTER, "Changed"): self._changed}

    async def fetch(self) -> None:
        self.jids = [each.jid for each in await self._roster.list()]
        self._account.of(Toys).names = [f"toy of {jid}" for jid in self.jids]

    def fill(self, pane: Pane) -> None:
        if isinstance(pane, ShelfPane) and pane.jids is None:
            pane.jids = list(self.jids)
            self._state.changed(Area.VIEW)

    def _changed(self, records: list[dict[str, str]]) -> None:
        for each in records:
            self._account.of(Toys).borrowers.append(each["jid"])
            questions.announce(self._state, [Loan(self._account.place(each["jid"]))])
        self._state.changed(Area.REQUESTS)

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
        self.columns = self.height = 0
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


class ToySettings(Source):
    """How the toys are."""

    is_wound_up = False

    def settings(self):
        yield Setting(
            section="Toys of alice",
            name="wound_up",
            value=switch(self.is_wound_up),
            doc="whether they run",
            choices=SWITCH,
            change=self._wind,
        )

    async def _wind(self, value):
        self.is_wound_up = value == "on"


class ToysList(PlacesPane):
    """The toys, at the side while they are out."""

    context = "toys"

    def is_on(self, settings):
        return True

    def is_for(self, main):
        return bool(self.entries())


def toys_of(state):
    toys = state.account.of(Toys)
    is_shown = toys.is_out and not state.account.is_locked
    return [state.account.place(each) for each in toys.names if is_shown]


def draw_toys(scene, pane, columns, height):
    rows = [
        ((("list.selected" if each == pane.marked else "list"), each.peer),)
        for each in pane.entries()
    ]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def measure(scene, pane, columns, height):
    pane.columns = columns
    pane.arranged(height)


def draw(scene, pane, columns, height):
    assert (pane.columns, pane.height) == (columns, height)
    rows = [(("default", jid),) for jid in pane.jids or ()]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


class TagPopup(Pane):
    """What the shelf is made of."""

    context = "overlay"
    columns = height = 0

    def arranged(self, height: int) -> None:
        self.height = height

    def enter(self) -> str:
        return "cancel"


def draw_tag(scene, popup, columns, height):
    assert (popup.columns, popup.height) == (columns, height)
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


@command("toys")
async def toys(ctx) -> None:
    """Take the toys out."""
    ctx.state.account.of(Toys).is_out = True
    ctx.state.changed(Area.VIEW)


@command("wind-up", context="toys")
async def wind_up(ctx) -> None:
    """Wind up the toy that is marked."""
    ctx.state.say(f"{ctx.pane.marked.peer} runs")


@command("lend", context="shelf")
async def lend(ctx) -> None:
    """Lend a toy to whoever asks first."""
    who = ctx.state.account.of(Toys).borrowers.pop(0)
    ctx.state.settle(f"loan {who}", ctx.state.account)
    ctx.state.say(f"{who} has a toy now")


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

    async def hand_over(messages, peer, body, token, draft):
        await messages.send(peer, f"label: {body}", token=token)

    message = ctx.state.conversation.selected_message
    ctx.state.chat.purpose = Purpose(f"a label for: {message.body}", hand_over)
    pane_commands.go_to(ctx, "input")
    ctx.state.show(mode="insert")


def call_toy(written):
    """Have a toy called by its name at the beginning of a line."""
    toys = written.known.state.account.of(Toys).names
    begun = [each for each in toys if written.before and each.startswith(written.before)]
    return written.instead(0, [Candidate(f"{each}:") for each in begun])


def add(monkeypatch, directory):
    """Add its lines to the lists of the frontend, and its keys in each keymap."""
    monkeypatch.setattr(work, "PARTS", (*work.PARTS, ShelfPart))
    monkeypatch.setattr(panes, "DRAWN", {**panes.DRAWN, ShelfPane: draw, ToysList: draw_toys})
    monkeypatch.setattr(panes, "MEASURED", {**panes.MEASURED, ShelfPane: measure})
    monkeypatch.setattr(popups, "MEASURED", {**popups.MEASURED, TagPopup: measure})
    monkeypatch.setattr(popups, "DRAWN", {**popups.DRAWN, TagPopup: draw_tag})
    monkeypatch.setitem(contexts.TABLES, "shelf", ("line", "shelf"))
    monkeypatch.setitem(contexts.TABLES, "normal.shelf", ("shelf",))
    monkeypatch.setitem(contexts.TABLES, "normal.toys", ("toys",))
    monkeypatch.setattr(state, "LISTS", {**state.LISTS, ToysList: toys_of})
    monkeypatch.setattr(message_parts, "ABOVE", (*message_parts.ABOVE, quoted))
    monkeypatch.setattr(message_parts, "BELOW", (dusty, *message_parts.BELOW))
    monkeypatch.setattr(message_parts, "SIGNS", (grain, *message_parts.SIGNS))
    monkeypatch.setattr(completers, "COMPLETERS", (*completers.COMPLETERS, call_toy))
    monkeypatch.setattr(questions, "QUESTIONS", (*questions.QUESTIONS, Loan))
    monkeypatch.setattr(settings_listed, "SOURCES", (*settings_listed.SOURCES, ToySettings))
    monkeypatch.setattr(details, "DETAILS", (*details.DETAILS, weight))
    monkeypatch.setattr(status, "NEWS", (*status.NEWS, fullness))
    known = commands.registry()
    more = type(known)([*known, shelf, toys, wind_up, lend, dust, label, tag])
    monkeypatch.setattr("primitivus.app.controls.registry", lambda: more)
    folder = directory / "keymaps"
    folder.mkdir()
    for path in load._FOLDER.glob("*.toml"):
        (folder / path.name).write_text(path.read_text() + KEYS)
    monkeypatch.setattr(load, "_FOLDER", folder)
