"""Sizes of files, as people read them."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_THOUSAND = 1000


def shown(size: int) -> str:
    """Return a number of bytes in three digits and a unit: `3.03 MB`."""
    if size < _THOUSAND:
        return f"{size} {_UNITS[0] if size != 1 else 'byte'}"
    amount, unit = float(size), 0
    # What would be rounded to a thousand has the next unit.
    while amount >= _THOUSAND - 0.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    return f"{amount:.3g} {_UNITS[unit]}" if amount < _THOUSAND else f"{amount:.0f} {_UNITS[unit]}"
