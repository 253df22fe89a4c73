"""A scene: how a view is come to from a world that is always the same, and what is in view."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import NamedTuple

from primitivus.model.panes.pane import Pane
from tests.primitivus.fake import START_US
from tests.primitivus.scenes.world import World

# 22 November 2026, 18:36 UTC
NOW_US = START_US + 8 * 3_600_000_000
_BUS = "org.freedesktop.DBus"
PROFILE = "juliet"
JULIET = "juliet@example.org"


# The styles of what is chosen.
CHOSEN = {
    "list.selected",
    "list.selected.focused",
    "message.selected",
    "popup.selected",
    "popup.match.selected",
    "button.focused",
}


def _name(attribute):
    """Return the name of the style of something that is drawn."""
    return str(getattr(attribute, "style", attribute)).partition(" on ")[0]


class Scene(NamedTuple):
    """One view: its name, how it is come to, and the panes and popups that are then in view."""

    name: str
    play: "Callable[[Stage], Awaitable[None]]"
    shows: tuple[type[Pane], ...]


SCENES: dict[str, Scene] = {}


def scene(*shows):
    """Make a function the scene of its name, in which these panes and popups are in view."""

    def make(play):
        assert play.__name__ not in SCENES, f"two scenes are called {play.__name__}"
        SCENES[play.__name__] = Scene(play.__name__, play, shows)
        return play

    return make


class Stage:
    """Where scenes are played: a backend that knows a small world, and the program before it."""

    def __init__(self, fake, fly, folder, environment):
        self.fake = fake
        self._environment = environment
        self.folder = folder
        self._fly = fly
        self.world = None
        self.pilot = None
        # Whether the backend has gone.
        self.is_gone = False
        # What is to be done where the symbols are others.
        self.on_dress = None

    def fill(self):
        """Have a profile that knows some people, rooms and blogs; return what makes more of it."""
        self.world = World(self.fake.add_profile(PROFILE, JULIET))
        return self.world

    def home(self):
        """Return the folder that is the user's home."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return home

    def write(self, path, size, *, days=0):
        """Write a file that is changed so many days ago."""
        with path.open("wb") as file:
            file.truncate(size)
        changed_s = NOW_US // 1_000_000 - days * 86_400
        os.utime(path, (changed_s, changed_s))

    async def start(self, until=None, **settings):
        """Start the program; return its pilot."""
        self.pilot = self._fly(**settings)
        return await self.pilot.start(until=until)

    async def play(self, scene):
        """Come to a view, and see that what it is to show is there."""
        await scene.play(self)
        await self.settle()
        missing = set(scene.shows) - self.in_view()
        assert not missing, f"no {missing} in:\n{self.pilot.screen}"

    def in_view(self):
        """Return the classes of the panes and the popup in view."""
        state = self.pilot.state
        placing = state.layout.placing
        panes = [each.pane for each in placing.seen()] if placing is not None else []
        return {type(each) for each in (*panes, state.view.shown_popup) if each is not None}

    async def dress(self, symbols):
        """Draw as on a terminal that has these symbols; what says of them is come to anew."""
        self.pilot.app.display._looks._encoding = symbols
        self.pilot.app.display.dress()
        self.pilot.app.display.draw_now()
        if self.on_dress is not None:
            await self.on_dress()
        await self.settle()

    async def capture(self, columns, rows):
        """Return the text of the screen at this size, without blanks at the ends of its rows."""
        self.pilot.resize(columns, rows)
        await self.settle()
        return "\n".join(row.rstrip() for row in self.pilot.terminal.rows).rstrip() + "\n"

    async def without_colours(self, columns, rows):
        """Return the text of the screen as it is on a terminal without colours."""
        with self._environment.context() as environment:
            environment.setenv("NO_COLOR", "1")
            self.pilot.app.display.dress()
            text = await self.capture(columns, rows)
        self.pilot.app.display.dress()
        return text

    def unsigned(self):
        """Return the rows in which something is drawn as chosen, and no sign says so."""
        symbols = self.pilot.app.display.symbols()
        drawn = zip(self.pilot.terminal.rows, self.pilot.terminal.styles, strict=True)
        return [
            row
            for row, styles in drawn
            if any(_name(style) in CHOSEN for style, _ in styles)
            and not any(sign in row for sign in (symbols.focus, symbols.here))
        ]

    async def settle(self):
        """Return when what was asked of the backend is answered and drawn."""
        await self.pilot.keyboard.idle()
        before = None
        while before != (before := self.pilot.screen) or self.pilot._is_due():
            if not self.is_gone:
                await self.fake.link.call(_BUS, "/", _BUS, "GetId")
            if pictures := self.pilot.app.display._loader._running:
                await asyncio.wait([pictures])
            await asyncio.sleep(0)


def hold_the_clock(monkeypatch):
    """Have it be the same time for the program in all scenes, in UTC."""
    held = SimpleNamespace(
        time_ns=lambda: NOW_US * 1000, localtime=time.gmtime, strftime=time.strftime
    )
    monkeypatch.setattr("primitivus.model.wording.times.time", held)
    monkeypatch.setattr("tests.primitivus.fake.account.now_us", lambda: NOW_US)
