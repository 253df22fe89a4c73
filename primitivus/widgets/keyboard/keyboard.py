"""What comes from the keyboard: keys that run commands, and text to type."""

import asyncio
from collections import deque
from collections.abc import Callable

from backendd.api.tasks import Tasks
from primitivus.commands.context import Context
from primitivus.commands.finding.history_search import take_found
from primitivus.commands.registry import Invocation
from primitivus.keymaps.contexts import contexts_for, is_typing, tables_for, typed_contexts
from primitivus.keymaps.keymap import Binding, Keymap
from primitivus.keymaps.keys import NEWLINE, is_printable, split_meta
from primitivus.keymaps.sequences import Match, Matcher, Pending
from primitivus.widgets.keyboard.guard import left_of, run_guarded
from primitivus.widgets.keyboard.pasting import put_paste, say_paste_waits
from primitivus.widgets.keyboard.popup_keys import is_for_popup
from primitivus.widgets.keyboard.refusals import REFUSED, Refusals
from primitivus.widgets.keyboard.resting import focus_of
from primitivus.widgets.keyboard.typing import answers, ends_search, hush, type_text
from primitivus.widgets.terminal.keys import EscApart
from primitivus.widgets.terminal.mouse import Mouse
from primitivus.widgets.terminal.paste import PASTE_WAITS, Paste


class Keyboard:
    """Takes keys in order: each begins what it does before the next one is looked at."""

    def __init__(
        self,
        ctx: Context,
        keymap: Keymap,
        tasks: Tasks,
        *,
        after: Callable[[], None],
        now_us: Callable[[], int],
    ) -> None:
        self._ctx = ctx
        self._tasks = tasks
        self._after = after
        self._now_us = now_us
        self._keys: deque[str] = deque()
        self._pump: asyncio.Task[None] | None = None
        # Whether what the last key did is on the screen already.
        self._is_shown = False
        self._timeout: asyncio.TimerHandle | None = None
        self._refusals = Refusals(ctx.state, now_us)
        # The mode and the focus in which the sequence was begun.
        self._begun_in: tuple[str, str] | None = None
        self.use(keymap)

    def use(self, keymap: Keymap) -> None:
        """Look keys up in `keymap` from now on."""
        self.keymap = keymap
        self._matcher = Matcher(keymap)

    def feed(self, keys: list[str]) -> None:
        """Take keys as urwid names them; what the mouse does are keys as well."""
        self._keys.extend(key for key in keys if isinstance(key, str))
        if self._keys and (self._pump is None or self._pump.done()):
            self._pump = self._tasks.start(self._work(), name="keys")

    def leave_out(self) -> bool:
        """Forget the keys that wait to be taken; return whether there were any."""
        left, self._keys = self._keys, deque()
        return any(not isinstance(key, Mouse) for key in left)

    async def idle(self) -> None:
        """Return when all keys were taken."""
        while self._pump is not None and not self._pump.done():
            await asyncio.wait([self._pump])

    def contexts(self) -> tuple[str, ...]:
        return typed_contexts(self._ctx.state.focus)

    def tables(self) -> tuple[str, ...]:
        return tables_for(self._ctx.state.mode, focus_of(self._ctx.state))

    def in_force(self) -> tuple[Binding, ...]:
        return tuple(self._matcher.bindings(self._ctx.state.mode, focus_of(self._ctx.state)))

    async def run_line(self, line: str) -> str:
        """Run a typed command line; what is wrong with it shows in the status line.

        Return the line for what is left to be done: all of it or a part, nothing if it is done.
        """
        notices = self._ctx.state.notices
        before = notices.current
        error = await self._guarded(line, lambda: self._ctx.registry.parse(line, *self.contexts()))
        if error is None:
            notices.forgive(before)
        return left_of(line, error)

    async def _work(self) -> None:
        await self._settled()
        while self._keys:
            while self._keys:
                self._is_shown = False
                await self._take(self._keys.popleft())
            if not self._is_shown:
                self._after()

    async def _take(self, key: str) -> None:
        state = self._ctx.state
        if key == PASTE_WAITS:
            say_paste_waits(state)
            return
        if isinstance(key, Paste):
            self._matcher.reset()
            put_paste(self._ctx, key)
            return
        hush(state, self._now_us())
        if isinstance(key, Mouse):
            await self._take_mouse(key)
        elif not self._refusals.holds(key):
            await self._take_key(key)

    async def _take_mouse(self, key: Mouse) -> None:
        """Take what the mouse does where something was drawn; what keys were begun is forgotten."""
        state = self._ctx.state
        self._cancel_timeout()
        self._forget()
        found = self._matcher.feed(key, state.mode, state.focus) if key.spot is not None else None
        self._matcher.reset()
        if isinstance(found, Match):
            self._ctx.has_arrived, self._ctx.spot = False, key.spot
            await self._run(found)
            self._ctx.spot = None

    async def _take_key(self, key: str) -> None:
        state = self._ctx.state
        if (state.mode, focus_of(state)) != self._begun_in:
            self._matcher.reset()
        begun = state.view.typed_keys
        if state.view.hints:
            state.show(hints=(), typed_keys="")
        is_new, self._ctx.has_arrived = self._ctx.has_arrived, False
        if is_new and self._walks(key):
            await self._walk_on(key)
            return
        if self._leaves_and_runs(key):
            self._matcher.reset()
            state.show(mode="normal")
            await self._feed_or_refuse(key, "")
            return
        for each in self._matcher.split(key, state.mode, focus_of(state)):
            await self._feed_or_refuse(each, begun)

    def _walks(self, key: str) -> bool:
        """Return whether a Meta key is of normal mode, though one can type already."""
        is_meta = key.startswith("meta ") and key != NEWLINE and not isinstance(key, EscApart)
        focus = self._ctx.state.focus
        return self.keymap.modal and is_meta and self._matcher.knows(key, "normal", focus)

    def _leaves_and_runs(self, key: str) -> bool:
        """Return whether a Meta key in a message leaves it, as Esc and a key in one read would."""
        state = self._ctx.state
        return (state.mode, state.focus) == ("insert", "input") and self._walks(key)

    async def _walk_on(self, key: str) -> None:
        """Take a Meta key that goes on to other conversations, though one can type in this one."""
        self._ctx.state.show(mode="normal")
        await self._feed_or_refuse(key, "")
        is_there = self._ctx.state.layout.focus == "input"
        if is_there and self._ctx.state.view.mode == "normal" and not self._matcher.is_pending:
            self._ctx.state.show(mode="insert")
            self._ctx.has_arrived, self._is_shown = True, False

    async def _feed_or_refuse(self, key: str, begun: str) -> None:
        was_pending = self._matcher.is_pending
        if await self._feed(key):
            self._ctx.state.settle(REFUSED)
            return
        if was_pending:
            self._refusals.refuse_sequence(begun, key)
        elif self.keymap.modal and key.startswith("meta "):
            # Esc and the next key in one read, where Meta with it is bound to nothing.
            for part in split_meta(key):
                await self._feed_or_refuse(part, "")
        else:
            self._refusals.refuse(key, self.keymap)

    async def _feed(self, key: str) -> bool:
        """Take one key; return whether it was of any use."""
        self._is_shown, state = False, self._ctx.state
        mode, focus = state.mode, focus_of(state)
        was_pending, times = self._matcher.is_pending, self._matcher.count_to_type
        found = self._matcher.feed(key, mode, focus)
        self._cancel_timeout()
        if isinstance(found, Match):
            await self._run(found)
        elif isinstance(found, Pending):
            self._begun_in = (mode, focus)
            hints = tuple((hint.key, hint.said) for hint in found.hints)
            self._ctx.state.show(typed_keys=found.typed, hints=hints, chosen_hint=None)
            if not hints or state.view.shown_popup is not None:
                self._begin_timeout()
        elif (times or not was_pending) and is_printable(key) and is_typing(mode, focus):
            text = key * (times or 1)
            if answers(self._ctx, text):
                self._keys.clear()  # what came with it in one read is for nothing that lies below
                await self._run(Match("submit"))
            else:
                type_text(self._ctx, text)
        else:
            return False
        return True

    async def _run(self, match: Match) -> None:
        """Begin what a key does, and go on with the next key when it has taken its first step."""
        state = self._ctx.state
        contexts, registry = contexts_for(state.mode, focus_of(state)), self._ctx.registry
        if not is_for_popup(state.view.shown_popup, registry, match.line):
            return
        if state.history_search is not None and ends_search(registry, match.line):
            take_found(self._ctx)
        self._ctx.reaches = match.reaches
        guarded = self._guarded(
            match.line, lambda: registry.parse(match.line, *contexts).with_count(match.count)
        )
        running = self._tasks.start(guarded, name=match.line)
        await asyncio.sleep(0)
        await self._settled()
        self._is_shown = running.done()

    async def _settled(self) -> None:
        """Hold the keys while what is under way decides what they are for."""
        if self._ctx.waiting.is_needed:
            self._after()
            await self._ctx.waiting.done()

    async def _guarded(self, line: str, parse: Callable[[], Invocation]) -> Exception | None:
        """Run a command; what goes wrong is said in the status line, and returned."""
        error = await run_guarded(self._ctx, line, parse)
        self._after()
        return error

    def _forget(self) -> None:
        self._matcher.reset()
        self._ctx.state.show(hints=(), typed_keys="")

    def _begin_timeout(self) -> None:
        """Forget what is begun after a while; where a hint shows it, that waits to be read."""
        timeout = self._ctx.settings.sequence_timeout_ms / 1000
        self._timeout = asyncio.get_running_loop().call_later(timeout, self._forget)

    def _cancel_timeout(self) -> None:
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None
