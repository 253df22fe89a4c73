"""Reading the arguments of one command from a line."""

from collections.abc import Mapping

from primitivus.commands.command import Command, Parameter
from primitivus.commands.errors import CommandError
from primitivus.commands.words import read_finished_word, skip_blanks


def read_arguments(command: Command, line: str, index: int) -> Mapping[str, object]:
    """Return the values of the arguments in `line` from `index` on; those left out are not in it.

    Raises CommandError: an argument is missing, too many, or not of its type.
    """
    values: dict[str, object] = {}
    for parameter in command.parameters:
        index = skip_blanks(line, index)
        if index == len(line):
            if parameter.is_required:
                raise CommandError(f"{_label(parameter)} is missing{_usage(command)}", index)
            break
        values[parameter.name], index = _read(command, parameter, line, index)
    index = skip_blanks(line, index)
    if index < len(line):
        raise CommandError(_too_many(command), index)
    return values


def _read(command: Command, parameter: Parameter, line: str, index: int) -> tuple[object, int]:
    if parameter.kind.takes_rest:
        text, end = line[index:], len(line)
    else:
        word = read_finished_word(line, index)
        text, end = word.text, word.end
    try:
        return parameter.kind.parse(text), end
    except ValueError as error:
        raise CommandError(f'"{text}" {error}{_usage(command)}', index) from None


def _label(parameter: Parameter) -> str:
    if choices := parameter.kind.choices():
        return f"one of {', '.join(choices)}"
    return parameter.usage


def _too_many(command: Command) -> str:
    if not command.parameters:
        return f'"{command.name}" takes no arguments'
    return f"that is one argument too many{_usage(command)}"


def _usage(command: Command) -> str:
    return f" (usage: {command.usage})"
