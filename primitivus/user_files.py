"""Files of the user's, and what is wrong in them or with a value, in the user's language.

The rules are those of `backendd.api.settings`, whose sentences are for the backend.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from backendd.api import settings
from backendd.api.settings import Meaning, Misfit, Problem, Unreadable
from backendd.api.toml_lines import Locator
from primitivus.sentences import tr


class Unknown(Problem):
    """That nothing has such a name: a later version may, and the rest of the file counts."""


def read_toml(path: Path) -> tuple[Mapping[str, Any], Locator | None, list[Problem]]:
    """Return what a file of the user's holds, its locator, and why it is left out, if so."""
    data, locator, why = settings.read(path)
    return data, locator, [Problem(path, why.line, _left_out(why))] if why is not None else []


def unknown(said: str, name: str, known: Collection[str], *, is_listing: bool = False) -> str:
    """Return the sentence that there is no `name` among the `known`, with the nearest of them.

    `said` says it alone. `is_listing`: where none is near, it tells all.
    """
    if near := settings.nearest(name, known):
        return tr('{unknown}; did you mean "{near}"?', unknown=said, near=near)
    if is_listing:
        return tr("{unknown}; there are {names}", unknown=said, names=", ".join(known))
    return said


def trouble(name: str, wrong: Misfit) -> str:
    """Return what the setting `name` has to be."""
    match wrong.wanted:
        case "switch":
            return tr("{name} has to be on or off (in the file true or false)", name=name)
        case "number":
            return _wanted_number(name, wrong.meaning)
        case "text":
            return tr("{name} has to be a text in quotes", name=name)
        case "choice":
            choices = ", ".join(wrong.meaning.choices)
            return tr("{name} has to be one of {choices}", name=name, choices=choices)
        case "directory":
            return tr("{name} has to be an absolute path, or one that begins with ~/", name=name)
    return tr(
        "{name} has to be a form of strftime, as %H:%M is, which has no {odd}",
        name=name,
        odd=wrong.odd,
    )


def wanted_number(meaning: Meaning) -> str:
    """Return what a number has to be."""
    least, most = meaning.least, meaning.most
    if least is not None and most is not None:
        return tr("a whole number from {least} to {most}", least=least, most=most)
    if least is not None:
        return tr("a whole number, at least {least}", least=least)
    if most is not None:
        return tr("a whole number, at most {most}", most=most)
    return tr("a whole number")


def _wanted_number(name: str, meaning: Meaning) -> str:
    least, most = meaning.least, meaning.most
    if least is not None and most is not None:
        return tr(
            "{name} has to be a whole number from {least} to {most}",
            name=name,
            least=least,
            most=most,
        )
    if least is not None:
        return tr("{name} has to be a whole number, at least {least}", name=name, least=least)
    if most is not None:
        return tr("{name} has to be a whole number, at most {most}", name=name, most=most)
    return tr("{name} has to be a whole number", name=name)


def _left_out(why: Unreadable) -> str:
    match why.why:
        case "TOML":
            return tr("the file is left out: this isn't valid TOML: {error}", error=why.told)
        case "UTF-8":
            return tr("the file is left out: this is not UTF-8")
    return tr("the file is left out: it can't be read: {error}", error=why.told)
