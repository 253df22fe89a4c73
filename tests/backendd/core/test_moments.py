"""What was said later, of two things that one author says."""

import pytest

from backendd.core.moments import Moment

LIVE = Moment(5, "live", "stream")
ARCHIVED = Moment(5, "archive", "stream")
PAST = Moment(5, "past", "stream")


@pytest.mark.parametrize(
    ("new", "old", "is_later"),
    [
        (LIVE, ARCHIVED, True), (LIVE, PAST, True), (LIVE, LIVE, True),
        (ARCHIVED, LIVE, False), (ARCHIVED, Moment(9, "live", "before"), True),
        (ARCHIVED, PAST, True), (PAST, ARCHIVED, False), (PAST, LIVE, False),
        (ARCHIVED, Moment(9, "archive"), False), (ARCHIVED, ARCHIVED, True),
        (PAST, PAST, True), (Moment(5, "past", is_backwards=True), PAST, False),
    ],
)  # fmt: skip
def test_which_of_two_things_was_said_later(new, old, is_later):
    assert new.follows(old) == is_later
