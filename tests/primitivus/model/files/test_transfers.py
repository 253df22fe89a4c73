"""How fast files go, as an account knows them."""

from dataclasses import replace

from backendd.api.records import Transfer
from primitivus.model.files.transfers import Transfers

FILE = Transfer(id=1, direction="in", name="film.mkv", size=1000, state="running")
HERE = replace(FILE, done=800)


def told(*each):
    """Return what is known once each of these was told, at its time."""
    known = Transfers()
    for now, transfer in each:
        known.merge([transfer], now)
    return known


def test_neither_what_was_here_before_a_file_goes_on_nor_the_wait_for_more_tells_how_fast_it_is():
    looked_through = replace(HERE, checking=(1, 800))
    known = told(
        (0.0, replace(FILE, state="queued")), (0.1, FILE), (1.0, looked_through), (9.0, HERE),
        (20.0, replace(FILE, done=810)), (21.0, replace(FILE, done=820)),
    )  # fmt: skip
    assert known.rate(FILE, 21.0) == 10
    assert known.left(FILE, 21.0) == 18


def test_what_was_here_counts_not_either_where_it_is_looked_through_in_no_time():
    known = told((0.0, FILE), (1.0, HERE), (2.0, replace(FILE, done=810)))
    assert known.rate(FILE, 2.0) == 10


def test_nothing_passes_while_a_file_is_looked_through():
    more = replace(FILE, done=810)
    known = told((0.0, FILE), (1.0, HERE), (2.0, more), (3.0, replace(more, checking=(1, 2))))
    assert known.rate(FILE, 3.0) == 0
    assert known.left(FILE, 3.0) is None


def test_when_a_file_is_here_of_which_nobody_knows_how_long_it_is_can_not_be_told():
    unknown = replace(FILE, size=0)
    known = told((0.0, unknown), (1.0, replace(unknown, done=10)), (2.0, replace(unknown, done=20)))
    assert known.rate(unknown, 2.0) == 10
    assert known.left(unknown, 2.0) is None
