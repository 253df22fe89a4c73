"""What is said to people, in their language: each sentence of the program passes here.

The code has the sentences in English, which find their translations in a catalogue of gettext: the
file `LANGUAGE/LC_MESSAGES/primitivus.mo` below `locale` in the directories of XDG data, or beside
this module. The language is the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that says one, and
is read once, with this module: what other modules say is translated while they load. Where no such
file is, which is so for English, nothing of gettext is loaded.

A sentence is a whole one, with fields in braces for what it is about: an order of words, or a case,
that fits the fragments of one language fits no other. The names of fields are for translators.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xdg_base_dirs import xdg_data_dirs, xdg_data_home

from backendd.api.settings import Problem

if TYPE_CHECKING:
    from gettext import GNUTranslations

DOMAIN = "primitivus"
_NAMELESS = ("", "C", "POSIX")
# By Unicode: controls, halves of pairs, ends of lines; directions that turn what is around.
_UNWRITTEN = ("Cc", "Cs", "Zl", "Zp")
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def tr(text: str, /, **fields: object) -> str:
    """Return a sentence in the user's language, with its fields filled in."""
    said = _single(text, "", bool(fields)) if _catalogue else text
    return said.format(**fields) if fields else said


def ntr(one: str, several: str, number: int, /, **fields: object) -> str:
    """Return a sentence about a number of things, which it may have as its field `n`."""
    said = _plural("", one, several, number) if _catalogue else _english(one, several, number)
    return said.format(n=number, **fields)


def cntr(context: str, one: str, several: str, number: int, /, **fields: object) -> str:
    """Return what `ntr` does, for a text that counts several kinds: `context` says which."""
    said = _plural(context, one, several, number) if _catalogue else _english(one, several, number)
    return said.format(n=number, **fields)


def ctr(context: str, text: str, /, **fields: object) -> str:
    """Return what `tr` does, for a text that means several things: `context` says which."""
    said = _single(text, context, bool(fields)) if _catalogue else text
    return said.format(**fields) if fields else said


def translated(text: str) -> str:
    """Return a sentence that is declared elsewhere, as the template of the catalogues knows it.

    Those have no fields here: the help of commands, the documentation of settings, descriptions in
    files, tables of sentences. What the catalogue doesn't know is returned as it is.
    """
    return _single(text, "", False) if _catalogue else text


def translation(text: str, /, **fields: object) -> str:
    """Return what `translated` does with its fields filled in; nothing if it has no translation."""
    said = _single(text, "", bool(fields))
    if said == text:
        return ""
    return said.format(**fields) if fields else said


def problems() -> list[Problem]:
    """Return which catalogues were left out, and why."""
    return list(_problems)


def _languages() -> Iterator[str]:
    """Yield the languages that are wanted, each with what may stand in for it behind it."""
    said = map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, said), "")
    if locale in _NAMELESS:
        return  # as gettext has it: LANGUAGE is for who has a language at all
    for language in (os.environ.get("LANGUAGE") or locale).split(":"):
        name, _, modifier = language.partition("@")
        place = name.partition(".")[0]
        short = place.partition("_")[0]
        for each in dict.fromkeys((place, short)):
            yield from (f"{each}@{modifier}", each) if modifier else (each,)
        if short == "en":
            return


def _found() -> Iterator[Path]:
    """Yield the catalogues that are there, the one that is wanted most first."""
    for language in _languages():
        if "/" in language or language in _NAMELESS:
            continue
        for folder in _folders():
            path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
            if os.path.isfile(path):  # says no of what may not be looked at
                yield path


def _folders() -> Iterator[Path]:
    yield from (each / "locale" for each in (xdg_data_home(), *xdg_data_dirs()))
    yield Path(__file__).with_name("locale")


def _load() -> "tuple[GNUTranslations | None, list[Problem]]":
    """Return the first catalogue that can be read, if any, and what is wrong with those before."""
    wrong: list[Problem] = []
    for path in _found():
        from gettext import GNUTranslations  # late: English needs none

        try:
            with path.open("rb") as file:
                return GNUTranslations(file), wrong
        except Exception as error:
            # Its reader is not made for files that are broken: it fails in all kinds of ways.
            wrong.append(Problem(path, 0, f"the translation is left out: {error}"))
    return None, wrong


def _english(one: str, several: str, number: int) -> str:
    return one if number == 1 else several


@cache
def _single(text: str, context: str, has_fields: bool) -> str:
    """Return the translation of a text, or the text where it has none that can be used."""
    if _catalogue is None or not text:
        return text
    said = _catalogue.pgettext(context, text) if context else _catalogue.gettext(text)
    if not said or (has_fields and _fields(said) != _fields(text)):
        return text
    return said if _controls(said) <= _controls(text) else text


def _plural(context: str, one: str, several: str, number: int) -> str:
    if _catalogue is None:
        return _english(one, several, number)
    try:
        said = (
            _catalogue.npgettext(context, one, several, number)
            if context
            else _catalogue.ngettext(one, several, number)
        )
    except (ArithmeticError, ValueError, TypeError):  # in the formula of the catalogue
        return _english(one, several, number)
    return said if said and _fits(said, several) else _english(one, several, number)


@cache
def _fits(said: str, several: str) -> bool:
    """Return whether a form has only what the English one has: "one file" needs no number."""
    given = _fields(said)
    is_known = given is not None and given <= (_fields(several) or frozenset())
    return is_known and _controls(said) <= _controls(several)


def _fields(text: str) -> frozenset[tuple[str | None, ...]] | None:
    """Return the fields of a text, each with how it is written; None if that is no format."""
    from string import Formatter  # late: English needs none

    try:
        return frozenset(field[1:] for field in Formatter().parse(text) if field[1] is not None)
    except ValueError:
        return None


def _controls(text: str) -> set[str]:
    """Return what of a text does more to a terminal, or to the text around, than be written."""
    from unicodedata import bidirectional, category

    return {each for each in text if category(each) in _UNWRITTEN or bidirectional(each) in _TURNS}


_catalogue, _problems = _load()
