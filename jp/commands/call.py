"""`jp call`."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence

from backendd.api.blocking import CALL_TIMEOUT
from backendd.api.descriptors import Descriptor
from backendd.api.interfaces import Argument, Method, Property, python_name
from backendd.api.names import MANAGER, ROOT_PATH
from backendd.api.signature import Plain
from backendd.api.variants import Variant
from jp.command import ANYTHING, command, prints
from jp.failures import Failure, UsageError
from jp.kinds.files import Target
from jp.kinds.members import Member, interface_of
from jp.output.output import Columns
from jp.session import Session
from jp.typed import value_of
from jp.written import write

_RECORD = "a{sv}"
_MOST_COLUMNS = 6


def _keys(words: Sequence[str]) -> str:
    """Return the keys of what a member returns: the names of its values, or those of a record."""
    try:
        member = Member.read(words[0])
    except (IndexError, ValueError):
        return ANYTHING  # it is still being typed
    interface, name = interface_of(member), member.partition(".")[2]
    if name in interface.properties:
        return ANYTHING if "{" in interface.properties[name].signature else name
    found = interface.methods[name].out_args
    if len(found) != 1 or not found[0].signature.startswith(("a{", "aa{")):
        return " ".join(each.name for each in found)
    return _record(member.partition(".")[0], name)


def _record(interface: str, method: str) -> str:
    """Return the keys of what a method returns that returns records of one kind."""
    from backendd.api import contract, records

    function = getattr(getattr(contract, interface), python_name(method))
    hint = function.__annotations__["return"]
    for kind in (hint, *getattr(hint, "__args__", ())):
        if isinstance(kind, type) and issubclass(kind, records.Record):
            return _ALL_OF.get(kind.__name__, f"{kind.__name__}.*")
    return ANYTHING


# What one kind of record has of another.
_ALL_OF = {"Hit": "Message.* Hit.*", "EntryHit": "Entry.* EntryHit.*"}


@command
@prints(_keys)
async def call(
    session: Session,
    member: Member,
    arguments: list[str] = [],  # noqa: B006 - never changed
    *,
    output: Target | None = None,
) -> None:
    """Call a method of the backend, print a property, or set one.

    Arguments are written by their types (docs/dbus.md has them): texts and numbers as they are,
    booleans as true or false, lists, structs and dictionaries as JSON, an open file as its path, or
    - for standard input. Options follow as KEY=VALUE. A property with a value behind it is set.

    A record is printed as one, and a value alone by itself; what returns nothing prints nothing.
    The backend is asked, not the shell: the body of a message is never taken for a file here.

    arguments: what it takes, in order, then options as KEY=VALUE
    output: the new file where the bytes go of a method that returns an open one; else, and with -,
        to standard output

    $ jp call Profile.State
    $ jp call Messages.Search kettle limit=5
    $ jp call Rooms.List --fields room
    """
    interface = interface_of(member)
    name = member.partition(".")[2]
    path = ROOT_PATH if interface.name == MANAGER else await session.path()
    returned = interface.methods[name].out_args if name in interface.methods else ()
    if output is not None and all(each.signature != "h" for each in returned):
        raise UsageError(
            f"--output is for what returns an open file, which {member} doesn't", "call"
        )
    if name in interface.properties:
        await _property(session, interface.name, interface.properties[name], arguments)
        return
    method = interface.methods[name]
    values = _values(method, arguments)
    timeout = None if method.is_unbounded else CALL_TIMEOUT
    session.is_in_doubt = not method.out_args
    found = await session.call(path, interface.name, name, method.in_signature, values, timeout)
    _print(session, method.out_args, found, output)


async def _property(
    session: Session, interface: str, known: Property, arguments: Sequence[str]
) -> None:
    if not arguments:
        value = await session.property(known.name, interface)
        _print(session, [Argument(known.name, known.signature, "")], [value], None)
    elif len(arguments) > 1:
        raise UsageError(f"{known.name} is a property, which takes one value", "call")
    elif not known.is_writable:
        raise UsageError(f"{known.name} can't be set", "call")
    else:
        value = Variant(known.signature, _value(known.name, known.signature, arguments[0]))
        await session.set_property(interface, known.name, value)


def _values(method: Method, words: Sequence[str]) -> list[Plain]:
    """Return the arguments of a call; UsageError."""
    keyed = method.keyed
    plain = [each for each in method.in_args if each is not keyed]
    if len(words) < len(plain):
        missing = " ".join(f"{each.name} ({each.signature})" for each in plain[len(words) :])
        raise UsageError(f"{method.name} takes more: {missing}", "call")
    values = [
        _value(each.name, each.signature, word) for each, word in zip(plain, words, strict=False)
    ]
    further = words[len(plain) :]
    if keyed is not None:
        values.append(_options(keyed, further))
    elif further:
        raise UsageError(f"{method.name} takes no more than {len(plain)}", "call")
    return values


def _options(keyed: Argument, words: Sequence[str]) -> dict[str, Plain]:
    options: dict[str, Plain] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or key not in keyed.options:
            known = ", ".join(f"{each}=" for each in keyed.options) or "none"
            raise UsageError(f"{word!r} is no option of it; there are {known}", "call")
        signature = keyed.options[key].signature
        options[key] = Variant(signature, _value(key, signature, text))
    return options


def _value(name: str, signature: str, word: str) -> Plain:
    try:
        return value_of(signature, word)
    except ValueError as error:
        raise UsageError(f"{name}: {word!r} {error}", "call") from None
    except OSError as error:
        raise Failure(f"{word} can't be opened: {error.strerror}") from None


def _print(
    session: Session, out: Sequence[Argument], values: Sequence[Plain], output: str | None
) -> None:
    """Print what came, by what it is."""
    if any(isinstance(each, Descriptor) for each in values):
        _save(next(each for each in values if isinstance(each, Descriptor)), output)
    elif len(out) == 1 and out[0].signature == "a" + _RECORD:
        session.out.records(values[0], _columns(values[0]), none="nothing")
    elif len(out) == 1 and isinstance(values[0], Mapping):
        session.out.record(values[0])
    elif len(out) == 1:
        session.out.value(out[0].name, values[0])
    elif out and session.out.is_for_people:
        _parts(session, out, values)
    elif out:
        names = (each.name for each in out)
        session.out.record(dict(zip(names, values, strict=False)))


def _parts(session: Session, out: Sequence[Argument], values: Sequence[Plain]) -> None:
    """Print several values for people: each list of records below its name, as it is printed."""
    rest: dict[str, Plain] = {}
    for argument, value in zip(out, values, strict=False):
        if argument.signature == "a" + _RECORD and value:
            session.out.text(f"{argument.name}:")
            session.out.records(value, _columns(value), none="")
            session.out.text("")
        elif argument.signature == _RECORD:
            rest |= {f"{argument.name} {key}": each for key, each in value.items()}
        else:
            rest[argument.name] = value
    session.out.record(rest)


def _columns(records: Sequence[Mapping[str, Plain]]) -> Columns:
    """Return the columns of records that are small enough for a table; of others none."""
    keys = list(dict.fromkeys(key for each in records for key in each))
    is_flat = not any(isinstance(value, Mapping) for each in records for value in each.values())
    return keys if is_flat and len(keys) <= _MOST_COLUMNS else ()


def _save(file: Descriptor, output: str | None) -> None:
    """Write what is in a file that came; Failure."""
    if output not in (None, "-"):
        write(file, output)
        return
    if sys.stdout.isatty():
        raise Failure("it is bytes, which a terminal can't show: --output takes a file")
    try:
        with os.fdopen(file.detach(), "rb") as source:
            shutil.copyfileobj(source, sys.stdout.buffer)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failure(f"it can't be written: {error.strerror}") from None
