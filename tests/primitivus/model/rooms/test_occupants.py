"""Who is in a room stays in order, and who comes and goes costs no more where many are."""

import random

import pytest

from backendd.api.records import Occupant
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.place import NOWHERE, Place
from primitivus.model.rooms.occupants import Occupants, group
from tests.lab.hostile import steps

ROOM = "garden@rooms.example.org"
AFFILIATIONS = ("owner", "admin", "member", "none")
ROLES = ("moderator", "participant", "visitor")


def place(nick):
    return Place("me", f"{ROOM}/{nick}")


def somebody(number, **what):
    return Occupant(**{"nick": f"n{number:05}", "role": "participant", **what})


def a_room_of(count):
    """Return who is in a room of so many, and the list of them at the side."""
    held = Occupants(place)
    held.add(somebody(number) for number in range(count))
    held.settle()
    return held, OccupantsPane(held.listed)


def test_all_stand_by_group_and_nick_whoever_comes_goes_or_becomes_another():
    chance = random.Random(7)
    held, expected = Occupants(place), {}
    held.settle()
    for _ in range(2000):
        nick = chance.choice("aAbBcCdDeEfFäÄ") * chance.randint(1, 3)
        if nick in expected and chance.random() < 0.4:
            del expected[nick]
            held.tell([], [nick])
            continue
        one = Occupant(
            nick=nick, role=chance.choice(ROLES), affiliation=chance.choice(AFFILIATIONS)
        )
        expected[nick] = one
        held.tell([one], [])
    ordered = sorted(
        expected.values(), key=lambda each: (group(each), each.nick.casefold(), each.nick)
    )
    assert list(held.listed()) == [place(each.nick) for each in ordered]


@pytest.mark.parametrize("marked", [NOWHERE, place("n00007")])
def test_who_comes_and_goes_costs_no_more_in_a_room_of_fifty_times_as_many(marked):
    def storm(count):
        held, pane = a_room_of(count)
        pane.marked = marked

        def work():
            for number in range(50):
                with pane.steady():
                    held.tell([], [somebody(number).nick])
                    held.tell([somebody(number)], [])
                held.listed()

        return steps(work)

    assert storm(5000) == pytest.approx(storm(100), rel=0.05)
