"""Settings as fields of dataclasses, and what can be wrong in a user's file of them."""

import dataclasses
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from backendd.api import toml_lines
from backendd.api.toml_lines import Locator
from backendd.api.tuples import NamedTuple

Wanted = Literal["switch", "number", "text", "choice", "directory", "time format"]
"""What a value of a setting has to be."""


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


class Misfit(NamedTuple):
    """That a value can't be that of a setting, which has to be what is `wanted`.

    `odd` is what of the value is wrong, where it could be right otherwise.
    """

    wanted: Wanted
    meaning: Meaning
    odd: str = ""


class Unreadable(NamedTuple):
    """Why a file can't be read, in a line or (0) as a whole; `told` by whoever read it."""

    why: Literal["TOML", "UTF-8", "system"]
    line: int
    told: str

    def __str__(self) -> str:
        match self.why:
            case "TOML":
                return f"this isn't valid TOML: {self.told}"
            case "UTF-8":
                return "this is not UTF-8"
        return f"can't be read: {self.told}"


def unknown(what: str, name: str, known: Collection[str], *, is_listing: bool = False) -> str:
    """Return the sentence that there is no `name` among the `known`, with the nearest of them.

    `is_listing`: where none is near, it tells all.
    """
    sentence = f'unknown {what} "{name}"'
    if near := nearest(name, known):
        return f'{sentence}; did you mean "{near}"?'
    return f"{sentence}; there are {', '.join(known)}" if is_listing else sentence


def nearest(name: str, known: Collection[str]) -> str:
    """Return which of the `known` was meant by `name`, if that may be told."""
    from difflib import get_close_matches  # late: only a mistake needs it

    return next(iter(get_close_matches(name, list(known), n=1)), "")


def misfit(declared: type[Any], name: str, value: object) -> Misfit | None:
    """Return what the setting `name` has to be, where `value` can't be that."""
    item = next(each for each in dataclasses.fields(declared) if each.name == name)
    meaning: Meaning = item.metadata["meaning"]
    is_of_type = type(value) is type(item.default)
    match item.default:
        case bool():
            return None if is_of_type else Misfit("switch", meaning)
        case int():
            fits = is_of_type and isinstance(value, int) and _is_within(meaning, value)
            return None if fits else Misfit("number", meaning)
    return _misfit_of_text(meaning, str(value)) if is_of_type else Misfit("text", meaning)


def trouble(declared: type[Any], name: str, value: object) -> str:
    """Return the sentence that says so; empty where it can be that."""
    wrong = misfit(declared, name, value)
    return f"{name} has to be {_wanted(wrong)}" if wrong is not None else ""


def read(path: Path) -> tuple[Mapping[str, Any], Locator | None, Unreadable | None]:
    """Return what a TOML file holds and where, or why it can't be read."""
    try:
        data, locator = toml_lines.load(path)
    except tomllib.TOMLDecodeError as error:
        return {}, None, Unreadable("TOML", toml_lines.error_line(error), str(error))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return {}, None, Unreadable("UTF-8", line, "")
    except OSError as error:
        return {}, None, Unreadable("system", 0, str(error.strerror))
    return data, locator, None


def _is_within(meaning: Meaning, value: int) -> bool:
    is_too_little = meaning.least is not None and value < meaning.least
    return not is_too_little and (meaning.most is None or value <= meaning.most)


def _misfit_of_text(meaning: Meaning, value: str) -> Misfit | None:
    if meaning.choices and value not in meaning.choices:
        return Misfit("choice", meaning)
    if meaning.is_directory and value and not value.startswith(("/", "~/")):
        return Misfit("directory", meaning)
    if meaning.is_time_format and (odd := _no_directive(value)):
        return Misfit("time format", meaning, odd)
    return None


def _no_directive(form: str) -> str:
    """Return the first of a form of strftime that is none of its directives; those stay as is."""
    every = re.finditer(r"%[-_0^#]?[EO]?(.?)", form)
    return next((each[0] for each in every if not each[1] or each[1] not in _DIRECTIVES), "")


def _wanted(wrong: Misfit) -> str:
    """Return what a setting has to be, in words."""
    match wrong.wanted:
        case "switch":
            return "on or off (in the file true or false)"
        case "number":
            return f"a whole number{_bounds(wrong.meaning)}"
        case "text":
            return "a text in quotes"
        case "choice":
            return "one of " + ", ".join(wrong.meaning.choices)
        case "directory":
            return "an absolute path, or one that begins with ~/"
    return f"a form of strftime, as %H:%M is, which has no {wrong.odd}"


def _bounds(meaning: Meaning) -> str:
    if meaning.least is None:
        return "" if meaning.most is None else f", at most {meaning.most}"
    if meaning.most is None:
        return f", at least {meaning.least}"
    return f" from {meaning.least} to {meaning.most}"
