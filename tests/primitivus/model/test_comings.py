"""Who came and went, summed up."""

from backendd.api.records import Left
from primitivus.model.comings import Comings


def summed(*steps):
    comings = Comings()
    for step in steps:
        if isinstance(step, str):
            comings.came(step)
        else:
            comings.left(Left(**step))
    return comings.text


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
    assert summed(renamed("ann", "anna"), gone("anna")) == "ann left"


def test_whoever_is_put_out_without_end_is_counted():
    kicked = summed(*(gone(f"n{number}", "kicked") for number in range(3000)))
    assert kicked.startswith("n0 was kicked; n1 was kicked; ")
    assert kicked.endswith("; n4 was kicked; 2995 more were removed")


def test_who_was_put_out_is_told_with_by_whom_and_why():
    kicked = gone("ann", "kicked", actor="ben", reason="too loud")
    assert summed(kicked, gone("cat", "banned")) == (
        "ann was kicked by ben (too loud); cat was banned"
    )
    assert summed(kicked, "ann") == "ann entered"


def test_of_what_became_so_the_last_is_told():
    comings = Comings()
    comings.came("ann")
    comings.became("topic", "ann set the topic: a")
    comings.became("role", "you may speak now")
    comings.became("topic", "ann set the topic: b")
    assert comings.text == "ann entered; you may speak now; ann set the topic: b"
