"""What happened between messages, line by line."""

from backendd.api.records import Left
from primitivus.model.messages.comings import Comings


def told(comings):
    return [line.text for line in comings.lines()]


def after(*steps):
    """Return what happened: who came by nick, who left by their records, what became so."""
    comings = Comings()
    for at, step in enumerate(steps, 1):
        match step:
            case str():
                comings.came(step, at)
            case dict():
                comings.left(Left(**step), at)
            case about, said:
                comings.became(about, said, at)
    return comings


def summed(*steps):
    return "\n".join(told(after(*steps)))


def gone(nick, cause="left", **more):
    return {"nick": nick, "cause": cause, **more}


def renamed(nick, new_nick):
    return gone(nick, "nick", new_nick=new_nick)


def test_who_came_and_who_left_are_named():
    assert summed("ann", gone("ben"), "cat", "dan") == "ann, cat and dan entered; ben left"


def test_to_come_and_to_go_again_is_nothing():
    assert summed("ann", gone("ann")) == ""
    assert summed(gone("ann"), "ann") == ""


def test_many_are_counted():
    assert (
        summed(*(f"n{number}" for number in range(1000)))
        == "n0, n1, n2, n3, n4 and 995 more entered"
    )


def test_a_nick_counts_as_it_is_in_the_end():
    assert summed(renamed("ann", "anna"), renamed("anna", "annie")) == "ann is now annie"
    assert summed(renamed("ann", "anna"), renamed("anna", "ann")) == ""
    assert summed("ann", renamed("ann", "anna")) == "anna entered"
    assert summed("ann", renamed("ann", "anna"), gone("anna")) == ""
    assert summed(renamed("ann", "anna"), gone("anna")) == "ann left"


def test_whoever_is_put_out_without_end_is_counted():
    kicked = told(after(*(gone(f"n{number}", "kicked") for number in range(3000))))
    assert kicked == [*(f"n{number} was kicked" for number in range(5)), "2995 more were removed"]


def test_who_was_put_out_is_told_with_by_whom_and_why():
    kicked = gone("ann", "kicked", actor="ben", reason="too loud")
    assert told(after(kicked, gone("cat", "banned"))) == [
        "ann was kicked by ben (too loud)",
        "cat was banned",
    ]


def test_whoever_is_put_out_again_is_told_so_again_and_the_first_time_stays():
    first = gone("ann", "kicked", reason="too loud")
    again = gone("ann", "kicked", reason="still too loud")
    both = ["ann was kicked (too loud)", "ann was kicked (still too loud)"]
    assert told(after(first, again)) == both
    assert told(after(first, "ann", again)) == [both[0], "ann entered", both[1]]
    assert told(after(first, ("topic", "a"), again)) == [both[0], "a", both[1]]


def test_of_what_became_so_the_last_is_told_unless_something_happened_between():
    assert told(after(("topic", "a"), ("topic", "b"))) == ["b"]
    assert told(after(("topic", "a"), ("role", "c"), ("topic", "b"))) == ["a", "c", "b"]


def test_what_happened_is_told_in_its_order_each_with_when_it_did():
    lines = list(after("ann", "ben", ("topic", "a"), gone("ann", "kicked"), "cat").lines())
    assert lines == [
        (2, "ann and ben entered"),
        (3, "a"),
        (4, "ann was kicked"),
        (5, "cat entered"),
    ]


def test_of_what_happens_without_end_the_last_is_kept():
    steps = [(f"topic {number % 2}", f"{number}") for number in range(10_000)]
    kept = told(after(*steps))
    assert len(kept) < 200
    assert kept[0] == "more happened before"
    assert kept[-1] == "9999"
