"""Words of a shell as values of D-Bus, by their signature."""

import os
import sys
from collections.abc import Mapping
from json import JSONDecodeError, loads

from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain, split
from backendd.api.variants import Variant
from backendd.api.wire import fits

_INTEGERS = "ynqiuxt"
_WORDS = {"true": True, "yes": True, "false": False, "no": False}


def value_of(signature: str, word: str) -> Plain:
    """Return what a word says as one complete type; ValueError, OSError.

    Texts and numbers are written as they are, containers as JSON, a descriptor as the path of a
    file, or `-` for standard input or output.
    """
    if signature in ("s", "o", "g"):
        value: Plain = word
    elif signature == "b":
        if word not in _WORDS:
            raise ValueError("is neither true nor false")
        value = _WORDS[word]
    elif signature == "h":
        return _opened(word)
    elif signature == "ah":
        return [_opened(each) for each in word.split(os.pathsep)]
    else:
        value = _from_json(signature, word)
    if not fits(signature, value):
        raise ValueError(f"does not fit the type {signature}")
    return value


def _from_json(signature: str, word: str) -> Plain:
    try:
        read = loads(word)
    except (JSONDecodeError, RecursionError):
        what = "number" if signature in (*_INTEGERS, "d") else "JSON"
        raise ValueError(f"is no {what}") from None
    except ValueError:
        raise ValueError("is a number too large to be one") from None
    try:
        return _typed(signature, read)
    except (TypeError, AttributeError, RecursionError):
        raise ValueError(f"does not fit the type {signature}") from None


def _typed(signature: str, value: Plain) -> Plain:
    """Return a value of JSON as the plain value of a type; ValueError and TypeError."""
    code = signature[0]
    if code == "v":
        return Variant(*_variant(value))
    if code == "(" or code == "a":
        return _container(signature, value)
    if code == "d" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _container(signature: str, value: Plain) -> Plain:
    if signature.startswith("a{"):
        key, kind = split(signature[2:-1])
        return {_typed(key, name): _typed(kind, each) for name, each in value.items()}
    if not isinstance(value, list):
        raise TypeError("no list")
    if signature == "ay":
        return bytes(value)
    if signature[0] == "a":
        return [_typed(signature[1:], each) for each in value]
    types = split(signature[1:-1])
    if len(value) != len(types):
        raise ValueError(f"has no {len(types)} values where {signature} stands")
    return tuple(_typed(kind, each) for kind, each in zip(types, value, strict=True))


def _variant(value: Plain) -> tuple[str, Plain]:
    """Return the signature that a value of JSON suggests, and the value."""
    if isinstance(value, Mapping):
        is_lists = bool(value) and all(_is_texts(each) for each in value.values())
        kind = "a{sas}" if is_lists else "a{sv}"
        return kind, _typed(kind, value)
    if isinstance(value, list):
        kinds = {_variant(each)[0] for each in value}
        kind = "a" + (kinds.pop() if len(kinds) == 1 else "v" if kinds else "s")
        return kind, _typed(kind, value)
    plain = {bool: "b", int: "x", float: "d", str: "s"}.get(type(value))
    if plain is None:
        raise ValueError("has a null, which D-Bus does not know")
    return plain, value


def _is_texts(value: Plain) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _opened(word: str) -> Descriptor:
    if word == "-":
        return Descriptor.copy(sys.stdin.fileno() if sys.stdin is not None else 0)
    flags = os.O_RDONLY if os.path.exists(word) else os.O_RDWR | os.O_CREAT
    return Descriptor(os.open(word, flags | os.O_CLOEXEC, 0o666))
