"""Questions that several may have at the same time, and are asked once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from backendd.api.errors import NotConnected, Timeout
from backendd.api.tasks import Tasks

T = TypeVar("T")


@dataclass(slots=True)
class _Open(Generic[T]):
    """A question that is being asked, and how many wait for its answer."""

    answer: asyncio.Future[T]
    task: asyncio.Task[None]
    waiting: int = 0


class Questions(Generic[T]):
    """What is being asked: who asks the same meanwhile gets the same answer, or error."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._open: dict[Hashable, _Open[T]] = {}

    async def ask(
        self, key: Hashable, question: Callable[[], Awaitable[T]], *, who: str, timeout: float
    ) -> T:
        """Return what `question` returns, or what one of the same `key` that is open does.

        Each waits for its own `timeout`: `Timeout`. When nobody waits any more it is given up, and
        after that of one it is asked anew, though others still wait: it may have been lost.
        """
        asked = self._open.get(key) or self._begin(key, question)
        asked.waiting += 1
        try:
            async with asyncio.timeout(timeout):
                return await asyncio.shield(asked.answer)
        except TimeoutError as error:
            self._join_no_more(key, asked)
            raise Timeout(f"{who} doesn't answer") from error
        finally:
            asked.waiting -= 1
            if not asked.waiting:
                self._close(key, asked)

    def _begin(self, key: Hashable, question: Callable[[], Awaitable[T]]) -> _Open[T]:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        task = self._tasks.start(_settle(answer, question), name=f"ask {key}")
        self._open[key] = asked = _Open(answer, task)
        return asked

    def _close(self, key: Hashable, asked: _Open[T]) -> None:
        asked.task.cancel()
        self._join_no_more(key, asked)

    def _join_no_more(self, key: Hashable, asked: _Open[T]) -> None:
        if self._open.get(key) is asked:
            del self._open[key]


async def _settle(answer: asyncio.Future[T], question: Callable[[], Awaitable[T]]) -> None:
    try:
        answer.set_result(await question())
    except asyncio.CancelledError:
        answer.set_exception(NotConnected("the question was given up"))
        raise
    except Exception as error:  # whatever it is, it goes to those who asked
        answer.set_exception(error)
    finally:
        answer.exception()  # they may be gone
