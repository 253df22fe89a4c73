"""Settings as fields of dataclasses, and what can be wrong in a user's file of them."""

import dataclasses
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from backendd.api import toml_lines
from backendd.api.toml_lines import Locator
from backendd.api.tuples import NamedTuple


class Problem(NamedTuple):
    """Something wrong in a file of the user's, in a line or (0) as a whole."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.sentence}"


class Meaning(NamedTuple):
    """What is known of a setting besides its type and default.

    `least` and `most` bound a number. `kind` names what completes it in the terminal UI, `section`
    what it stands among in the view of settings there.
    """

    doc: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    is_directory: bool = False
    kind: str = ""
    section: str = "other"
    # Whether it is a form of strftime(3).
    is_time_format: bool = False


# Those of strftime(3).
_DIRECTIVES = frozenset("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%")


def setting(
    default: object,
    doc: str,
    choices: tuple[str, ...] = (),
    *,
    least: int | None = None,
    most: int | None = None,
    is_directory: bool = False,
    kind: str = "",
    section: str = "other",
    is_time_format: bool = False,
) -> Any:  # noqa: ANN401 - stands for a value of any type, as dataclasses.field does
    """Return the field of a setting: a bool, an int or a str, as its default is."""
    meaning = Meaning(doc, choices, least, most, is_directory, kind, section, is_time_format)
    return field(default=default, metadata={"meaning": meaning})


def documentation(declared: type[Any]) -> dict[str, Meaning]:
    """Return what each setting of a dataclass means, by name, in the order they are declared."""
    return {item.name: item.metadata["meaning"] for item in dataclasses.fields(declared)}


def unknown(what: str, name: str, known: Collection[str], *, is_listing: bool = False) -> str:
    """Return the sentence that there is no `name` among the `known`, with the nearest of them.

    `is_listing`: where none is near, it tells all.
    """
    from difflib import get_close_matches  # late: only a mistake needs it

    sentence = f'unknown {what} "{name}"'
    if near := get_close_matches(name, list(known), n=1):
        return f'{sentence}; did you mean "{near[0]}"?'
    return f"{sentence}; there are {', '.join(known)}" if is_listing else sentence


def trouble(declared: type[Any], name: str, value: object) -> str:
    """Return what the setting `name` is, where `value` can't be that; else nothing."""
    item = next(each for each in dataclasses.fields(declared) if each.name == name)
    meaning: Meaning = item.metadata["meaning"]
    is_of_type = type(value) is type(item.default)
    match item.default:
        case bool():
            wanted = "" if is_of_type else "on or off (in the file true or false)"
        case int():
            fits = is_of_type and isinstance(value, int) and _is_within(meaning, value)
            wanted = "" if fits else wanted_number(meaning)
        case _:
            wanted = _text(meaning, str(value)) if is_of_type else "a text in quotes"
    return f"{name} has to be {wanted}" if wanted else ""


def wanted_number(meaning: Meaning) -> str:
    """Return what a number has to be, in words."""
    return f"a whole number{_bounds(meaning)}"


def read(path: Path) -> tuple[Mapping[str, Any], Locator | None, Problem | None]:
    """Return what a TOML file holds and where, or why it can't be read."""
    try:
        data, locator = toml_lines.load(path)
    except tomllib.TOMLDecodeError as error:
        line = toml_lines.error_line(error)
        return {}, None, Problem(path, line, f"this isn't valid TOML: {error}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return {}, None, Problem(path, line, "this is not UTF-8")
    except OSError as error:
        return {}, None, Problem(path, 0, f"can't be read: {error.strerror}")
    return data, locator, None


def _is_within(meaning: Meaning, value: int) -> bool:
    is_too_little = meaning.least is not None and value < meaning.least
    return not is_too_little and (meaning.most is None or value <= meaning.most)


def _bounds(meaning: Meaning) -> str:
    if meaning.least is None:
        return "" if meaning.most is None else f", at most {meaning.most}"
    if meaning.most is None:
        return f", at least {meaning.least}"
    return f" from {meaning.least} to {meaning.most}"


def _text(meaning: Meaning, value: str) -> str:
    if meaning.choices and value not in meaning.choices:
        return "one of " + ", ".join(meaning.choices)
    if meaning.is_directory and value and not value.startswith(("/", "~/")):
        return "an absolute path, or one that begins with ~/"
    if meaning.is_time_format and (odd := _no_directive(value)):
        return f"a form of strftime, as %H:%M is, which has no {odd}"
    return ""


def _no_directive(form: str) -> str:
    """Return the first of a form of strftime that is none of its directives; those stay as is."""
    every = re.finditer(r"%[-_0^#]?[EO]?(.?)", form)
    return next((each[0] for each in every if not each[1] or each[1] not in _DIRECTIVES), "")
