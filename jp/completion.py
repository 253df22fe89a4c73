"""What may stand where the cursor is, for the completion of a shell.

A shell asks with `jp --complete WORD ...`: the words so far, the last of which is begun, perhaps
empty. Candidates are printed one a line, each with a tab and what it is where that can be told.
Where a file belongs there, `FILES` or `DIRECTORIES` is printed alone. What the backend would have
to be started for is not told.
"""

import sys
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from jp import groups
from jp.command import Command
from jp.failures import DONE, Failure
from jp.kinds.files import Directory, NewFile, OpenedFile
from jp.kinds.kind import Asked, Choice, Kind
from jp.options import COLORS, COMMON, SHORT, Options
from jp.session import Session

FILES, DIRECTORIES = ":files", ":directories"


def answer(words: Sequence[str]) -> int:
    """Print what may stand in the place of the last word; what goes wrong says nothing."""
    from backendd.api.blocking import run
    from backendd.api.errors import BackendError
    from backendd.api.failures import LinkError
    from backendd.api.text import clean_line

    *earlier, word = words or [""]
    options = Options()
    options.no_start = True
    session = Session(options)
    try:
        for text, meaning in run(_listed(session, [*earlier], word)):
            shown = clean_line(meaning)
            if (text == clean_line(text) and text.startswith(word)) or text in (FILES, DIRECTORIES):
                sys.stdout.write(f"{text}\t{shown}\n" if shown else f"{text}\n")
    except (Failure, LinkError, BackendError):
        return DONE
    finally:
        session.close()
    return DONE


async def _listed(session: Session, earlier: list[str], word: str) -> list[tuple[str, str]]:
    found = []
    async for each in _candidates(session, earlier, word):
        found.append((each, "") if isinstance(each, str) else each)
    return found


async def _candidates(
    session: Session, earlier: list[str], word: str
) -> AsyncIterator["str | tuple[str, str]"]:
    command, pending, arguments, names = _where(session.options, earlier)
    if pending is not None or (command is not None and not _is_option(word)):
        kind = pending or _argument(command, len(arguments))
        async for each in _values(session, kind, word, earlier):
            yield each
    elif not _is_option(word):
        for name in _names(names):
            yield name
    elif "=" not in word:
        for known in _options(command):
            yield known
    else:
        async for each in _of_option(session, command, word, earlier):
            yield each


def _is_option(word: str) -> bool:
    return word.startswith("-") and word != "-"


async def _of_option(
    session: Session, command: Command | None, word: str, earlier: Sequence[str]
) -> AsyncIterator[tuple[str, str]]:
    """Yield what an option may be whose value is behind a `=`."""
    name, _, begun = word.partition("=")
    async for each in _values(session, _kind(command, name), begun, earlier):
        text, meaning = (each, "") if isinstance(each, str) else each
        yield text if text in (FILES, DIRECTORIES) else f"{name}={text}", meaning


def _options(command: Command | None) -> Iterable[tuple[str, str]]:
    if command is not None:
        yield from ((name, command.meaning(each)) for name, each in command.options.items())
    yield from ((name, meaning) for name, (_, _, meaning) in COMMON.items())


def _names(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield what may follow: groups, or the commands of one."""
    if not names:
        for each in groups.GROUPS:
            yield each, (groups.group(each).__doc__ or "").partition("\n")[0]
        return
    for each in groups.names(groups.group(names[0])):
        yield each, groups.find(names[0], each).summary


def _argument(command: Command | None, place: int) -> Kind | None:
    """Return the kind of what stands at a place of the arguments."""
    arguments = command.arguments if command is not None else []
    if place < len(arguments):
        return arguments[place].kind
    return arguments[-1].kind if arguments and arguments[-1].takes_many else None


async def _values(
    session: Session, kind: Kind | None, word: str, earlier: Sequence[str]
) -> AsyncIterator["str | tuple[str, str]"]:
    if isinstance(kind, type) and issubclass(kind, OpenedFile | NewFile):
        yield FILES
    elif isinstance(kind, type) and issubclass(kind, Directory):
        yield DIRECTORIES
    elif kind is not None:
        for each in await kind.complete(Asked(session, word, earlier)):
            yield each


def _where(
    options: Options, words: list[str]
) -> tuple[Command | None, Kind | None, list[str], list[str]]:
    """Return the command, what an option before the cursor waits for, and the arguments there are.

    And the words that name group and command.
    """
    names: list[str] = []
    command: Command | None = None
    arguments: list[str] = []
    pending: Kind | None = None
    for word in words:
        if pending is not None:
            if pending is _PROFILE:
                options.profile = word
            pending = None
        elif word.startswith("-") and word != "-":
            pending = _pending(command, word)
        elif command is None:
            names.append(word)
            command = _command(names)
        else:
            arguments.append(word)
    return command, pending, arguments, names


def _command(names: Sequence[str]) -> Command | None:
    module = groups.group(names[0])
    if groups.is_command(module):
        return groups.find(names[0], names[0])
    return groups.find(names[0], names[1]) if len(names) > 1 else None


def _pending(command: Command | None, word: str) -> Kind | None:
    """Return the kind of the value that an option takes from the next word."""
    if "=" in word:
        return None
    option = command.options.get(word) if command is not None else None
    if option is not None and (option.is_flag or option.kind.bare is not None):
        return None
    return _kind(command, SHORT.get(word, word))


def _kind(command: Command | None, name: str) -> Kind | None:
    """Return the kind of what an option takes; None where it takes nothing, or is none."""
    if command is not None and name in command.options:
        return command.options[name].kind
    if name in _OF_COMMON:
        return _OF_COMMON[name]
    return Kind() if name in COMMON and COMMON[name][1] else None


class _Keys(Kind):
    """Keys with commas between, of what the command prints."""

    async def complete(self, asked: Asked) -> Iterable[tuple[str, str]]:  # type: ignore[override]
        from jp.keys import keys_of

        command, _, arguments, _ = _where(Options(), [*asked.earlier])
        known = keys_of(command, arguments) if command is not None else None
        before, comma, _ = asked.word.rpartition(",")
        used = before.split(",")
        return [
            (f"{before}{comma}{key}", doc) for key, doc in (known or {}).items() if key not in used
        ]


class _Template(Kind):
    """What templates are called; a file is one as well."""

    async def complete(self, asked: Asked) -> Iterable[str]:  # type: ignore[override]
        from jp.output.template_names import names

        return [*names(), FILES]


def _profile() -> Kind:
    from jp.kinds.addresses import ProfileKey
    from jp.kinds.kind import kind_of

    return kind_of(ProfileKey)


_PROFILE = _profile()
_OF_COMMON: Mapping[str, Kind] = {
    "--profile": _PROFILE,
    "--fields": _Keys(),
    "--template": _Template(),
    "--color": Choice(COLORS),
    "--input": OpenedFile,  # type: ignore[dict-item]  # its class methods are those of a kind
}
