"""Sizes read in three digits, whatever they are."""

import pytest

from backendd.api import sizes


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (3_032_449, "3.03 MB"),
        (2_000_000_000, "2 GB"),
        (2**63, "9223372 TB"),
    ],
)
def test_a_size_has_three_digits_and_a_unit(size, shown):
    assert sizes.shown(size) == shown
