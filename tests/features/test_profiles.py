"""The Manager and Profile interfaces, over the bus and a real server."""

import asyncio
import contextlib
import os
import sqlite3

import pytest

from backendd.api import names
from backendd.api.errors import (
    AuthenticationFailed,
    FileError,
    HostUnreachable,
    InvalidArgument,
    InvalidJid,
    NotAllowed,
    ProfileExists,
    ProfileLocked,
    StorageError,
    Timeout,
    UnknownProfile,
    WrongPassword,
)
from backendd.core import xml
from backendd.xmpp.parser import ELEMENT_BYTES, STANZA_BYTES
from tests.backendd.session.home import new_account
from tests.backendd.session.partial import ROSTER, Partial
from tests.backendd.session.rooms import make_room
from tests.features.test_messages import Frontend, make_profile, options

P = names.PROFILE


@pytest.fixture
async def make(backend, bus, prosody):
    """Call it for a frontend of a new profile."""
    frontends = []

    async def make_frontend(account="", *, name="", password=""):
        account = account or new_account(prosody)
        await make_profile(backend, bus, prosody, name or account, account, password=password)
        frontends.append(await Frontend.open(bus.address, name or account))
        return frontends[-1]

    yield make_frontend
    for each in frontends:
        await each.close()


async def test_a_profile_connects_says_who_it_is_and_leaves(make, prosody):
    frontend = await make()
    assert (await frontend.get("State"), await frontend.get("FullJid")) == ("offline", "")
    await frontend.call(P, "Connect")
    assert await frontend.get("State") == "online"
    jid = await frontend.get("Jid")
    assert (await frontend.get("FullJid")).startswith(f"{jid}/")
    await frontend.call(P, "Disconnect")
    assert (await frontend.get("State"), await frontend.get("FullJid")) == ("offline", "")
    told = [
        changed["State"] for _, changed, _ in frontend.of("PropertiesChanged") if "State" in changed
    ]
    assert told[-1] == "offline"
    assert "online" in told


async def test_connecting_twice_at_once_makes_one_stream(make, prosody, make_peer):
    account = new_account(prosody)
    frontend = await make(account)
    await asyncio.gather(*(frontend.call(P, "Connect") for _ in range(3)))
    other = await make_peer(account, resource="other")
    await other.until(lambda: len(other.shows_of(prosody.jid(account))) > 1)
    frontend.signals.clear()
    await frontend.call(P, "Disconnect")
    await other.until(lambda: "unavailable" in other.shows_of(prosody.jid(account)))
    clients = {each.get("from") for each in other.stanzas if each.tag == xml.PRESENCE}
    assert len(clients) == 2


async def test_a_wrong_password_is_said_and_not_tried_again(make, prosody):
    frontend = await make()
    await frontend.call(P, "SetXmppPassword", "s", "wrong")
    with pytest.raises(AuthenticationFailed):
        await frontend.call(P, "Connect")
    assert await frontend.get("State") == "offline"
    assert (await frontend.get("LastError"))[0] == "AuthenticationFailed"
    name = (await frontend.get("Jid")).split("@")[0]
    await frontend.call(P, "SetXmppPassword", "s", prosody.password(name))
    await frontend.call(P, "Connect")
    assert list(await frontend.get("LastError")) == ["", ""]


async def test_a_mistyped_address_is_mended_while_the_profile_has_nothing_of_an_account(
    backend, bus, prosody, make
):
    wrong, right = new_account(prosody), new_account(prosody)
    frontend = await make(wrong, name=right)
    await frontend.call(P, "SetXmppPassword", "s", prosody.password(right))
    with pytest.raises(AuthenticationFailed):
        await frontend.call(P, "Connect")
    with pytest.raises(InvalidJid):
        await frontend.call(P, "SetJid", "s", "no address")
    await frontend.call(P, "SetJid", "s", prosody.jid(right))
    assert await frontend.get("Jid") == prosody.jid(right)
    await frontend.call(P, "Connect")
    assert (await frontend.get("FullJid")).startswith(prosody.jid(right))
    await frontend.call(P, "Disconnect")
    with pytest.raises(NotAllowed, match="in use as"):
        await frontend.call(P, "SetJid", "s", prosody.jid(wrong))
    await backend.stop()
    await backend.start()
    assert await frontend.get("Jid") == prosody.jid(right)


async def test_a_password_that_worked_and_is_refused_is_waited_for_and_a_new_one_tried_at_once(
    make, prosody
):
    account = new_account(prosody)
    frontend = await make(account)
    await frontend.call(P, "Connect")
    await frontend.call(P, "Disconnect")
    prosody.add_account(account, "changed")
    with pytest.raises(AuthenticationFailed, match="worked before"):
        await frontend.call(P, "Connect")
    assert await frontend.call(P, "WaitState", "asu", ["waiting"], 5000) == "waiting"
    assert (await frontend.get("LastError"))[0] == "AuthenticationFailed"
    await frontend.call(P, "SetXmppPassword", "s", "changed")
    assert await frontend.call(P, "WaitState", "asu", ["online"], 15000) == "online"


async def test_that_a_password_worked_is_known_after_a_restart(make_home, prosody):
    home = await (await make_home()).online()
    await home.leave()
    prosody.add_account(home.account, "changed")
    await home.come_back()
    with pytest.raises(AuthenticationFailed):
        await home.session.connect()
    await home.until(lambda: home.session.state == "waiting")
    prosody.add_account(home.account)
    await home.online()


async def test_a_server_that_is_not_there_is_waited_for(make):
    frontend = await make()
    await frontend.call(P, "SetSettings", "a{sv}", options(port=("q", 1)))
    with pytest.raises(HostUnreachable):
        await frontend.call(P, "Connect")
    assert await frontend.call(P, "WaitState", "asu", ["waiting"], 5000) == "waiting"
    assert await frontend.get("NextAttempt") > 0
    await frontend.call(P, "Disconnect")
    assert await frontend.get("NextAttempt") == 0


async def test_waiting_for_a_state(make):
    frontend = await make()
    assert await frontend.call(P, "WaitState", "asu", ["offline"], 0) == "offline"
    with pytest.raises(Timeout):
        await frontend.call(P, "WaitState", "asu", ["online"], 1)
    for states in ([], ["happy"]):
        with pytest.raises(InvalidArgument):
            await frontend.call(P, "WaitState", "asu", states, 1)


async def test_a_password_protects_a_profile(make, backend):
    frontend = await make(password="old")
    assert await frontend.get("HasPassword")
    await frontend.call(P, "Lock")
    assert await frontend.get("State") == "locked"
    for member, *call in (
        ("Connect",),
        ("SetPresence", "ss", "away", ""),
        ("SetXmppPassword", "s", "x"),
    ):
        with pytest.raises(ProfileLocked):
            await frontend.call(P, member, *call)
    with pytest.raises(WrongPassword):
        await frontend.call(P, "Unlock", "s", "guess")
    await frontend.call(P, "ChangeProfilePassword", "ss", "old", "new")
    await frontend.call(P, "Unlock", "s", "new")
    assert await frontend.get("State") == "offline"
    with pytest.raises(WrongPassword):
        await frontend.call(P, "Unlock", "s", "old")
    await frontend.call(P, "ChangeProfilePassword", "ss", "new", "")
    assert not await frontend.get("HasPassword")
    await backend.kill()
    await backend.start()
    assert await frontend.get("State") == "offline"


async def test_a_ca_file_that_is_no_file_is_refused_and_waited_for_by_nobody(make, tmp_path):
    frontend = await make()
    os.mkfifo(tmp_path / "pipe")
    for path, what in (
        (tmp_path / "pipe", "a pipe"),
        ("/dev/zero", "a device"),
        ("/", "directory"),
    ):
        with pytest.raises(FileError, match=what):
            await frontend.call(P, "SetSettings", "a{sv}", options(ca_file=str(path)))
    assert await frontend.get("State")


async def test_profiles_are_made_named_and_removed(make, backend, bus, prosody):
    first = await make(name="work")
    assert (await first.manage("GetProfile", "s", "@DEFAULT@")).endswith("/work")
    second = await make(name="Zuhause ü")
    for error, name, jid, more in (
        (ProfileExists, "work", "a@x.localhost", {}),
        (InvalidArgument, "@work", "a@x.localhost", {}),
        (InvalidArgument, "", "a@x.localhost", {}),
        (InvalidJid, "new", "x.localhost", {}),
        (InvalidJid, "new", "a@x.localhost/phone", {}),
        (InvalidJid, "new", "a@x.localhost", options(resource="\u0007")),
        (FileError, "new", "a@x.localhost", options(ca_file="/nowhere")),
        (InvalidArgument, "new", "a@x.localhost", options(hots="x")),
    ):
        with pytest.raises(error):
            await first.manage("CreateProfile", "ssssa{sv}", name, jid, "pw", "", more)
    await second.send("a@x.localhost", "stays only here")
    await first.manage("DeleteProfile", "s", "work")
    with pytest.raises(UnknownProfile):
        await first.manage("GetProfile", "s", "work")
    assert (await second.manage("GetProfile", "s", "@DEFAULT@")) == second.path
    again = await make(name="work")
    assert await again.messages("a@x.localhost") == []
    assert len(await second.messages("a@x.localhost")) == 1


async def test_two_profiles_of_one_name_made_at_once_are_one(make):
    frontend = await make()
    made = await asyncio.gather(
        *(
            frontend.manage("CreateProfile", "ssssa{sv}", "same", "a@x.localhost", "pw", "p",
                   options(autoconnect=False))
            for _ in range(2)
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(type(each).__name__ for each in made) == ["ProfileExists", "str"]


async def test_two_profiles_of_one_account_have_each_message_once(make, prosody, make_peer):
    account = new_account(prosody)
    pair = [await make(account, name=f"{account}-{n}") for n in range(2)]
    for each in pair:
        await each.call(P, "Connect")
    peer = await make_peer()
    await pair[0].send(peer.jid, "from one")
    peer.chat(prosody.jid(account), "to both")
    for each in pair:
        await each.wait_for(peer.jid, lambda m: m["body"] == "to both")
        await each.wait_for(peer.jid, lambda m: m["body"] == "from one" and m["state"] == "sent")
        assert len(await each.messages(peer.jid)) == 2


async def test_presence_is_kept_and_seen_after_a_restart(make, backend, prosody, make_peer):
    account = new_account(prosody)
    frontend = await make(account)
    for show, status in (("here", ""), ("away", "x" * 2000)):
        with pytest.raises(InvalidArgument):
            await frontend.call(P, "SetPresence", "ss", show, status)
    await frontend.call(P, "SetPresence", "ss", "dnd", "busy\u202e")
    assert await backend.stop() == 0
    await backend.start()
    assert (await frontend.get("Show"), await frontend.get("Status")) == ("dnd", "busy")
    other = await make_peer(account, resource="other")
    await frontend.call(P, "Connect")
    await other.until(lambda: "dnd" in other.shows_of(prosody.jid(account)))
    await frontend.call(P, "SetPresence", "ss", "online", "")
    await other.until(lambda: other.shows_of(prosody.jid(account))[-1] == "online")


async def test_a_priority_is_kept_and_told_to_contacts_but_to_no_room(
    make, backend, prosody, make_peer
):
    account = new_account(prosody)
    frontend = await make(account)
    for number in (-129, 128):
        with pytest.raises(InvalidArgument, match="from -128 to 127"):
            await frontend.call(P, "SetSettings", "a{sv}", options(priority=number))
    assert (await frontend.get("Settings"))["priority"] == 0
    await frontend.call(P, "SetSettings", "a{sv}", options(priority=-1))
    await frontend.call(P, "SetPresence", "ss", "dnd", "busy")
    assert await backend.stop() == 0
    await backend.start()
    assert (await frontend.get("Settings"))["priority"] == -1
    peer, other = await make_peer(), await make_peer(account, resource="other")
    room = await make_room(peer, "ann")
    await frontend.call(P, "Connect")
    await other.until(lambda: priorities(other, prosody.jid(account)) == ["-1"])
    await frontend.call(names.ROOMS, "Join", "ss", room, "me")
    await peer.until(lambda: "dnd" in peer.shows_of(room))
    assert priorities(peer, f"{room}/me") == []
    # It counts at once, and what is the usual one needs not be told.
    await frontend.call(P, "SetSettings", "a{sv}", options(priority=127))
    await other.until(lambda: priorities(other, prosody.jid(account)) == ["-1", "127"])
    await frontend.call(P, "SetSettings", "a{sv}", options(priority=0))
    await frontend.call(P, "SetPresence", "ss", "online", "")
    await other.until(lambda: other.shows_of(prosody.jid(account))[-2:] == ["dnd", "online"])
    assert priorities(other, prosody.jid(account)) == ["-1", "127"]


def priorities(peer, address):
    """Return what came to `peer` of the priorities of an address."""
    found = [each for each in peer.stanzas if each.tag == xml.PRESENCE]
    of_it = [each for each in found if each.get("from", "").startswith(address)]
    return [text for each in of_it if (text := xml.child_text(each, xml.CLIENT, "priority"))]


async def test_a_daemon_killed_amid_a_burst_loses_and_doubles_nothing(
    make, backend, prosody, make_peer
):
    peer = await make_peer()
    frontend = await make()
    await frontend.call(P, "SetSettings", "a{sv}", options(autoconnect=True))
    await frontend.call(P, "Connect")
    bodies = [f"m{n}" for n in range(60)]
    sending = [asyncio.create_task(frontend.send(peer.jid, body)) for body in bodies]  # noqa: TID251
    await asyncio.gather(*sending[:40])
    await backend.kill()
    await asyncio.gather(*sending, return_exceptions=True)
    taken = [each for each, task in zip(bodies, sending, strict=True) if not task.exception()]
    await backend.start()
    await frontend.call(P, "WaitState", "asu", ["online"], 20_000)
    await frontend.send(peer.jid, "last")
    await peer.until(lambda: "last" in peer.bodies())
    arrived = peer.bodies()
    assert len(arrived) == len(set(arrived))
    assert set(taken) <= set(arrived)
    assert [body for body in arrived if body in taken] == taken
    stored = await frontend.both("List", "sa{sv}", peer.jid, options(limit=500))
    assert [m["body"] for m in stored[0]] == arrived


async def test_what_goes_wrong_is_on_the_bus_and_in_the_status_until_it_is_dismissed(
    make, backend, prosody, make_peer
):
    frontend = await make()
    await frontend.call(P, "Connect")
    peer = await make_peer()
    crowd = "<b/>" * (STANZA_BYTES // (ELEMENT_BYTES + len("{urn:x}b")) + 1)
    jid = await frontend.get("Jid")
    peer.write(f"<message to='{jid}'><a xmlns='urn:x'>{crowd}</a></message>")
    peer.chat(jid, "after")
    await frontend.wait_for(peer.jid, lambda m: m["body"] == "after")
    (warning,) = await frontend.get("Warnings")
    assert (warning["word"], warning["subject"]) == ("dropped", peer.stream.full_jid)
    assert f"    warning: {warning['text']}\n" in (await backend.run("status"))[1]
    await frontend.call(P, "DismissWarnings", "ss", "dropped", "nobody@example.org")
    assert len(await frontend.get("Warnings")) == 1
    await frontend.call(P, "DismissWarnings", "ss", "", "")
    assert await frontend.get("Warnings") == []


async def test_a_profile_that_is_damaged_costs_no_other_and_can_be_removed(make, backend):
    whole, sealed, nameless = await make(), await make(), await make()
    names_of = [await each.get("Name") for each in (whole, sealed, nameless)]
    await backend.stop()
    with contextlib.closing(sqlite3.connect(backend.database)) as db:
        db.execute("UPDATE profile SET sealed = x'ff' WHERE name = ?", (names_of[1],))
        db.execute(
            "UPDATE profile SET jid = CAST(x'ff40ff' AS TEXT) WHERE name = ?", (names_of[2],)
        )
        db.commit()
    await backend.start()
    await whole.call(P, "Connect")
    assert await whole.get("State") == "online"
    assert await sealed.get("State") == "locked"
    with pytest.raises(StorageError, match="damaged"):
        await sealed.call(P, "Unlock", "sa{sv}", "", {})
    assert await whole.manage("DeleteProfile", "sa{sv}", names_of[1], {}) is None
    code, listed, _ = await backend.run("profile", "list")
    assert code == 0
    assert names_of[0] in listed
    assert names_of[1] not in listed


async def test_what_the_server_leaves_unanswered_is_on_the_bus_and_in_the_status(
    backend, bus, tmp_path
):
    async with Partial(tmp_path / "server") as server:
        server.silent.add(ROSTER)
        await make_profile(backend, bus, server, "a", "user")
        frontend = await Frontend.open(bus.address, "a")
        await frontend.call(P, "Connect")
        await frontend.until(lambda: ["roster"] in _told(frontend, "Missing"))
        assert await frontend.get("Missing") == ["roster"]
        said = (await backend.run("status"))[1]
        assert "    the server doesn't answer: roster; trying again\n" in said
        await server.answer(ROSTER)
        await frontend.until(lambda: _told(frontend, "Missing")[-1] == [])
        assert "doesn't answer" not in (await backend.run("status"))[1]
        await frontend.close()


def _told(frontend, name):
    changes = [changed for _, changed, _ in frontend.of("PropertiesChanged")]
    return [changed[name] for changed in changes if name in changed]
