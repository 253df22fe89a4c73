"""One line of the results: what is measured, what is to be reached, what came out."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A result, as it is shown; `is_reached` is None where there was nothing to compare with."""

    measure: str
    to_reach: str
    measured: str
    rival: str = ""
    ratio: str = ""
    is_reached: bool | None = None

    @property
    def verdict(self) -> str:
        """Return the last column."""
        return {True: "yes", False: "**no**", None: "-"}[self.is_reached]


def under(measure: str, value: float, limit: float, unit: str, *, also: str = "") -> Row:
    """Return the row of a value that has to stay under `limit`; `also` is told beside it."""
    told = f"{amount(value)} {unit}{also and f' ({also})'}"
    return Row(measure, f"under {amount(limit)} {unit}", told, is_reached=value < limit)


def over(measure: str, value: float, limit: float, unit: str, *, also: str = "") -> Row:
    """Return the row of a value that has to be above `limit`."""
    told = f"{amount(value)} {unit}{also and f' ({also})'}"
    return Row(measure, f"over {amount(limit)} {unit}", told, is_reached=value > limit)


def beside(
    measure: str, value: float, rival: str, theirs: float | None, factor: float, unit: str
) -> Row:
    """Return the row of a value that may be at most `factor` of a rival's (None: not here)."""
    to_reach = f"at most {factor:g} of {rival}'s"
    measured = f"{amount(value)} {unit}"
    if theirs is None:
        return Row(measure, to_reach, measured, f"{rival} is not installed")
    ratio = value / theirs if theirs else 0.0
    return Row(
        measure,
        to_reach,
        measured,
        f"{rival}: {amount(theirs)} {unit}",
        f"{ratio:.2f}",
        ratio <= factor,
    )


def amount(value: float) -> str:
    """Return a number with three digits that count."""
    if math.isinf(value):
        return "endless"
    if value and abs(value) < 100 and value != int(value):
        return f"{value:.3g}"
    return f"{value:,.0f}"
