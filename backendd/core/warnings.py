"""What a person should know of: where a profile does less than it promises, and what it lost.

It is told in one place, where something goes wrong without an end of the connection: a property on
the bus, a line in the frontend and in `backendd status`, until it holds no longer or is dismissed.
"""

from collections.abc import Callable, Iterable, Iterator

from backendd.api import records, text
from backendd.api.words import WarningWord
from backendd.core import clock

MOST = 50
_SUBJECT_LIMIT, _TEXT_LIMIT = 500, 1000

_Key = tuple[WarningWord, str]  # word and subject


class Warnings:
    """The warnings of one profile, each once for a word and a subject, the oldest first.

    `changed` is called whenever they are different. They are kept as long as the process runs:
    what still holds after a restart is found again.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._kept: dict[_Key, records.Warning] = {}
        self._read: dict[_Key, None] = {}

    def __iter__(self) -> Iterator[records.Warning]:
        return iter(tuple(self._kept.values()))

    def add(self, word: WarningWord, subject: str, sentence: str) -> None:
        """Tell of something; one with the same word and subject is replaced.

        `subject` is what it is about (an address, a file), and `sentence` says what happened and
        what can be done. Above `MOST` the oldest is dropped.
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

    def hold(self, word: WarningWord, subject: str, sentence: str) -> None:
        """As `add`, but what is told already, or was read, isn't told again until it is settled."""
        key = word, text.clean_line(subject, limit=_SUBJECT_LIMIT)
        if key not in self._kept and key not in self._read:
            self.add(word, subject, sentence)

    def settle(self, word: WarningWord, subject: str | None = None) -> bool:
        """Take back what no longer holds; without `subject` all of this word.

        Return whether there was something.
        """
        if subject is not None:
            subject = text.clean_line(subject, limit=_SUBJECT_LIMIT)
        for key in _named(self._read, word, subject):
            del self._read[key]
        return bool(self._take_off(word, subject))

    def dismiss(self, word: str = "", subject: str | None = None) -> None:
        """Take off what was read: all, all of a `word`, or what is about a `subject`."""
        for key in self._take_off(word, subject):
            self._read[key] = None
        while len(self._read) > MOST:
            del self._read[next(iter(self._read))]

    def _take_off(self, word: str, subject: str | None) -> list[_Key]:
        gone = _named(self._kept, word, subject)
        for key in gone:
            del self._kept[key]
        if gone:
            self._changed()
        return gone


def _named(keys: Iterable[_Key], word: str, subject: str | None) -> list[_Key]:
    return [key for key in keys if word in ("", key[0]) and subject in (None, key[1])]
