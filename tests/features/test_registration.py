"""Accounts that are made, given another password and removed; registering with services."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import (
    AuthenticationFailed,
    FileError,
    FormRejected,
    HostUnreachable,
    InvalidArgument,
    InvalidJid,
    NotAllowed,
    NotConnected,
    NotSupported,
    ServerError,
)
from backendd.core import registration, xml
from backendd.features.profiles.changing import Changing
from backendd.features.registration.bus import AccountMembers, RegistrarMembers
from backendd.xmpp.faults import StanzaError
from tests.backendd.session.home import new_account
from tests.backendd.session.partial import Partial
from tests.backendd.session.rooms import make_room
from tests.features.test_messages import Frontend, make_profile
from tests.features.test_profiles import make
from tests.lab.prosody import Prosody
from tests.lab.server import HOST

__all__ = ["make"]

P = names.PROFILE
ADMIN = "http://jabber.org/protocol/muc#admin"
TAG = f"{{{registration.NAMESPACE}}}query"


@pytest.fixture
async def accounts(make_home):
    """What makes accounts, of a backend of its own."""
    home = await make_home()
    members = AccountMembers(RegistrarMembers(home.backend))
    yield members
    await home.backend.tasks.stop()


def reached(server):
    return {"host": HOST, "port": server.port, "ca_file": str(server.ca_file)}


@pytest.mark.every_server
async def test_an_account_is_made_with_what_its_server_asks_for(accounts, server, make_peer):
    form = await accounts.registration_form(server.domain, **reached(server))
    assert {"username", "password"} <= {each.var for each in form.fields}
    account = new_account(server) + "made"
    values = {"username": [account], "password": [server.password(account)]}
    made = await accounts.register_account(server.domain, values, **reached(server))
    assert made == server.jid(account)
    peer = await make_peer(account)
    assert peer.stream.full_jid.startswith(made)


@pytest.mark.every_server
async def test_a_name_that_is_taken_is_said_and_another_one_can_be_tried(accounts, server):
    await accounts.registration_form(server.domain, **reached(server))
    taken = new_account(server)
    values = {"username": [taken], "password": ["a"]}
    with pytest.raises(FormRejected, match=r"^username: "):
        await accounts.register_account(server.domain, values, **reached(server))
    values["username"] = [taken + "free"]
    assert await accounts.register_account(server.domain, values, **reached(server))


async def test_an_account_can_be_made_without_asking_first(accounts, prosody):
    values = {"username": [new_account(prosody) + "x"], "password": ["a"]}
    assert await accounts.register_account(prosody.domain, values, **reached(prosody))
    with pytest.raises(FormRejected, match=r"^password: "):
        await accounts.register_account(
            prosody.domain, {"username": ["someone"]}, **reached(prosody)
        )
    with pytest.raises(FormRejected, match=r"^username: "):
        await accounts.register_account(
            prosody.domain, {"username": ["a b"], "password": ["a"]}, **reached(prosody)
        )


@pytest.mark.parametrize(
    ("domain", "options", "error"),
    [
        ("@@", {}, InvalidJid),
        ("someone@example.org", {}, InvalidArgument),
        ("example.org", {"port": 5222}, InvalidArgument),
        ("example.org", {"host": "127.0.0.1", "ca_file": "/nowhere.pem"}, FileError),
        ("example.org", {"host": "127.0.0.1", "port": 1}, HostUnreachable),
    ],
)
async def test_what_is_no_server_is_refused(accounts, domain, options, error):
    with pytest.raises(error):
        await accounts.registration_form(domain, **options)


async def test_a_server_that_makes_no_accounts_says_so(accounts, tmp_path):
    with Prosody(tmp_path / "closed", without=["register"]) as closed, pytest.raises(NotSupported):
        await accounts.registration_form(closed.domain, **reached(closed))


async def test_a_password_is_changed_on_the_server_and_here(make, prosody, backend, bus):
    account = new_account(prosody)
    frontend = await make(account)
    await make_profile(backend, bus, prosody, f"{account}-again", account)
    other = await Frontend.open(bus.address, f"{account}-again")
    await frontend.call(P, "Connect")
    await frontend.call(P, "ChangeXmppPassword", "s", "another one")
    await frontend.call(P, "Disconnect")
    await frontend.call(P, "Connect")
    assert await frontend.get("State") == "online"
    (warning,) = await other.get("Warnings")
    assert warning["word"] == "password"
    await other.call(P, "SetXmppPassword", "s", "another one")
    assert await other.get("Warnings") == []
    await other.close()


@pytest.mark.every_server
async def test_one_logs_in_with_the_new_password_and_with_the_old_no_more(make_home, server):
    home = await (await make_home()).online()
    changing = Changing(home.database, lambda session: None, lambda: [home.session])
    await changing.change_xmpp_password(home.session, "an other")
    await home.session.disconnect()
    await home.online()
    await changing.set_xmpp_password(home.session, server.password(home.account))
    await home.session.disconnect()
    with pytest.raises(AuthenticationFailed):
        await home.session.connect()


async def test_a_password_is_not_changed_to_none_or_while_offline(make):
    frontend = await make()
    with pytest.raises(InvalidArgument):
        await frontend.call(P, "ChangeXmppPassword", "s", "")
    with pytest.raises(Exception, match="not online"):
        await frontend.call(P, "ChangeXmppPassword", "s", "new")


async def test_an_account_is_removed_from_its_server_and_the_profile_stays(
    make, prosody, make_peer
):
    account = new_account(prosody)
    frontend = await make(account)
    await frontend.call(P, "Connect")
    await frontend.call(P, "RemoveAccount")
    assert await frontend.get("State") == "offline"
    assert (await frontend.get("Settings"))["autoconnect"] is False
    with pytest.raises(Exception, match=r"password|refuses|login"):
        await frontend.call(P, "Connect")


@pytest.mark.every_server
async def test_an_account_is_removed_however_its_server_says_so(make_home):
    home = await (await make_home()).online()
    changing = Changing(home.database, lambda session: None, lambda: [home.session])
    await changing.change_settings(home.session, {"autoconnect": True})
    await changing.remove_account(home.session)
    assert home.session.state == "offline"
    assert home.inside.profile.settings.autoconnect is False
    with pytest.raises(AuthenticationFailed):
        await home.session.connect()
    with pytest.raises(NotConnected):
        await changing.remove_account(home.session)


async def test_an_account_that_is_let_in_again_was_not_removed(make_home, tmp_path):
    async with Closing(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        changing = Changing(home.database, lambda session: None, lambda: [home.session])
        with pytest.raises(ServerError, match="still there"):
            await changing.remove_account(home.session)
        assert home.session.state == "online"


class Closing(Partial):
    """A server that ends the connection where one registers, and does nothing else."""

    def _stanza(self, client, element):
        if any(child.tag == TAG for child in element):
            client.send_error("conflict")
            client.abort()
            return
        super()._stanza(client, element)


class Gateway:
    """A service that takes registrations; it keeps what it was told."""

    def __init__(self, peer):
        self.address = peer.stream.full_jid
        self.told = []
        self.refusal = None
        peer.stream.on_request("get", TAG, self._asked)
        peer.stream.on_request("set", TAG, self._told)

    async def _asked(self, iq):
        return fromstring(
            f"<query xmlns='{registration.NAMESPACE}'><instructions>Your number?</instructions>"
            "<phone/></query>"
        )

    async def _told(self, iq):
        if self.refusal:
            raise self.refusal
        self.told.append({xml.split(each.tag)[1]: each.text for each in iq[0]})


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
async def gateway(home, make_peer):
    return Gateway(await make_peer())


async def test_one_registers_with_a_gateway_and_ends_that(home, gateway):
    form = await home.call(names.SERVICES, "register_form", gateway.address)
    assert [each.label for each in form.fields] == ["Phone"]
    await home.call(names.SERVICES, "register", gateway.address, {"phone": ["123"]})
    await home.call(names.SERVICES, "register", gateway.address, {}, {"remove": True})
    assert gateway.told == [{"phone": "123"}, {"remove": None}]


async def test_what_a_gateway_refuses_is_said_and_can_be_filled_in_anew(home, gateway):
    gateway.refusal = StanzaError("not-acceptable", "no such number", kind="modify")
    with pytest.raises(FormRejected, match="no such number"):
        await home.call(names.SERVICES, "register", gateway.address, {"phone": ["1"]})
    with pytest.raises(FormRejected, match=r"^phone: "):
        await home.call(names.SERVICES, "register", gateway.address, {})
    gateway.refusal = None
    await home.call(names.SERVICES, "register", gateway.address, {"phone": ["2"]})


async def test_ones_own_account_is_not_removed_by_the_way(home):
    domain = home.jid.partition("@")[2]
    for own in (domain, home.jid):
        with pytest.raises(NotAllowed):
            await home.call(names.SERVICES, "register", own, {}, {"remove": True})


async def test_a_member_registers_a_nick_with_a_room(home, make_peer):
    peer = await make_peer()
    room = await make_room(peer, "ann")
    with pytest.raises(NotAllowed):
        await home.call(names.SERVICES, "register_form", room)
    await peer.ask(
        "set",
        room,
        f"<query xmlns='{ADMIN}'><item jid='{home.jid}' affiliation='member'/></query>",
    )
    form = await home.call(names.SERVICES, "register_form", room)
    (nick,) = (each.var for each in form.fields if each.var.endswith("roomnick"))
    await home.call(names.SERVICES, "register", room, {nick: ["Victor"]})
    again = await home.call(names.SERVICES, "register_form", room)
    assert [each.values for each in again.fields] == [["Victor"]]


async def test_registering_where_the_account_is_names_what_can_be_done_and_no_member(make_home):
    home = await (await make_home()).online()
    with pytest.raises(NotAllowed, match="its password can be changed, and the account removed"):
        await home.call(names.SERVICES, "register_form", home.jid.partition("@")[2])
