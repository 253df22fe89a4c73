"""What a person should know of: where a profile does less than it promises, and what it lost.

It is told in one place, where something goes wrong without an end of the connection: a property on
the bus, a line in the frontend and in `backendd status`, until it holds no longer or is dismissed.
"""

from collections.abc import Callable, Iterator

from backendd.api import records
from backendd.core import clock, text

MOST = 50
_SUBJECT_LIMIT, _TEXT_LIMIT = 500, 1000


class Warnings:
    """The warnings of one profile, each once for a word and a subject, the oldest first.

    `changed` is called whenever they are different. They are kept as long as the process runs:
    what still holds after a restart is found again.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._kept: dict[tuple[str, str], records.Warning] = {}

    def __iter__(self) -> Iterator[records.Warning]:
        return iter(tuple(self._kept.values()))

    def add(self, word: str, subject: str, sentence: str) -> None:
        """Tell of something; one with the same word and subject is replaced.

        `word` is a fixed one of the bus, `subject` what it is about (an address, a file), and
        `sentence` says what happened and what can be done. Above `MOST` the oldest is dropped.
        """
        subject = text.clean_line(subject, limit=_SUBJECT_LIMIT)
        said = text.clean_line(sentence, limit=_TEXT_LIMIT)
        known = self._kept.pop((word, subject), None)
        if known is None and len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[word, subject] = records.Warning(
            word=word, subject=subject, text=said, time=clock.now_us()
        )
        self._changed()

    def hold(self, word: str, subject: str, sentence: str) -> None:
        """As `add`, but one that is told already stays as it is: it has not ceased to hold."""
        if (word, text.clean_line(subject, limit=_SUBJECT_LIMIT)) not in self._kept:
            self.add(word, subject, sentence)

    def settle(self, word: str, subject: str | None = None) -> bool:
        """Take back what no longer holds; without `subject` all of this word.

        Return whether there was something.
        """
        if subject is not None:
            subject = text.clean_line(subject, limit=_SUBJECT_LIMIT)
        gone = [key for key in self._kept if key[0] == word and subject in (None, key[1])]
        for key in gone:
            del self._kept[key]
        if gone:
            self._changed()
        return bool(gone)

    def clear(self) -> None:
        """Take all of them back: somebody has read them."""
        if self._kept:
            self._kept.clear()
            self._changed()
