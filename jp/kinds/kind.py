"""What all kinds of parameters share, and the plain ones."""

import os
from collections.abc import Iterable, Sequence

from backendd.api.signature import Plain
from jp.kinds.backend import Backend


class Asked:
    """A word that is begun, to be completed, and those before it."""

    def __init__(self, backend: Backend, word: str, earlier: Sequence[str]) -> None:
        self.backend = backend
        self.word = word
        self.earlier = earlier


class Kind:
    """How a value is read from a word; a class of values may be one, by its class methods.

    `read` raises ValueError with the rest of a sentence that begins with the word: `is no number`.
    """

    metavar = ""
    """What stands for it in a line of usage; empty: the name of the parameter."""

    doc = ""
    """What it is, where a command says nothing more of it."""

    bare: Plain = None
    """What an option of this kind is where it stands without a value, which then is behind `=`."""

    is_resolved = False
    """Whether `resolve` has something to do."""

    is_path = False
    """Whether it is a path on this machine, whose bytes need be no text."""

    @classmethod
    def read(cls, text: str) -> Plain:
        """Return what a word says, as far as the word alone tells; ValueError."""
        return text

    @classmethod
    async def resolve(cls, value: Plain, backend: Backend) -> Plain:
        """Return what a value means once the backend and the disk can be asked."""
        return value

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        """Return words that may stand there, or words with what they are."""
        return ()


def text_of(word: str) -> str:
    """Return a word of the command line as the text that it is; ValueError where it is none."""
    try:
        word.encode()
    except UnicodeEncodeError:
        pass  # bytes that Python could not read by the locale
    else:
        return word
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        raise ValueError("is no text in UTF-8") from None


def quoted(word: str) -> str:
    """Return a word as it is named in a sentence, also where it is no text."""
    try:
        return repr(text_of(word))
    except ValueError:
        return repr(word.encode(errors="surrogateescape"))[1:]


class Word(Kind):
    """Any text."""


class Number(Kind):
    """A whole number."""

    metavar = "N"

    @classmethod
    def read(cls, text: str) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal()):
            raise ValueError("is no whole number")
        if len(digits) > 19:
            raise ValueError("is larger than any number here can be")
        return int(text)


class Switch(Kind):
    """Yes or no."""

    metavar = "yes|no"

    @classmethod
    def read(cls, text: str) -> bool:
        if text not in ("yes", "no"):
            raise ValueError("is neither yes nor no")
        return text == "yes"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable[str]:
        return ("yes", "no")


class Choice(Kind):
    """One of some words."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.metavar = "|".join(words)
        self.doc = f"one of {', '.join(words)}"

    def read(self, text: str) -> str:  # type: ignore[override]  # of one, not of all
        if text not in self.words:
            raise ValueError(f"is not one of {', '.join(self.words)}")
        return text

    async def complete(self, asked: Asked) -> Iterable[str]:  # type: ignore[override]
        return self.words


_PLAIN: dict[object, type[Kind]] = {str: Word, int: Number, bool: Switch}


def kind_of(annotation: Plain) -> Kind:
    """Return how a parameter is read that is annotated so; TypeError if none can be."""
    if isinstance(annotation, type) and issubclass(annotation, Kind):
        return annotation  # type: ignore[return-value]  # its class methods are those of a kind
    found = _PLAIN.get(annotation)
    if found is not None:
        return found()
    # Of `typing` nothing is loaded here: what an annotation is, its arguments tell.
    members = [each for each in getattr(annotation, "__args__", ()) if each is not type(None)]
    if members and all(_is_word(each) for each in members):
        return Choice(tuple(dict.fromkeys(filter(None, _words(members)))))
    if len(members) == 1:
        return kind_of(members[0])
    raise TypeError(f"no command can take a {annotation}")


def _is_word(member: Plain) -> bool:
    return isinstance(member, str) or "Literal" in type(member).__name__


def _words(members: Iterable[Plain]) -> Iterable[str]:
    for each in members:
        if isinstance(each, str):
            yield each
        else:
            yield from _words(each.__args__)
