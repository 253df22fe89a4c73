"""Services as a tree on the screen: going in and out, sizes of rooms, what is offered there."""

import pytest

from backendd.api.records import ExternalService, Form, FormField, Identity, Info, Item, Resource
from tests.primitivus.fake import Entity

CONFERENCE = "conference.example.org"
TEA = f"tea@{CONFERENCE}"
EXTERNAL = "urn:xmpp:extdisco:2"


def contact_form():
    return Form(
        id="http://jabber.org/network/serverinfo",
        fields=[
            FormField(var="FORM_TYPE", type="hidden", values=["x"]),
            FormField(
                var="abuse-addresses", type="list-multi", values=["mailto:abuse@example.org"]
            ),
        ],
    )


def room_form(many):
    fields = [
        FormField(var="muc#roominfo_occupants", type="text-single", values=[str(many)]),
        FormField(var="muc#roominfo_description", type="text-single", values=["all about tea"]),
    ]
    return Form(id="http://jabber.org/protocol/muc#roominfo", fields=fields)


@pytest.fixture
def services(account):
    """A server with a service of rooms."""
    server = Info(
        identities=[Identity(category="server", type="im", name="Example")],
        features=["urn:one", "urn:two", EXTERNAL],
        forms=[contact_form()],
    )
    conference = Info(identities=[Identity(category="conference", type="text", name="Rooms")])
    account.entities = {
        ("example.org", ""): Entity(
            server,
            [Item(jid=CONFERENCE, name="Rooms")],
            [ExternalService(host="turn.example.org", port=3478, type="turn")],
        ),
        (CONFERENCE, ""): Entity(conference, [Item(jid=TEA, name="Tea")]),
        (TEA, ""): Entity(
            Info(
                identities=[Identity(category="conference", type="text", name="Tea")],
                forms=[room_form(7)],
            )
        ),
    }
    return account.entities


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_one_goes_into_what_a_server_has_and_out_again(services, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("services\n")
    await pilot.see("server im  Example")
    for text in ("abuse: mailto:abuse@example.org", "turn turn.example.org:3478", CONFERENCE):
        await pilot.see(text)
    await pilot.press("Enter")
    await pilot.see("Services: example.org > Rooms")
    await pilot.see("7 here  all about tea")
    await pilot.press("Enter")
    await pilot.see("Services: example.org > Rooms > Tea")
    await pilot.press("Backspace", "Backspace")
    await pilot.see("server im  Example")
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_what_a_server_can_do_is_folded_until_it_is_asked_for(services, pilot):
    await pilot.command("services")
    await pilot.see("3 features")
    assert "urn:one" not in pilot.screen
    await pilot.command("services-features")
    await pilot.see("urn:one")
    await pilot.command("services-features")
    await pilot.lose("urn:one")


async def test_much_is_loaded_as_far_as_one_goes(services, account, pilot):
    rooms = [Item(jid=f"r{n}@{CONFERENCE}", name=f"Room {n}") for n in range(150)]
    services[CONFERENCE, ""].items = rooms
    await pilot.command(f"services {CONFERENCE}")
    await pilot.see("Room 3")
    await pilot.press("G")
    await pilot.see("more of them")
    await pilot.press("Enter")
    await pilot.until(lambda: ("Items", CONFERENCE, "", "100") in account.calls)
    await pilot.lose("more of them")
    await pilot.press("G")
    await pilot.see("Room 149")
    await pilot.lose("more of them")


async def test_a_service_that_is_not_there_says_so_and_one_with_nothing_too(services, pilot):
    await pilot.command("services nowhere.example.org")
    await pilot.see("item not found")
    services["empty.example.org", ""] = Entity()
    await pilot.command("services empty.example.org")
    await pilot.see("nothing more is there")


async def test_services_that_were_seen_complete_themselves(services, pilot):
    await pilot.command("services")
    await pilot.see(CONFERENCE)
    await pilot.type(":services conf")
    await pilot.press("Tab")
    await pilot.see(f"services {CONFERENCE}")


async def test_whoever_is_asked_for_an_answer_is_asked_by_a_client(services, account, pilot):
    client = Resource(resource="phone", priority=5)
    account.know("bob@example.org", resources=[Resource(resource="old"), client])
    account.entities["bob@example.org/phone", ""] = Entity()
    await pilot.until(lambda: len(pilot.state.account.roster.get("bob@example.org").resources) > 1)
    await pilot.command("ping")
    await pilot.see("bob@example.org/phone answers in 12 ms")
    await pilot.command("version")
    await pilot.see("bob@example.org/phone: Example 1.0 on Plan 9")
    await pilot.command("last-activity example.org")
    await pilot.see("example.org: running since")


async def test_what_services_call_themselves_does_no_harm_to_the_screen(services, pilot):
    evil = "a\x1b[2Jb\u202ec"
    services["example.org", ""].items = [Item(jid="x.example.org", name=evil, node=evil)]
    services["x.example.org", evil] = Entity(Info(features=[evil]))
    await pilot.command("services")
    await pilot.see("a[2Jbc")
    await pilot.press("Enter")
    await pilot.see("1 features")
    assert not {"\x1b", "\u202e"} & set(pilot.screen)


async def test_what_can_be_done_there_is_offered_but_not_to_register_with_ones_own_server(
    services, account, pilot
):
    can = Info(features=["jabber:iq:register", "jabber:iq:search"])
    services["example.org", ""] = Entity(can, [Item(jid="sms.example.org", name="SMS")])
    services["sms.example.org", ""] = Entity(can)
    await pilot.command("services")
    await pilot.see("search for people")
    await pilot.see("SMS")
    assert "register there" not in pilot.screen
    await pilot.press("Enter")
    await pilot.see("register there")
