"""The quiet time of both programs."""

import pytest

from backendd.api.quiet import QuietTime


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [(0, 0, ()), (22, 7, (22, 23, 0, 6)), (9, 12, (9, 11))],
)
def test_a_quiet_time_may_go_over_midnight(start, end, quiet):
    found = [hour for hour in range(24) if QuietTime(start, end).includes(hour)]
    assert set(quiet) <= set(found)
    assert end not in found
    assert len(found) == (end - start) % 24
