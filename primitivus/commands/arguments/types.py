"""The types that the parameters of commands may have: each reads a word, and completes it.

str             a word, or several in quotes
int             a whole number
Literal[...]    one of these words; `one_of` is for words that others add to
pathlib.Path    a file of this machine, `~` expanded; as the last one its blanks need no quotes
Paths           several of them, with blanks between
Rest            all that is left of the line, as it stands
Text            all that is left of the line; one word in quotes without them
Groups          names with commas between; those in quotes without them
Count           a positive number; a count typed before a key fills it as well
Register        a letter that a text is kept by; one typed before a key fills it as well

and those of people.py and names.py. A feature's own type is an Annotated with a Kind as well.
"""

import re
import types
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Literal

from backendd.api.values import Value
from primitivus.commands.arguments.paths import path_in
from primitivus.commands.files.files import Named, complete_path
from primitivus.commands.line.completions import Asked, Candidate, Complete, nothing
from primitivus.commands.line.words import read_word, skip_blanks
from primitivus.model.editing.registers import NAMES, UNNAMED
from primitivus.model.wording.quoting import BLANKS, quote
from primitivus.sentences import tr


class Kind(Value):
    """How words of one parameter type are read and completed.

    `parse` raises ValueError with the middle of a sentence: "is no number". What `has_blanks` may
    well have some, and needs quotes then; what `may_end` needs none where it ends the line. Of what
    is made of words (`is_words`) each is completed; where that `reads_disk`, in a thread. Of what
    takes the rest of the line, `begun_at` says where in it begins what is completed, and stands
    there as it is, without quotes.
    """

    name: str
    parse: Callable[[str], object] = str
    complete: Complete = nothing
    takes_rest: bool = False
    choices: Callable[[], tuple[str, ...]] = tuple
    has_blanks: bool = False
    may_end: bool = False
    is_words: bool = False
    reads_disk: bool = False
    begun_at: Callable[[str], int] | None = None


# A name in quotes may have commas in it.
_BETWEEN_COMMAS = re.compile(r"""\s*("(?:\\.|[^"\\])*"|'[^']*'|[^,]*?)\s*(?:,|$)""")
_QUOTED_AND_MORE = re.compile(r"""\s*("(?:\\.|[^"\\])*"|'[^']*')\s*[^\s,]""")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(tr('"{text}" isn\'t a whole number', text=text)) from None


def _count(text: str) -> int:
    number = _number(text)
    if number < 1:
        raise ValueError(tr('"{text}" is less than 1', text=text))
    return number


def _register(text: str) -> str:
    if text not in NAMES:
        raise ValueError(tr('"{text}" is no register: letters are, and 0 and _', text=text))
    return text


def text_of(text: str) -> str:
    """Return a word in quotes without them, other text as it stands."""
    text = text.rstrip(BLANKS)
    word = read_word(text, 0)
    if word.open_quote and text[0] == word.open_quote:
        raise ValueError(tr('"{text}" has a quote that is not closed', text=text))
    return word.text if word.end == len(text) and not word.open_quote else text


def between_commas(text: str) -> list[str]:
    """Return the names that stand between commas; ValueError."""
    names = []
    for found in _BETWEEN_COMMAS.finditer(text):
        if _QUOTED_AND_MORE.match(text, found.start()):
            raise ValueError(tr('"{text}" needs a comma behind a name in quotes', text=text))
        names.append(text_of(found[1]) if found[1] else "")
    return [name for name in names if name]


def whole(_: str) -> int:
    """Have all of the rest be completed."""
    return 0


def last_name(text: str) -> int:
    """Return where in names with commas between the last one begins."""
    start = 0
    for found in _BETWEEN_COMMAS.finditer(text):
        if found[0].endswith(","):
            start = found.end()
    return skip_blanks(text, start)


def as_typed(text: str) -> str:
    """Return a text as it is typed where all that is left of the line is it."""
    try:
        is_plain = text_of(text) == text
    except ValueError:
        is_plain = False
    return text if is_plain else quote(text)


def _path(text: str) -> Path:
    path = path_in(text)
    if not path or "\0" in path:
        raise ValueError(tr('"{text}" is the name of no file', text=text))
    try:
        return Path(path).expanduser() if path == text else Path(path)
    except RuntimeError:  # pathlib's answer to `~nobody`
        raise ValueError(tr('"{text}" begins with the name of nobody here', text=text)) from None


def _paths(text: str) -> Named:
    paths, index = [], skip_blanks(text, 0)
    while index < len(text):
        word = read_word(text, index)
        if word.open_quote:
            raise ValueError(tr('"{text}" has a quote that is not closed', text=text))
        paths.append(_path(word.text))
        index = skip_blanks(text, word.end)
    return Named(tuple(paths), _path(text.strip(BLANKS)))


def _complete_path(asked: Asked) -> Iterable[Candidate]:
    return complete_path(asked.word)


def one_of(words: Callable[[], tuple[str, ...]]) -> Kind:
    """Return how a word is read and completed that is one of these."""

    def parse(text: str) -> str:
        if text not in words():
            raise ValueError(
                tr('"{text}" isn\'t one of {words}', text=text, words=", ".join(words()))
            )
        return text

    return Kind("choice", parse, lambda asked: asked.begun(words()), choices=words)


COUNT = Kind("count", _count)
REGISTER = Kind("register", _register)

Rest = Annotated[str, Kind("rest", takes_rest=True)]
Text = Annotated[str, Kind("text", text_of, takes_rest=True)]
Groups = Annotated[list[str], Kind("groups", between_commas, takes_rest=True)]
Paths = Annotated[
    Named,
    Kind("paths", _paths, complete=_complete_path, takes_rest=True, is_words=True, reads_disk=True),
]
Count = Annotated[int, COUNT]
Register = Annotated[str, REGISTER]
Switch = Literal["on", "off", "toggle"]

# Defaults of parameters: "nothing was said", "one time" and "no letter".
NOTHING: Rest = ""
SAME: Text = ""
ONCE: Count = 1
LAST: Register = UNNAMED

_PLAIN: dict[object, Kind] = {
    str: Kind("word"),
    int: Kind("number", _number),
    Path: Kind(
        "path", _path, complete=_complete_path, has_blanks=True, may_end=True, reads_disk=True
    ),
}


def kind_of(annotation: object) -> Kind:
    """Return how a parameter annotated so is read; TypeError if commands can't have it."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        members = [member for member in typing.get_args(annotation) if member is not type(None)]
        if len(members) != 1:
            raise TypeError(f"a command's parameter is one type or None, not {annotation}")
        return kind_of(members[0])
    if origin is Literal:
        # An empty word stands for "nothing was said"; nobody types it.
        words = tuple(word for word in typing.get_args(annotation) if word)
        return one_of(lambda: words)
    kind = typing.get_args(annotation)[1] if origin is Annotated else _PLAIN.get(annotation)
    if not isinstance(kind, Kind):
        raise TypeError(f"no command parameter can be a {annotation}")
    return kind
