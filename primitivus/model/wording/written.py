"""Times, numbers and sizes as the user's language writes them.

Names of days and months come from the catalogue, as the sentences around them do, and where it has
none from the locale: the two may differ (LANGUAGE), and an installed locale is not to be had
everywhere. Numbers in sentences have the signs of the catalogue; Python's `locale` would turn those
of files and protocols as well.
"""

import re
import time
from collections.abc import Sequence
from functools import cache

from backendd.api import sizes
from primitivus.sentences import ctr, ntr

# What of a format of strftime has a name, and where a time has the number of that.
_NAMED = re.compile("%[%aAbBh]")
_AT = {"%a": 6, "%A": 6, "%b": 1, "%B": 1, "%h": 1}
_UNITS = ("kB", "MB", "GB", "TB")


def strftime(form: str, at: time.struct_time) -> str:
    """Return a time in a format of strftime."""
    return time.strftime(_NAMED.sub(lambda found: _name(found[0], at), form), at)


def _name(sign: str, at: time.struct_time) -> str:
    """Return what a sign stands for, as a format; the sign itself where the locale knows best."""
    if sign == "%%":
        return sign
    place = at[_AT[sign]] - (0 if sign in ("%a", "%A") else 1)
    english, name = _names(sign)[place]
    return sign if name == english else name.replace("%", "%%")


@cache
def _names(sign: str) -> Sequence[tuple[str, str]]:
    """Return the names of days or months, each in English and as the catalogue has it."""
    english, said = {"%a": _short_days, "%A": _days, "%B": _months}.get(sign, _short_months)()
    return tuple(zip(english.split(), said, strict=True))


def _short_days() -> tuple[str, Sequence[str]]:
    return "Mon Tue Wed Thu Fri Sat Sun", (
        ctr("day, short", "Mon"), ctr("day, short", "Tue"), ctr("day, short", "Wed"),
        ctr("day, short", "Thu"), ctr("day, short", "Fri"), ctr("day, short", "Sat"),
        ctr("day, short", "Sun"),
    )  # fmt: skip


def _days() -> tuple[str, Sequence[str]]:
    return "Monday Tuesday Wednesday Thursday Friday Saturday Sunday", (
        ctr("day", "Monday"), ctr("day", "Tuesday"), ctr("day", "Wednesday"),
        ctr("day", "Thursday"), ctr("day", "Friday"), ctr("day", "Saturday"),
        ctr("day", "Sunday"),
    )  # fmt: skip


def _short_months() -> tuple[str, Sequence[str]]:
    return "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", (
        ctr("month, short", "Jan"), ctr("month, short", "Feb"), ctr("month, short", "Mar"),
        ctr("month, short", "Apr"), ctr("month, short", "May"), ctr("month, short", "Jun"),
        ctr("month, short", "Jul"), ctr("month, short", "Aug"), ctr("month, short", "Sep"),
        ctr("month, short", "Oct"), ctr("month, short", "Nov"), ctr("month, short", "Dec"),
    )  # fmt: skip


def _months() -> tuple[str, Sequence[str]]:
    english = (
        "January February March April May June July August September October November December"
    )
    return english, (
        ctr("month, in a date", "January"), ctr("month, in a date", "February"),
        ctr("month, in a date", "March"), ctr("month, in a date", "April"),
        ctr("month, in a date", "May"), ctr("month, in a date", "June"),
        ctr("month, in a date", "July"), ctr("month, in a date", "August"),
        ctr("month, in a date", "September"), ctr("month, in a date", "October"),
        ctr("month, in a date", "November"), ctr("month, in a date", "December"),
    )  # fmt: skip


def as_number(value: int) -> str:
    """Return a number with a sign between its thousands."""
    return f"{value:,}".replace(",", ctr("between thousands", ","))


def as_size(of: int) -> str:
    """Return a number of bytes in three digits and a unit, as `sizes.shown` does."""
    amount, _, unit = sizes.shown(of).partition(" ")
    if unit not in _UNITS:
        return ntr("{n} byte", "{n} bytes", of)
    amount = amount.replace(".", ctr("before decimals", "."))
    return f"{amount} {_units()[_UNITS.index(unit)]}"


@cache
def _units() -> Sequence[str]:
    said = ctr("of a size", "kB"), ctr("of a size", "MB"), ctr("of a size", "GB")
    return (*said, ctr("of a size", "TB"))
