"""docs/dbus.md: the interfaces, from the documentation inside their XML."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backendd.api.errors import ERRORS
from backendd.api.interfaces import Argument, Interface, Method, Property, Signal
from backendd.api.introspection import Contract
from backendd.api.names import BUS_NAME, ERROR_PREFIX, MANAGER

ORDER = ("Manager", "Profile", "Roster", "Messages")
_ACCESS = {"read": "read-only", "readwrite": "read and write", "write": "write-only"}


def page(root: Path) -> str:
    """Return the page for the interfaces in `root`/dbus-interfaces."""
    found = Contract(root / "dbus-interfaces").load_all().values()
    interfaces = sorted(found, key=_place)
    head = (Path(__file__).parent / "dbus.head.md").read_text(encoding="utf-8")
    of_profiles = ", ".join(_short(each) for each in interfaces if each.name != MANAGER)
    head = head.replace("@OF_PROFILES@", of_profiles)
    return "\n".join([head, *map(_interface, interfaces), _errors()])


def _place(interface: Interface) -> tuple[int, str]:
    name = _short(interface)
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _short(interface: Interface) -> str:
    return interface.name.removeprefix(BUS_NAME + ".")


def _interface(interface: Interface) -> str:
    lines = [f"## {_short(interface)}", "", f"`{interface.name}`", ""]
    lines += [_said(interface.name, interface.documentation), *_records(interface), ""]
    lines += _members(interface, "Properties", map(_property, interface.properties.values()))
    lines += _members(interface, "Methods", map(_method, interface.methods.values()))
    lines += _members(interface, "Signals", map(_signal, interface.signals.values()))
    return "\n".join(lines)


def _members(interface: Interface, heading: str, entries: Iterable[Iterator[str]]) -> Iterator[str]:
    written = list(entries)
    if written:
        yield from (f"### {heading} of {_short(interface)}", "")
    for entry in written:
        yield from (*entry, "")


def _records(interface: Interface) -> Iterator[str]:
    for record, keys in interface.records.items():
        yield from ("", f"**{record}** records:", "")
        yield from (f"- `{key.name} {key.signature}`: {key.doc}" for key in keys)


def _property(member: Property) -> Iterator[str]:
    how = "constant" if member.emits == "const" else _ACCESS[member.access]
    yield f"**`{member.name} {member.signature}`** ({how})  "
    yield _said(member.name, member.doc)


def _method(member: Method) -> Iterator[str]:
    result = f" -> {_signature(member.out_args)}" if member.out_args else ""
    yield f"**`{member.name}({_signature(member.in_args)}){result}`**  "
    yield _said(member.name, member.doc)
    yield from _arguments([*member.in_args, *member.out_args])


def _signal(member: Signal) -> Iterator[str]:
    yield f"**`{member.name}({_signature(member.args)})`**  "
    yield _said(member.name, member.doc)
    yield from _arguments(member.args)


def _signature(args: Sequence[Argument]) -> str:
    return ", ".join(f"{arg.signature} {arg.name}" for arg in args)


def _arguments(args: Sequence[Argument]) -> Iterator[str]:
    if args:
        yield ""
    for arg in args:
        yield f"- `{arg.name}`: {_said(arg.name, arg.doc)}"
        yield from (f"  - {each}" for each in _options(arg))


def _options(arg: Argument) -> Iterator[str]:
    for option in arg.options.values():
        unless = "" if option.default is None else f" ({json.dumps(option.default)})"
        yield f"`{option.name} {option.signature}`{unless}: {option.doc}"


def _said(name: str, doc: str) -> str:
    if not doc:
        raise ValueError(f"{name} is not documented")
    return doc


def _errors() -> str:
    lines = ["## Errors", "", f"Their names begin with `{ERROR_PREFIX}`.", ""]
    lines += ["| name | meaning |", "|---|---|"]
    for name, error in ERRORS.items():
        meaning = "Something else went wrong; the text says what."
        lines.append(f"| `{name}` | {meaning if name == 'Failed' else _first_line(error)} |")
    return "\n".join([*lines, ""])


def _first_line(error: type[Exception]) -> str:
    return (error.__doc__ or "").strip().splitlines()[0]
