"""Contacts stand in order, in all groups, whoever becomes another, and that costs no more."""

import random
from functools import partial

import pytest

from backendd.api.records import Contact, Request
from primitivus.model.place import Place
from primitivus.model.roster.contact_listing import ContactListing
from primitivus.model.roster.roster import Roster
from tests.lab.hostile import steps

GROUPS = ("Work", "home", "Ärzte")
SHOWS = ("", "", "online", "away")

place = partial(Place, "me")


def expected(contacts, requests, *, offline, groups):
    """Return the entries as one would make them of all contacts."""
    ordered = sorted(
        (each for each in contacts if each.jid not in requests and (offline or each.show)),
        key=lambda each: (each.show == "", (each.name or each.jid[0]).lower(), each.jid),
    )
    entries = [place(jid, "") for jid in requests]
    entries += [place(each.jid, "") for each in ordered if not (groups and each.groups)]
    for name in sorted(GROUPS, key=str.casefold) if groups else ():
        members = [place(each.jid, name) for each in ordered if name in each.groups]
        entries += [place("", name), *members] if members else []
    return entries


def test_all_stand_by_presence_and_name_in_all_their_groups_whoever_becomes_another():
    chance = random.Random(7)
    roster, contacts = Roster(place), {}
    listing = ContactListing(roster, place)
    for number in range(1500):
        jid = f"{chance.choice('abcdefghijklmnop')}@x"
        what = chance.random()
        if what < 0.2:
            contacts.pop(jid, None)
            roster.remove([jid])
        elif what < 0.25:
            roster.merge_requests([Request(jid=jid)], list(roster.requests))
        elif what < 0.26:
            contacts = {}
            roster.reset([], [])
        else:
            contacts[jid] = Contact(
                jid=jid,
                name=chance.choice(("", "Zoë", "anna", "Bert")),
                show=chance.choice(SHOWS),
                groups=chance.sample(GROUPS, chance.randint(0, 2)),
                revision=number,
            )
            roster.merge([contacts[jid]])
        shown = {"offline": chance.random() < 0.5, "groups": chance.random() < 0.5}
        assert list(listing.places(**shown)) == expected(
            contacts.values(), roster.requests, **shown
        )
        assert roster.arranged.all.online == sum(1 for each in contacts.values() if each.show)


@pytest.mark.parametrize("groups", [[], ["Work"]])
@pytest.mark.parametrize("offline", [True, False])
def test_presence_costs_no_more_among_fifty_times_as_many(groups, offline):
    def storm(count):
        roster = Roster(place)
        listing = ContactListing(roster, place)
        everybody = [Contact(jid=f"c{n:05}@x", show="online", groups=groups) for n in range(count)]
        roster.reset(everybody, [])

        def work():
            for each in everybody[:50]:
                for show in ("away", "", "online"):
                    roster.merge([Contact(jid=each.jid, show=show, groups=groups)])
                    listing.places(offline=offline, groups=True)

        return steps(work)

    assert storm(5000) == pytest.approx(storm(100), rel=0.05)
