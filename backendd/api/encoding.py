"""Plain Python values as D-Bus bytes, by writers compiled once for each signature.

dbus-next checks and walks every value twice and wraps each key of a record in an object; a page
of records costs it four times of what it does here. Of records this loads nothing before the first.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from struct import Struct

from backendd.api.signature import ALIGNMENTS, NUMBERS, Plain, split
from backendd.api.variants import typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from backendd.api.records import Record

Writer = Callable[[bytearray, Plain], None]

_PADDING = tuple(bytes(size) for size in range(8))
_IN_PATHS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_COUNT = Struct("<I")


@cache
def writer(signature: str) -> Writer:
    """Return what appends a value of one complete type to bytes that begin 8-aligned."""
    code = signature[0]
    if code in NUMBERS:
        return _number(code)
    if code == "(":
        return _struct(split(signature[1:-1]))
    if code != "a":
        return _OTHERS[code]
    if signature == "a{sv}":
        return _write_record
    if signature[1] == "{":
        key, value = split(signature[2:-1])
        return _dictionary(key, value)
    return _array(signature[1:])


def safe_text(text: str) -> str:
    """Return `text` as D-Bus can carry it: U+FFFD for NUL and for half surrogate pairs."""
    known = text.replace("\0", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in known)


def _number(code: str) -> Writer:
    pack = Struct("<" + NUMBERS[code]).pack
    mask = ALIGNMENTS[code] - 1

    def write(out: bytearray, value: Plain) -> None:
        out += _PADDING[-len(out) & mask]
        out += pack(value)

    return write


def _write_boolean(out: bytearray, value: Plain) -> None:
    if value is not True and value is not False:
        raise TypeError(f"not a boolean: {type(value).__name__}")
    out += _PADDING[-len(out) & 3]
    out += b"\1\0\0\0" if value else b"\0\0\0\0"


def _write_text(out: bytearray, value: Plain) -> None:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {type(value).__name__}")
    if "\0" in value:
        value = safe_text(value)
    try:
        data = value.encode()
    except UnicodeEncodeError:
        data = safe_text(value).encode()
    out += _PADDING[-len(out) & 3]
    out += _COUNT.pack(len(data))
    out += data
    out.append(0)


def _write_path(out: bytearray, value: Plain) -> None:
    # The bus cuts the connection of who sends a bad one.
    if not _is_path(value):
        raise ValueError(f"no object path: {value!r}")
    _write_text(out, value)


@lru_cache(maxsize=1024)
def _is_path(text: str) -> bool:
    first, *names = text.split("/")
    if first or not names:
        return False
    return text == "/" or all(name and _IN_PATHS.issuperset(name) for name in names)


def _write_signature(out: bytearray, value: Plain) -> None:
    split(value)
    data = value.encode()
    out.append(len(data))
    out += data
    out.append(0)


def _write_variant(out: bytearray, value: Plain) -> None:
    signature, plain = typed(value)
    _write_signature(out, signature)
    writer(signature)(out, plain)


_OTHERS: dict[str, Writer] = {
    "b": _write_boolean,
    "s": _write_text,
    "o": _write_path,
    "g": _write_signature,
    "v": _write_variant,
}


def _struct(types: tuple[str, ...]) -> Writer:
    writers = [writer(each) for each in types]

    def write(out: bytearray, value: Plain) -> None:
        if isinstance(value, str) or len(value) != len(writers):
            raise TypeError(f"not {len(writers)} values")
        out += _PADDING[-len(out) & 7]
        for write_member, member in zip(writers, value, strict=True):
            write_member(out, member)

    return write


def _open_array(out: bytearray, alignment: int) -> tuple[int, int]:
    out += _PADDING[-len(out) & 3]
    place = len(out)
    out += _PADDING[4]
    out += _PADDING[-len(out) & (alignment - 1)]
    return place, len(out)


def _array(element: str) -> Writer:
    if element == "y":
        return _write_bytes
    write_element = writer(element)
    alignment = ALIGNMENTS[element[0]]

    def write(out: bytearray, value: Plain) -> None:
        if isinstance(value, str | bytes | Mapping):
            raise TypeError(f"not a list: {type(value).__name__}")
        place, start = _open_array(out, alignment)
        for item in value:
            write_element(out, item)
        _COUNT.pack_into(out, place, len(out) - start)

    return write


def _write_bytes(out: bytearray, value: Plain) -> None:
    out += _PADDING[-len(out) & 3]
    out += _COUNT.pack(len(value))
    out += value


def _dictionary(key: str, value: str) -> Writer:
    write_key, write_value = writer(key), writer(value)

    def write(out: bytearray, values: Plain) -> None:
        place, start = _open_array(out, 8)
        for name, item in values.items():
            out += _PADDING[-len(out) & 7]
            write_key(out, name)
            write_value(out, item)
        _COUNT.pack_into(out, place, len(out) - start)

    return write


def _write_record(out: bytearray, value: Plain) -> None:
    place, start = _open_array(out, 8)
    if isinstance(value, Mapping):
        _write_items(out, value)
    else:
        _write_fields(out, value)
    _COUNT.pack_into(out, place, len(out) - start)


def _write_items(out: bytearray, values: Mapping[str, Plain]) -> None:
    for key, item in values.items():
        signature, plain = typed(item)
        out += _PADDING[-len(out) & 7]
        out += _entry(key, signature)
        writer(signature)(out, plain)


def _write_fields(out: bytearray, record: "Record") -> None:
    for name, default, entry, write in _fields(type(record)):
        value = getattr(record, name)
        if value != default:
            out += _PADDING[-len(out) & 7]
            out += entry
            write(out, value)


@cache
def _fields(kind: type[Plain]) -> tuple[tuple[str, Plain, bytes, Writer], ...]:
    """Return the keys of a record: name, default, the bytes before its value, its writer."""
    from dataclasses import MISSING, fields

    from backendd.api.records import MORE, Record, name_of

    if not issubclass(kind, Record):
        raise TypeError(f"no record: {kind.__name__}")
    compiled: list[tuple[str, Plain, bytes, Writer]] = []
    for each in fields(kind):
        default = each.default if each.default_factory is MISSING else each.default_factory()
        if each.name == MORE:
            compiled.append((MORE, default, b"", _write_items))
            continue
        signature = each.metadata["signature"]
        entry = _entry(name_of(each), signature)
        compiled.append((each.name, default, entry, writer(signature)))
    return tuple(compiled)


@lru_cache(maxsize=4096)
def _entry(key: str, signature: str) -> bytes:
    """Return what stands before the value of a key of an `a{sv}`, padding included."""
    out = bytearray()
    _write_text(out, key)
    _write_signature(out, signature)
    out += _PADDING[-len(out) & (ALIGNMENTS[signature[0]] - 1)]
    return bytes(out)
