"""What many measurements come down to."""

from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return percentile(values, 50)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent of the values don't exceed."""
    assert values, "nothing was measured"
    ordered = sorted(values)
    return ordered[round(percent / 100 * (len(ordered) - 1))]
