"""What the server leaves unanswered: waited for briefly, then done without and asked for again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from backendd.api.errors import BackendError, NotConnected, StorageError, Timeout
from backendd.api.tasks import Tasks
from backendd.api.values import Value
from backendd.api.words import Lack

log = logging.getLogger(__name__)

Question = Callable[[float], Awaitable[None]]
"""Asks, and takes the answer; it is given how many seconds to wait."""


class Patience(Value):
    """How long a set-up waits for an answer, and how long a question stands until the next.

    And how long after the server has accepted something of the outbox what settles it may take,
    and after how long a room is asked if it has us still.
    """

    short_s: float = 5.0
    again_s: float = 30.0
    again_max_s: float = 600.0
    settled_s: float = 60.0
    room_s: float = 900.0


PATIENCE = Patience()


class Missing:
    """What of the set-up of the present stream has no answer yet, and asking for it.

    `changed` is called when the words are different, `failed` where an answer can't be stored.
    """

    def __init__(
        self,
        patience: Patience,
        tasks: Tasks,
        changed: Callable[[], None],
        failed: Callable[[StorageError], Awaitable[None]],
    ) -> None:
        self.patience = patience
        self._tasks = tasks
        self._changed = changed
        self._failed = failed
        self._lacking: dict[str, Lack] = {}  # the word of each question
        self._asking: set[asyncio.Task[None]] = set()

    @property
    def words(self) -> list[Lack]:
        """What is missing, in alphabetical order."""
        return sorted(set(self._lacking.values()))

    def has(self, word: Lack, *, about: str = "") -> bool:
        """Return whether `word` is missing, of what is asked under it this `about`."""
        return _key(word, about) in self._lacking

    async def ask(self, word: Lack, question: Question, *, about: str = "") -> None:
        """Have `question` asked until it is answered; return then, or when patience ends.

        `about` tells apart what is asked under one word.
        """
        task = self._tasks.start(self._ask(word, question, about), name=f"ask for {word}")
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
        _, late = await asyncio.wait((task,), timeout=self.patience.short_s)
        if late:
            self._lack(_key(word, about), word)

    @contextmanager
    def expecting(self, word: Lack, *, about: str = "") -> Iterator[None]:
        """Say that `word` is missing from when the block takes too long, or fails.

        It is no longer missing when such a block has come to its end.
        """
        key = _key(word, about)
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self.patience.short_s, self._lack, key, word)
        try:
            yield
        except NotConnected:
            raise
        except Exception:
            self._lack(key, word)
            raise
        else:
            if self._lacking.pop(key, None) is not None:
                self._changed()
        finally:
            timer.cancel()

    def lack(self, word: Lack, *, about: str = "") -> None:
        """Say that `word` is missing, until a block that expects it comes to its end."""
        self._lack(_key(word, about), word)

    def settle(self, word: Lack, *, about: str = "") -> None:
        """Say that `word` is no longer missing."""
        if self._lacking.pop(_key(word, about), None) is not None:
            self._changed()

    def end(self) -> None:
        """Ask no more: the stream is gone."""
        for task in self._asking:
            task.cancel()
        if self._lacking:
            self._lacking.clear()
            self._changed()

    def _lack(self, key: str, word: Lack) -> None:
        if key not in self._lacking:
            self._lacking[key] = word
            self._changed()

    async def _ask(self, word: Lack, question: Question, about: str) -> None:
        again_s = self.patience.again_s
        while True:
            try:
                with self.expecting(word, about=about):
                    await question(again_s)
            except NotConnected:
                return
            except StorageError as error:
                await self._failed(error)
                return
            except BackendError as error:
                log.warning("missing: %s: %s", f"{word} {about}".strip(), error)
                if not isinstance(error, Timeout):
                    await asyncio.sleep(again_s)
            else:
                return
            again_s = min(again_s * 2, self.patience.again_max_s)


def _key(word: Lack, about: str) -> str:
    return f"{word} {about}"
