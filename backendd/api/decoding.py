"""D-Bus bytes as plain Python values, by readers compiled once for each signature.

Variants are unwrapped, structs are tuples. The bus daemon has checked what arrives.
"""

from collections.abc import Callable
from functools import lru_cache
from struct import Struct

from backendd.api.signature import ALIGNMENTS, NUMBERS, Plain, split

Reader = Callable[[bytes, int], tuple[Plain, int]]
"""Takes the body and a position; returns a value and the position behind it."""


_KEYS = 4096


@lru_cache(maxsize=1024)
def reader(signature: str, order: str = "<") -> Reader:
    """Return what reads one complete type; `order` is that of the struct module."""
    code = signature[0]
    if code in NUMBERS:
        return _number(code, order)
    if code == "(":
        return _struct(split(signature[1:-1]), order)
    if code == "a":
        return _array(signature, order)
    return _OTHERS[code](order)


def _number(code: str, order: str) -> Reader:
    layout = Struct(order + NUMBERS[code])
    unpack, size, mask = layout.unpack_from, layout.size, ALIGNMENTS[code] - 1

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at += -at & mask
        return unpack(data, at)[0], at + size

    return read


def _boolean(order: str) -> Reader:
    read_number = reader("u", order)

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        number, at = read_number(data, at)
        return number != 0, at

    return read


def _text(order: str) -> Reader:
    unpack = Struct(order + "I").unpack_from

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at += -at & 3
        start = at + 4
        end = start + unpack(data, at)[0]
        return str(data[start:end], "utf-8"), end + 1

    return read


def _signature(_order: str) -> Reader:
    def read(data: bytes, at: int) -> tuple[Plain, int]:
        end = at + 1 + data[at]
        return str(data[at + 1 : end], "ascii"), end + 1

    return read


def _variant(order: str) -> Reader:
    def read(data: bytes, at: int) -> tuple[Plain, int]:
        end = at + 1 + data[at]
        return _named(data[at + 1 : end], order)(data, end + 1)

    return read


@lru_cache(maxsize=1024)
def _named(signature: bytes, order: str) -> Reader:
    return reader(signature.decode("ascii"), order)


_OTHERS: dict[str, Callable[[str], Reader]] = {
    "b": _boolean,
    "s": _text,
    "o": _text,
    "g": _signature,
    "v": _variant,
}


def _struct(types: tuple[str, ...], order: str) -> Reader:
    readers = [reader(each, order) for each in types]

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at += -at & 7
        members = []
        for read_member in readers:
            member, at = read_member(data, at)
            members.append(member)
        return tuple(members), at

    return read


def _array(signature: str, order: str) -> Reader:
    if signature == "ay":
        return _bytes(order)
    if signature == "a{sv}":
        return _record(order)
    if signature[1] == "{":
        key, value = split(signature[2:-1])
        return _dictionary(key, value, order)
    return _list(signature[1:], order)


def _extent(order: str, alignment: int) -> Callable[[bytes, int], tuple[int, int]]:
    """Return what reads the head of an array: where it begins and where it ends."""
    unpack = Struct(order + "I").unpack_from
    mask = alignment - 1

    def read(data: bytes, at: int) -> tuple[int, int]:
        at += -at & 3
        start = at + 4
        start += -start & mask
        return start, start + unpack(data, at)[0]

    return read


def _bytes(order: str) -> Reader:
    extent = _extent(order, 1)

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        start, end = extent(data, at)
        return data[start:end], end

    return read


def _list(element: str, order: str) -> Reader:
    extent = _extent(order, ALIGNMENTS[element[0]])
    read_element = reader(element, order)

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at, end = extent(data, at)
        values = []
        while at < end:
            value, at = read_element(data, at)
            values.append(value)
        return values, end

    return read


def _dictionary(key: str, value: str, order: str) -> Reader:
    extent = _extent(order, 8)
    read_key, read_value = reader(key, order), reader(value, order)

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at, end = extent(data, at)
        values = {}
        while at < end:
            name, at = read_key(data, at + (-at & 7))
            values[name], at = read_value(data, at)
        return values, end

    return read


def _record(order: str) -> Reader:
    # The same as any dictionary, written out: nearly all that crosses this bus is an a{sv}, and
    # its keys, each with the signature behind it, are the same ones again and again.
    extent = _extent(order, 8)
    unpack = Struct(order + "I").unpack_from
    known: dict[bytes, tuple[str, Reader]] = {}

    def read(data: bytes, at: int) -> tuple[Plain, int]:
        at, end = extent(data, at)
        values = {}
        while at < end:
            at += -at & 7
            start = at + 4
            stop = start + unpack(data, at)[0]
            at = stop + 2 + data[stop + 1]
            entry = data[start:at]
            found = known.get(entry)
            if found is None:
                found = str(data[start:stop], "utf-8"), _named(data[stop + 2 : at], order)
                if len(known) >= _KEYS:
                    known.clear()  # they are somebody's own words
                known[entry] = found
            values[found[0]], at = found[1](data, at + 1)
        return values, end

    return read
