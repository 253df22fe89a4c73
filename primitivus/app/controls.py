"""What the user does: keys, the commands that they run, and what those want of the screen.

The first screen shows without it: all that one can do takes longer to load than that to draw.
"""

import asyncio
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from primitivus.app.display import Display
from primitivus.client.engine import Engine
from primitivus.client.unfinished import clean_up
from primitivus.commands.accounts.doorman import Doorman
from primitivus.commands.all import registry
from primitivus.commands.arguments.paths import Told
from primitivus.commands.context import Context
from primitivus.commands.overdue import patient
from primitivus.config import Settings
from primitivus.keymaps.checks import checked, load_keymap
from primitivus.keymaps.keymap import Binding
from primitivus.keymaps.load import KeymapFiles, keymap_names
from primitivus.model.wording.times import now_us
from primitivus.sentences import ntr, tr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.keyboard.editor import edit
from primitivus.widgets.keyboard.keyboard import Keyboard
from primitivus.widgets.panes import load_behind

# The settings that things are drawn with only once they are loaded.
_LOOKS = (
    "theme",
    "colours",
    "colour_vision",
    "nick_colours",
    "symbols",
    "pictures",
    "picture_rows",
)


class Controls:
    """Takes keys; it is what commands call the screen."""

    def __init__(
        self,
        engine: Engine,
        display: Display,
        files: KeymapFiles,
        saved: Settings,
        *,
        on_quit: Callable[[], None],
    ) -> None:
        """`files` are those of the keymap, and `saved` the settings as they stand in theirs."""
        load_behind()
        self._state = engine.state
        self._display = display
        self._on_quit = on_quit
        # Held by who has the terminal meanwhile.
        self._lending = asyncio.Lock()
        self.ctx = Context(
            state=engine.state,
            accounts=engine.accounts,
            registry=registry(),
            screen=self,
            saved=saved,
        )
        keymap, problems = checked(files, self.ctx.registry)
        self.keyboard = Keyboard(
            *(self.ctx, keymap, engine.tasks), after=display.draw_now, now_us=now_us
        )
        display.use(keymap)
        display.problems += problems
        self._tell_problems()
        engine.door.keep(Doorman(self.ctx))
        engine.tasks.start(clean_up(), name="clean up")

    def symbols(self) -> Symbols:
        return self._display.symbols()

    def theme(self) -> str:
        return self._display.theme()

    def contexts(self) -> tuple[str, ...]:
        return self.keyboard.contexts()

    def tables(self) -> tuple[str, ...]:
        return self.keyboard.tables()

    def bindings(self) -> Sequence[Binding]:
        return self.keyboard.keymap.bindings

    def in_force(self) -> Sequence[Binding]:
        return self.keyboard.in_force()

    def apply(self, name: str) -> None:
        if name == "keymap":
            keymap, problems = load_keymap(self._state.settings.keymap, self.ctx.registry)
            self.keyboard.use(keymap)
            self._display.use(keymap)
            self._display.problems += problems
        if name in _LOOKS:
            self._display.dress()
        if name in ("keymap", *_LOOKS):
            self._display.redraw()
        self._tell_problems()

    def keymaps(self) -> Sequence[str]:
        return keymap_names()

    async def edit(self, text: str, name: str = "message.txt", begun: Told = str) -> str:
        preferred, left = self.ctx.settings.editor, self._state.left
        with patient(), self.ctx.waiting.keys(math.inf):
            async with self._lending:
                try:
                    edited = await edit(
                        *(text, name, self._lent, preferred, begun),
                        left=lambda path: left.put(path, path),
                    )
                finally:
                    self.redraw()
        if edited.problem:
            self._state.complain(edited.problem, about="editor")
        return edited.text

    async def run_line(self, line: str) -> str:
        return await self.keyboard.run_line(line)

    async def copy(self, text: str) -> str:
        return await self._display.terminal.copy(text)

    def redraw(self) -> None:
        self._display.redraw()

    def suspend(self) -> None:
        with self._unread_left_out():
            self._display.terminal.suspend()

    def quit(self) -> None:
        self._on_quit()

    @contextmanager
    def _lent(self) -> Iterator[None]:
        """Lend the terminal."""
        with self._unread_left_out(), self._display.terminal.lent():
            yield

    @contextmanager
    def _unread_left_out(self) -> Iterator[None]:
        """Leave out, and say so, what was typed for who gets the terminal, and came here."""
        has_left_out = self.keyboard.leave_out()
        yield
        if has_left_out:
            self._state.say(tr("what was typed before the terminal was handed over is left out"))

    def _tell_problems(self) -> None:
        problems, self._display.problems = self._display.problems, []
        for problem in problems:
            self._state.complain(str(problem), about="files", line="settings")
        if len(problems) > 1:
            said = ntr(
                "{n} problems in files of yours: :messages tells them",
                "{n} problems in files of yours: :messages tells them",
                len(problems),
            )
            self._state.complain(said, about="files", line="settings")
