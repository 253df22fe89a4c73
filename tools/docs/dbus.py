"""docs/dbus.md: the interfaces, from the documentation inside their XML."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from backendd.api.errors import ERRORS
from backendd.api.interfaces import OPTION, RECORD
from backendd.api.names import BUS_NAME, ERROR_PREFIX

ORDER = ("Manager", "Profile", "Roster", "Messages")
_DOC = "annotation[@name='org.gtk.GDBus.DocString']"
_CHANGES = "annotation[@name='org.freedesktop.DBus.Property.EmitsChangedSignal']"
_ACCESS = {"read": "read-only", "readwrite": "read and write", "write": "write-only"}


def page(root: Path) -> str:
    """Return the page for the interfaces in `root`/dbus-interfaces."""
    interfaces = [
        ElementTree.parse(path).getroot().find("interface")
        for path in (root / "dbus-interfaces").glob("*.xml")
    ]
    known = [interface for interface in interfaces if interface is not None]
    head = (Path(__file__).parent / "dbus.head.md").read_text(encoding="utf-8")
    parts = [head, *(_interface(interface) for interface in sorted(known, key=_place)), _errors()]
    return "\n".join(parts)


def _place(interface: ElementTree.Element) -> tuple[int, str]:
    name = _short(interface)
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _short(element: ElementTree.Element) -> str:
    return element.attrib["name"].removeprefix(BUS_NAME + ".")


def _interface(interface: ElementTree.Element) -> str:
    lines = [f"## {_short(interface)}", "", f"`{interface.attrib['name']}`", ""]
    lines += [_doc(interface), *_records(interface), ""]
    for heading, tag, entry in (
        ("Properties", "property", _property),
        ("Methods", "method", _method),
        ("Signals", "signal", _signal),
    ):
        members = interface.findall(tag)
        if members:
            lines += [f"### {heading} of {_short(interface)}", ""]
        for member in members:
            lines += [*entry(member), ""]
    return "\n".join(lines)


def _records(interface: ElementTree.Element) -> Iterator[str]:
    told = ""
    for annotation in interface.findall("annotation"):
        if not annotation.attrib["name"].startswith(RECORD):
            continue
        record, _, key = annotation.attrib["name"].removeprefix(RECORD).partition(".")
        if record != told:
            yield from ("", f"**{record}** records:", "")
        told = record
        signature, _, doc = annotation.attrib["value"].partition(": ")
        yield f"- `{key} {signature}`: {doc}"


def _property(member: ElementTree.Element) -> Iterator[str]:
    changes = member.find(_CHANGES)
    how = _ACCESS[member.attrib["access"]]
    if changes is not None and changes.attrib["value"] == "const":
        how = "constant"
    yield f"**`{member.attrib['name']} {member.attrib['type']}`** ({how})  "
    yield _doc(member)


def _method(member: ElementTree.Element) -> Iterator[str]:
    args = member.findall("arg")
    taken = [arg for arg in args if arg.get("direction") == "in"]
    given = [arg for arg in args if arg.get("direction") == "out"]
    result = f" -> {_arguments(given)}" if given else ""
    yield f"**`{member.attrib['name']}({_arguments(taken)}){result}`**  "
    yield _doc(member)
    yield from _argument_list(args)


def _signal(member: ElementTree.Element) -> Iterator[str]:
    args = member.findall("arg")
    yield f"**`{member.attrib['name']}({_arguments(args)})`**  "
    yield _doc(member)
    yield from _argument_list(args)


def _arguments(args: list[ElementTree.Element]) -> str:
    return ", ".join(f"{arg.attrib['type']} {arg.attrib['name']}" for arg in args)


def _argument_list(args: list[ElementTree.Element]) -> Iterator[str]:
    if args:
        yield ""
    for arg in args:
        yield f"- `{arg.attrib['name']}`: {_doc(arg)}"
        yield from (f"  - {each}" for each in _options(arg))


def _options(arg: ElementTree.Element) -> Iterator[str]:
    for annotation in arg.findall("annotation"):
        name = annotation.attrib["name"]
        if name.startswith(OPTION):
            written, _, doc = annotation.attrib["value"].partition(": ")
            signature, _, default = written.partition(" = ")
            unless = f" ({default})" if default else ""
            yield f"`{name.removeprefix(OPTION)} {signature}`{unless}: {doc}"


def _doc(element: ElementTree.Element) -> str:
    annotation = element.find(_DOC)
    if annotation is None:
        raise ValueError(f"{element.tag} {element.get('name')} is not documented")
    return annotation.attrib["value"]


def _errors() -> str:
    lines = ["## Errors", "", f"Their names begin with `{ERROR_PREFIX}`.", ""]
    lines += ["| name | meaning |", "|---|---|"]
    for name, error in ERRORS.items():
        meaning = "Something else went wrong; the text says what."
        lines.append(f"| `{name}` | {meaning if name == 'Failed' else _first_line(error)} |")
    return "\n".join([*lines, ""])


def _first_line(error: type[Exception]) -> str:
    return (error.__doc__ or "").strip().splitlines()[0]
