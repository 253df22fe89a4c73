"""The terminal UI without a terminal: keys go in, and what would be drawn can be read."""

import asyncio
from contextlib import contextmanager

from backendd.api.tasks import Tasks
from primitivus.app import last_place
from primitivus.app.program import App
from primitivus.client.engine import Engine
from primitivus.config import Settings
from primitivus.keymaps.keys import parse_key
from primitivus.model.place import NOWHERE
from primitivus.widgets.drawing.cells import width
from primitivus.widgets.terminal import Mouse, Paste
from tests.lab.patience import PATIENCE_S
from tests.primitivus.fake import Calls


class PlainTerminal:
    """Keeps the last frame as text."""

    def __init__(self, columns=100, rows=30):
        self.size = (columns, rows)
        self.rows = []
        self.styles = []
        self.palette = {}
        self.colours = 0
        self.cursor = None
        self.title = ""
        self.heeds_mouse = False
        self.rung = 0
        self.notified = []
        self.copied = []
        self.frames = []
        self.drawn = asyncio.Event()
        self.is_started = False
        self.is_suspended = False
        self.cleared = 0
        # Whether it tells that it has the focus when it is asked to, as some do.
        self.has_focus = True

    def register(self, palette):
        self.palette.update((entry.name, entry) for entry in palette)

    def use_colours(self, depth):
        self.colours = depth

    def start(self, on_keys, on_lost):
        self.is_started = True
        self.on_keys = on_keys
        self.on_lost = on_lost
        if self.has_focus:
            on_keys(["focus in"])

    def stop(self):
        self.is_started = False

    @contextmanager
    def lent(self):
        self.stop()
        yield
        self.start(self.on_keys, self.on_lost)

    def draw(self, canvas):
        assert (canvas.cols(), canvas.rows()) == self.size
        self.rows = [b"".join(run[2] for run in row).decode() for row in canvas.content()]
        self.styles = [[(run[0], run[2].decode()) for run in row] for row in canvas.content()]
        self.cursor = canvas.cursor
        self.frames.append("\n".join(self.rows))
        self.drawn.set()

    def clear(self):
        self.cleared += 1

    def suspend(self):
        self.is_suspended = True

    def ring(self):
        self.rung += 1

    def notify(self, summary, body):
        self.notified.append((summary, body))

    def show_title(self, title):
        self.title = title

    def heed_mouse(self, *, is_on):
        self.heeds_mouse = is_on

    async def copy(self, text):
        self.copied.append(text)
        return "copied"


class Pilot:
    """Uses the program as a person would: `press`, `type`, and look."""

    def __init__(self, *, wanted="", columns=100, rows=30, address="", **settings):
        self.terminal = PlainTerminal(columns, rows)
        # What is unread at the start is looked at, where it isn't said otherwise.
        chosen = Settings(**{"start": "newest", **settings})
        self.engine = Engine(
            wanted=wanted,
            asks_always=chosen.ask_password == "always",
            last=last_place.read() if chosen.start == "last" else NOWHERE,
        )
        self.app = App(self.engine, chosen, self.terminal, address=address)
        self._tasks = Tasks()
        self._run = None

    @property
    def state(self):
        return self.engine.state

    @property
    def account(self):
        """What acts on the account where one is."""
        return self.app.controls.ctx.account

    @property
    def keyboard(self):
        return self.app.controls.keyboard

    @property
    def is_running(self):
        return self._run is not None and not self._run.done()

    @property
    def screen(self):
        return "\n".join(row.rstrip() for row in self.terminal.rows)

    def shows(self, text):
        """Return whether a text is on the screen, on one row or wrapped onto the next."""
        return text in self.screen or text in " ".join(self.screen.split())

    def styled(self, style):
        """Return all text on the screen that is drawn in a style."""
        return "".join(text for row in self.terminal.styles for name, text in row if name == style)

    async def start(self, until=None):
        self._run = self._tasks.start(self.app.run(), name="program")
        if until is not None:
            await self.see(until)
        return self

    async def press(self, *keys):
        """Press keys as keymaps write them, and return when they were taken."""
        self.terminal.on_keys([parse_key(key) for key in keys])
        await self.taken()

    async def type(self, text):
        self.terminal.on_keys(["enter" if letter == "\n" else letter for letter in text])
        await self.taken()

    async def paste(self, text):
        self.terminal.on_keys([Paste(text)])
        await self.taken()

    def find(self, text):
        """Return the column and the row where a text begins, of several the rightmost one."""
        rows = enumerate(self.terminal.rows)
        found = [(width(row[: row.rindex(text)]), at) for at, row in rows if text in row]
        assert found, f"no {text!r} in:\n{self.screen}"
        return max(found)

    async def point(self, text, key="press", *, beside=0, below=0):
        """Press the first cell of a text with the mouse, or one so many beside or below it."""
        column, row = self.find(text)
        await self.point_at(column + beside, row + below, key)

    async def point_at(self, column, row, key="press"):
        self.terminal.on_keys([Mouse(key, column, row)])
        await self.taken()

    async def command(self, line):
        """Type a command line, from whatever mode."""
        if self.state.view.mode != "normal":
            await self.press("Esc")
        await self.type(f":{line}\n")

    def resize(self, columns, rows):
        self.terminal.size = (columns, rows)
        self.terminal.on_keys(["window resize"])

    async def see(self, text):
        await self.until(lambda: self.shows(text), f"{text!r} on the screen")

    async def lose(self, text):
        await self.until(lambda: not self.shows(text), f"no {text!r} on the screen")

    async def all_read(self, account, peer):
        """Return when all from a peer is marked as read, and is known to be.

        The count alone is also 0 as long as it has not been told what came.
        """
        known = self.state.account.conversations
        await self.until(
            lambda: (
                all(each.state != "unread" for each in account.of(peer))
                and not known.get(peer).unread
            ),
            f"all of {peer} read",
        )

    async def until(self, is_so, what="what was waited for"):
        """Return when `is_so` and is drawn; looks again after each frame, change and call.

        What is pressed next is about what the screen shows: people don't know more.
        """
        changed = self.terminal.drawn
        undo = self.state.changes.watch(lambda area: changed.set())
        Calls.watchers.add(changed.set)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not is_so() or self._is_due():
                    self._raise_if_over()
                    changed.clear()
                    await self._next(changed)
        except TimeoutError:
            raise AssertionError(f"no {what} in:\n{self.screen}") from None
        finally:
            undo()
            Calls.watchers.discard(changed.set)

    async def taken(self):
        """Return when the keys were taken; what they do may wait for an answer."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.keyboard.idle()
        except TimeoutError:
            raise AssertionError(f"keys that were not taken in:\n{self.screen}") from None

    async def end(self):
        """Leave as with :quit; return the exit code."""
        if self._run is None:
            return None
        self.app.quit()
        async with asyncio.timeout(PATIENCE_S):
            return await self._run

    async def exit_code(self):
        """Return the exit code when the program has ended by itself."""
        async with asyncio.timeout(PATIENCE_S):
            return await self._run

    async def _next(self, changed):
        waiting = self._tasks.start(changed.wait(), name="look")
        await asyncio.wait([waiting, self._run], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    def _is_due(self):
        """Return whether something changed that isn't drawn yet."""
        return self.is_running and self.app.display._frames._due is not None

    def _raise_if_over(self):
        if self._run is not None and self._run.done():
            raise AssertionError(f"the program ended with {self._run.result()}:\n{self.screen}")
