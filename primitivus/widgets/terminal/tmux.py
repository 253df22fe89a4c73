"""What tmux has and does for its windows, which it is asked by its own program."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from backendd.api.processes import DEVNULL, PIPE, running
from backendd.api.tasks import Tasks
from primitivus.widgets.terminal.graphics import Graphics, has_placeholders

_PATIENCE_S = 2.0
# What the terminal is that tmux itself is shown in, and what tmux has found out about it.
_CLIENT = "#{client_termtype}\n#{client_termfeatures}"


async def buffer(text: str) -> bool:
    """Return whether `text` is in tmux's buffer now, and was sent on to its own terminal."""
    data = text.encode("utf-8", "replace")
    # Sending it on is of tmux 3.2.
    for options in (("-w",), ()):
        if await _told("load-buffer", *options, "-", data=data) is not None:
            return True
    return False


class Beyond:
    """Finds out what pictures the terminal outside shows; `told` is called with each answer."""

    def __init__(self, told: Callable[[Graphics], None]) -> None:
        self._told = told
        self._tasks = Tasks()
        self._said: Graphics | None = None
        self._running: asyncio.Task[None] | None = None

    def look(self, said: Graphics) -> None:
        """Find out what is so of what tmux `said`; the last time counts."""
        self._said = said
        if self._running is None or self._running.done():
            self._running = self._tasks.start(self._look(), name="tmux")

    def stop(self) -> None:
        """Ask no more, for the terminal is given back."""
        self._said = None
        if self._running is not None:
            self._running.cancel()

    async def _look(self) -> None:
        while self._said is not None:
            said, self._said = self._said, None
            self._told(await seen_through(said))


async def seen_through(said: Graphics) -> Graphics:
    """Return what of pictures gets through tmux, which `said` this itself.

    What it doesn't know reaches the terminal where it is told to let that pass.
    """
    client = (await _told("display-message", "-p", _CLIENT) or "").splitlines()
    kind, known = client if len(client) == 2 else ("", "")
    features = known.split(",")
    passes = await _told("show-options", "-Apqv", "allow-passthrough")
    return Graphics(
        # The number of a picture is a colour, of which nothing may be lost.
        kitty=has_placeholders(kind)
        and "RGB" in features
        and (passes or "").strip() in ("on", "all"),
        # It says that it has them also where its own terminal hasn't.
        sixel=said.sixel if "sixel" in features else 0,
        cell=said.cell,
    )


async def _told(*words: str, data: bytes = b"") -> str | None:
    """Return what tmux answers to a command; None where it can't be asked or refuses."""
    with suppress(OSError, TimeoutError):
        async with (
            asyncio.timeout(_PATIENCE_S),
            running("tmux", *words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as program,
        ):
            assert program.stdin is not None
            assert program.stdout is not None
            await program.stdin.write_all(data)
            output = await program.stdout.read_all()
            return output.decode(errors="replace") if await program.wait() == 0 else None
    return None
