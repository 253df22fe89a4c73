"""Reading the arguments of one command from a line."""

from collections.abc import Mapping
from itertools import zip_longest

from primitivus.commands.command import Command, Parameter
from primitivus.commands.errors import CommandError
from primitivus.commands.line.words import read_finished_word, read_word, skip_blanks
from primitivus.model.wording.quoting import BLANKS, QUOTES
from primitivus.sentences import tr

# What says which blanks are of a word.
_QUOTING = {*QUOTES, "\\"}


def read_arguments(command: Command, line: str, index: int) -> Mapping[str, object]:
    """Return the values of the arguments in `line` from `index` on; those left out are not in it.

    One that may be left out is, where a word stands in its place that the next one is made for.
    Raises CommandError: an argument is missing, too many, or not of its type.
    """
    values: dict[str, object] = {}
    may_go_on = False  # whether what follows may belong to what was read
    for parameter, following in zip_longest(command.parameters, command.parameters[1:]):
        index = skip_blanks(line, index)
        if index == len(line):
            if parameter.is_required:
                raise CommandError(_missing(parameter) + _usage(command), index)
            break
        if following is not None and _is_left_out(parameter, following, line, index):
            continue
        usage = _usage(command, may_go_on=may_go_on)
        is_last = following is None
        values[parameter.name], index = _read(parameter, line, index, usage, is_last=is_last)
        may_go_on |= parameter.kind.has_blanks
    index = skip_blanks(line, index)
    if index < len(line):
        raise CommandError(_too_many(command, may_go_on=may_go_on), index)
    return values


def may_be_left_out(parameter: Parameter, following: Parameter) -> bool:
    """Return whether a word of the next one may stand in the place of an argument."""
    return not (parameter.is_required or parameter.kind.choices()) and bool(
        following.kind.choices()
    )


def _is_left_out(parameter: Parameter, following: Parameter, line: str, index: int) -> bool:
    """Return whether the word there, without quotes, is one of those that the next one takes.

    Two of them are one for each.
    """
    if not may_be_left_out(parameter, following):
        return False
    choices = following.kind.choices()
    word = read_word(line, index)
    end = skip_blanks(line, word.end)
    is_next_there = end < len(line) and read_word(line, end).text in choices
    return line[word.start : word.end] in choices and not is_next_there


def _read(
    parameter: Parameter, line: str, index: int, usage: str, *, is_last: bool
) -> tuple[object, int]:
    if parameter.kind.takes_rest:
        text, end = line[index:], len(line)
    elif is_last and parameter.kind.may_end and not _QUOTING & set(line[index:]):
        text, end = line[index:].rstrip(BLANKS), len(line)
    else:
        word = read_finished_word(line, index)
        text, end = word.text, word.end
    try:
        return parameter.kind.parse(text), end
    except ValueError as error:
        raise CommandError(f"{error}{usage}", index) from None


def _missing(parameter: Parameter) -> str:
    if choices := parameter.kind.choices():
        return tr("one of {choices} is missing", choices=", ".join(choices))
    return tr("{name} is missing", name=parameter.usage)


def _too_many(command: Command, *, may_go_on: bool) -> str:
    if not command.parameters:
        return tr('"{name}" takes no arguments', name=command.name)
    return tr("that is one argument too many") + _usage(command, may_go_on=may_go_on)


def _usage(command: Command, *, may_go_on: bool = False) -> str:
    usage = command.usage
    said = (
        tr("(usage: {usage}; a name with blanks needs quotes)", usage=usage)
        if may_go_on
        else tr("(usage: {usage})", usage=usage)
    )
    return f" {said}"
