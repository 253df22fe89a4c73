"""Splitting a command line into words, with quotes much as in a shell."""

from backendd.api.values import Value
from primitivus.commands.errors import CommandError
from primitivus.model.wording.quoting import BLANKS, QUOTES
from primitivus.sentences import tr

# What a backslash takes as it is, by the quote it stands in.
_ESCAPED = {"": tuple(BLANKS + QUOTES), "'": (), '"': ('"', "\\")}


class Word(Value):
    """A word without its quotes, and where it stands in the line.

    `open_quote` is the quote that is not closed yet, or empty.
    """

    text: str
    start: int
    end: int
    open_quote: str = ""


def skip_blanks(line: str, index: int) -> int:
    """Return the index of the first character from `index` on that is no blank."""
    while index < len(line) and line[index] in BLANKS:
        index += 1
    return index


def read_word(line: str, start: int) -> Word:
    """Return the word that begins at `start`, which is no blank.

    A backslash is a character like others, for addresses have it (XEP-0106). Only before a quote
    or a blank, and in double quotes before `"` and itself, it takes the next one as it is. An open
    quote is no error here: completion reads unfinished words.
    """
    text: list[str] = []
    quote = ""
    index = start
    while index < len(line):
        char = line[index]
        if quote:
            if char == quote:
                quote = ""
                index += 1
                continue
        elif char in BLANKS:
            break
        elif char in QUOTES:
            quote = char
            index += 1
            continue
        if char == "\\" and line[index + 1 : index + 2] in _ESCAPED[quote]:
            index += 1
        text.append(line[index])
        index += 1
    return Word("".join(text), start, index, quote)


def read_finished_word(line: str, start: int) -> Word:
    """Return the word that begins at `start`; CommandError if its quote is not closed."""
    word = read_word(line, start)
    if word.open_quote:
        raise CommandError(tr("the quote {quote} is not closed", quote=word.open_quote), start)
    return word
