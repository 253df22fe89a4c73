"""How times are written."""

from datetime import datetime

import pytest

from primitivus.model.wording.times import short_moment


def us(*when):
    return int(datetime(*when).timestamp() * 1_000_000)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ((2026, 11, 25, 0, 0), "00:00"),
        ((2026, 11, 25, 13, 30), "13:30"),
        ((2026, 11, 24, 23, 59), "Tue"),
        ((2026, 11, 19, 13, 30), "Thu"),
        ((2026, 11, 18, 13, 30), "18 Nov"),
        ((2026, 11, 26, 13, 30), "26 Nov"),
        ((2025, 12, 31, 13, 30), "2025"),
    ],
)
def test_a_moment_is_told_as_short_as_it_can_be_understood(when, said):
    assert short_moment(us(*when), us(2026, 11, 25, 13, 30)) == said
