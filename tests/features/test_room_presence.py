"""What rooms say in presence that no server of the tests says: given as it would come."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names, records
from backendd.core import xml
from backendd.features.rooms.model import OccupantsChanged, Presences
from backendd.session.missing import Patience
from tests.backendd.session.rooms import enter, live_in

pytestmark = pytest.mark.every_server

ITEM = "<item role='participant' affiliation='member'/>"
OCCUPANT_ID = f"<occupant-id xmlns='{xml.OCCUPANT_IDS}' id='o1'/>"
HATS = "<hats xmlns='urn:xmpp:hats:0'><hat title='Host' uri='h'/><hat title='' uri='x'/></hats>"
QUICK = Patience(short_s=0.01)


class Outlet:
    """Keeps what would go out."""

    def __init__(self, home):
        self.told = []
        self._changed = home.hub.changed

    def emit(self, interface, signal, *arguments):
        if interface == names.ROOMS:
            self.told.append((signal, *arguments))
            self._changed.set()

    def changed(self, interface, *properties):
        pass

    def is_clear(self):
        return True


@pytest.fixture
async def home(make_home, room):
    home = await make_home()
    home.patience = QUICK
    await live_in(home, gives_hats=True)
    await enter(home, room[0])
    return home


@pytest.fixture
def outlet(home):
    outlet = Outlet(home)
    for part in home.session.parts:
        part.tell(outlet)
    return outlet


def presence(room, nick, *codes, kind="", item="", more=""):
    kind = f" type='{kind}'" if kind else ""
    statuses = "".join(f"<status code='{code}'/>" for code in codes)
    return fromstring(
        f"<presence xmlns='jabber:client' from='{room}/{nick}'{kind}>"
        f"<x xmlns='{xml.MUC_USER}'>{item or ITEM}"
        f"{statuses}</x>{more}</presence>"
    )


async def give(home, *stanzas):
    inside = home.inside
    context = inside.context()
    opened = inside.inbound.open(context, stanzas)
    await inside.store.write(lambda ledger: inside.inbound.run(ledger, context, opened))
    return opened


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next(each for each in found if each.room == room)


async def occupants(home, room):
    return {each.nick: each for each in await home.call(names.ROOMS, "occupants", room, {})}


@pytest.mark.every_server(but=["ejabberd"])  # it gives no ids of occupants
async def test_what_a_room_tells_of_an_occupant_is_in_the_record(home, room):
    address, _ = room
    item = "<item role='moderator' affiliation='admin' jid='Bob@Example.org/phone'/>"
    more = f"<show>dnd</show><status>busy\u202e</status>{HATS}{OCCUPANT_ID}"
    await give(home, presence(address, "bob", item=item, more=more))
    assert (await occupants(home, address))["bob"] == records.Occupant(
        nick="bob", jid="bob@example.org", role="moderator", affiliation="admin", show="dnd",
        status="busy", occupant_id="o1", hats=["Host"],
    )  # fmt: skip


async def test_an_occupant_wears_no_more_hats_and_no_longer_ones_than_one_can_read(home, room):
    address, _ = room
    worn = "".join(f"<hat title='{'x' * 1000}' uri='h{number}'/>" for number in range(100))
    await give(home, presence(address, "bob", more=f"<hats xmlns='urn:xmpp:hats:0'>{worn}</hats>"))
    assert (await occupants(home, address))["bob"].hats == ["x" * 100] * 10


async def test_words_that_nobody_knows_are_none(home, room):
    address, _ = room
    item = "<item role='emperor' affiliation='god'/>"
    await give(home, presence(address, "bob", item=item, more="<show>gone</show>"))
    bob = (await occupants(home, address))["bob"]
    assert (bob.role, bob.affiliation, bob.show) == ("none", "none", "online")


@pytest.mark.parametrize(
    ("codes", "item", "left"),
    [
        ((), "<item role='none'/>", {"cause": "left"}),
        (("307",), "<item><actor nick='ann'/><reason>no</reason></item>",
         {"cause": "kicked", "actor": "ann", "reason": "no"}),
        (("301", "307"), "<item affiliation='outcast'/>", {"cause": "banned"}),
        (("303",), "<item nick='bea'/>", {"cause": "nick", "new_nick": "bea"}),
        (("321",), "", {"cause": "removed"}),
        (("322",), "", {"cause": "removed"}),
        (("332",), "", {"cause": "shutdown"}),
        (("333", "307"), "", {"cause": "error"}),
    ],
)  # fmt: skip
async def test_who_left_is_told_with_the_cause(home, room, codes, item, left):
    address, _ = room
    await give(home, presence(address, "bob"))
    home.hub.events.clear()
    await give(home, presence(address, "bob", *codes, kind="unavailable", item=item))
    (told,) = home.hub.of(OccupantsChanged)
    assert told.now == {"bob": records.Left(nick="bob", **left)}
    assert "bob" not in await occupants(home, address)


@pytest.mark.parametrize(
    ("kind", "condition", "name"),
    [
        ("auth", "not-authorized", "RoomPasswordRequired"),
        ("auth", "registration-required", "MembersOnly"),
        ("auth", "forbidden", "Banned"),
        ("wait", "service-unavailable", "RoomFull"),
        ("wait", "resource-constraint", "RoomFull"),
        ("cancel", "service-unavailable", "NotSupported"),
        ("cancel", "conflict", "NicknameInUse"),
        ("cancel", "item-not-found", "UnknownRoom"),
        ("cancel", "gone", "UnknownRoom"),
        ("cancel", "not-allowed", "NotAllowed"),
        ("cancel", "not-acceptable", "NotAllowed"),
        ("modify", "jid-malformed", "InvalidJid"),
        ("cancel", "remote-server-not-found", "HostUnreachable"),
        ("wait", "remote-server-timeout", "HostUnreachable"),
        ("cancel", "undefined-condition", "ServerError"),
    ],
)
async def test_what_keeps_us_out_of_a_room_is_told_for_what_it_is(
    home, room, kind, condition, name
):
    address, _ = room
    home.hub.events.clear()
    await give(
        home,
        fromstring(
            f"<presence xmlns='jabber:client' from='{address}/me' type='error'>"
            f"<error type='{kind}'>"
            f"<{condition} xmlns='{xml.STANZA_ERRORS}'>xmpp:hall@x.y?join</{condition}></error>"
            "</presence>"
        ),
    )
    (told,) = home.hub.of(Presences)
    (refused,) = told.all
    assert refused.error.name == name
    assert address in str(refused.error)
    assert ("hall@x.y" in str(refused.error)) == (condition == "gone")


@pytest.mark.parametrize("codes", [("332", "110"), ("333", "307", "110"), ("110",)])
async def test_a_room_that_let_us_go_without_a_reason_of_its_own_is_entered_again(
    home, room, codes
):
    address, _ = room
    home.hub.events.clear()
    await give(home, presence(address, "me", *codes, kind="unavailable"))

    async def is_back():
        found = await record(home, address)
        return found.state == "in" and found.error == ("", "") and found.occupants == 2

    await home.until(is_back)


async def test_a_nick_that_the_room_gives_us_is_ours(home, room):
    address, _ = room
    await give(
        home,
        presence(address, "me", "303", "110", kind="unavailable", item="<item nick='you'/>"),
        presence(address, "you", "110", "210"),
    )
    assert (await record(home, address)).nick == "you"
    said = fromstring(
        f"<message xmlns='jabber:client' type='groupchat' from='{address}/you' id='1'>"
        "<body>by another client</body></message>"
    )
    other = fromstring(
        f"<message xmlns='jabber:client' type='groupchat' from='{address}/me' id='2'>"
        "<body>by somebody</body></message>"
    )
    await give(home, said, other)
    assert {each.body: each.direction for each in await home.messages(address)} == {
        "by another client": "out",
        "by somebody": "in",
    }


@pytest.mark.parametrize("nick", ["a\u202eb", "\u200f"])
async def test_a_nick_that_can_not_be_shown_for_what_it_is_costs_nothing_but_itself(
    home, room, nick
):
    address, _ = room
    said = (
        f"<message xmlns='jabber:client' type='groupchat' from='{address}/{nick}'>"
        "<body>hidden</body></message>"
    )
    opened = await give(home, presence(address, nick), fromstring(said), presence(address, "bob"))
    assert len(opened.lost) == 2
    assert set(await occupants(home, address)) == {"ann", "bob", "me"}
    assert await home.bodies(address) == []


async def test_nicks_that_look_alike_are_not_the_same(home, room):
    address, _ = room
    await give(home, presence(address, "\u0430nn"), presence(address, "Ann"))
    assert set(await occupants(home, address)) == {"ann", "Ann", "\u0430nn", "me"}


async def test_occupants_are_told_in_signals_of_few(home, room, outlet):
    address, _ = room
    await give(home, *(presence(address, f"n{number}") for number in range(500)))

    def told():
        found = [each for each in outlet.told if each[0] == "OccupantsChanged"]
        return found if sum(len(changed) for _, _, changed, _ in found) >= 500 else None

    signals = await home.until(told)
    assert max(len(changed) for _, _, changed, _ in signals) <= 200
    assert {room for _, room, _, _ in signals} == {address}


async def test_who_only_shows_something_else_costs_no_record_of_the_room(home, room, outlet):
    address, _ = room
    await give(home, presence(address, "bob"))

    def counts():
        return [
            each.occupants for name, *told in outlet.told if name == "Changed" for each in told[0]
        ]

    await home.until(lambda: 3 in counts())
    outlet.told.clear()
    await give(home, presence(address, "bob", more="<show>away</show>"))
    await home.until(lambda: [name for name, *_ in outlet.told])
    assert [name for name, *_ in outlet.told] == ["OccupantsChanged"]
