"""`jp profile set`: each setting changes what it says."""

import asyncio
import json

import pytest

from tests.lab.patience import PATIENCE_S
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

pytestmark = pytest.mark.components


@pytest.fixture
def server(tmp_path):
    """A server that is told more while it runs, and restarted then; alice and bob are friends."""
    more = f'Include "{tmp_path}/*.lua"'
    with Prosody(tmp_path / "server", components=True, settings=more) as own:
        own.befriend("alice", "bob")
        yield own


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


@pytest.fixture
async def bob(server, user, alice):
    """Who sees the presence of the user, and says what becomes of it."""
    await user(server, "bob")
    return server.jid("bob")


async def until(jp, words, is_so):
    """Return what `jp` prints for bob once it is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so(said := (await jp.ok("-p", "bob", *words)).output):
            # Where nobody looks a server holds presence back until we say something (XEP-0352).
            await jp.ok("-p", "bob", "service", "ping", DOMAIN)
    return said


async def changed(jp, *words):
    """Change settings of the user, who connects by them anew; return how that went."""
    await jp.ok("profile", "set", *words)
    await jp.ok("profile", "disconnect")
    return await jp("profile", "connect")


async def test_it_is_connected_to_where_and_how_it_says(jp, server, alice):
    (closed,) = free_ports(1)
    for words, why_not in (
        (("--port", str(closed)), "refused"),
        (("--port", str(server.direct_tls_port), "--direct-tls", "yes"), ""),
        (("--no-ca-file",), "certificate"),
        (("--ca-file", str(server.ca_file)), ""),
        (("--host", "localhost", "--port", str(server.port), "--direct-tls", "no"), ""),
    ):
        ended = await changed(jp, *words)
        assert (ended.code, why_not in ended.errors) == (1 if why_not else 0, True), (words, ended)


async def test_a_profile_is_made_with_where_and_as_what_it_connects(jp, server, alice):
    place = ("--host", "127.0.0.1", "--port", str(server.direct_tls_port), "--direct-tls")
    words = (*place, "--ca-file", str(server.ca_file), "--resource", "shed")
    given = f"{server.password('alice')}\n\n"
    await jp.ok("profile", "add", "shed", server.jid("alice"), *words, given=given)
    await jp.ok("-p", "shed", "profile", "wait", "online", "--limit", "1m")
    listed = ("presence", "list", "--fields", "jid,resource")
    async with asyncio.timeout(PATIENCE_S):
        while f"{server.jid('alice')}\tshed\n" not in (await jp.ok(*listed)).output:
            await jp.ok("service", "ping", DOMAIN)


async def test_a_login_that_shows_the_password_is_taken_where_that_is_allowed(
    jp, server, alice, tmp_path
):
    mechanisms = '{ "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS" }'
    (tmp_path / "plain.lua").write_text(f"disable_sasl_mechanisms = {mechanisms}\n")
    await jp.ok("profile", "disconnect")
    server.restart()
    refused = await jp("profile", "connect")
    assert (refused.code, "--allow-plain" in refused.errors) == (1, True), refused
    assert (await changed(jp, "--allow-plain", "yes")).code == 0
    assert (await changed(jp, "--allow-plain", "no")).code == 1


async def test_others_see_the_resource_the_priority_and_the_nickname(jp, server, bob):
    words = ("--resource", "desk", "--priority", "-3", "--nickname", "Ally")
    assert (await changed(jp, *words)).code == 0
    listed = ("presence", "list", server.jid("alice"), "--fields", "resource,priority")
    assert await until(jp, listed, lambda said: "desk\t" in said) == "desk\t-3\n"
    await jp.ok("profile", "set", "--priority", "7")
    await until(jp, listed, "desk\t7\n".__eq__)
    await until(jp, ("roster", "list", "--json"), lambda said: '"Ally"' in said)
    await jp.ok("profile", "set", "--nickname", "")
    await until(jp, ("roster", "list", "--json"), lambda said: '"Ally"' not in said)


ABOUT = ("urn:xmpp:attention:0", "jabber:iq:version")


def tells(said):
    return all(each in said for each in ABOUT)


def tells_not(said):
    return not any(each in said for each in ABOUT)


async def test_others_are_told_what_they_may_know_and_ask_for(jp, server, bob):
    desk = f"{server.jid('alice')}/desk"
    for is_so in ("no", "yes"):
        words = ("--resource", "desk", "--tell-version", is_so, "--attention", is_so)
        assert (await changed(jp, *words)).code == 0
        await until(jp, ("service", "info", desk), tells if is_so == "yes" else tells_not)
        version = await jp("-p", "bob", "service", "version", desk)
        assert version.code == (0 if is_so == "yes" else 1), (is_so, version)


async def test_words_that_are_to_be_seen_call_for_attention(jp, server, bob):
    room = f"garden@conference.{server.domain}"
    await jp.ok("room", "join", room, "--nick", "ally", "--public")
    await jp.ok("-p", "bob", "room", "join", room, "--nick", "bobby")
    last = "0"
    for words, said, is_seen in (
        (("--highlight", "tea"), "the tea is ready", True),
        (("--highlight", ""), "more tea", False),
        (("--highlight-everyone", "yes"), "@all: come in", True),
        (("--highlight-everyone", "no"), "@all: go on", False),
        (("--highlight-everyone", "no"), "ally: you too", True),
    ):
        await jp.ok("profile", "set", *words)
        await jp.ok("-p", "bob", "message", "send", room, said)
        waits = ("message", "wait", room, "--after", last, "--limit", "1m", "--json")
        heard = (await jp.ok(*waits)).record
        last = str(heard["id"])
        assert (heard["body"], heard.get("mention", False)) == (said, is_seen)


async def test_what_happens_in_all_profiles_is_watched(jp, server, bob):
    words = ("watch", "Messages.Changed", "--all", "--json", "--count", "4", "--limit", "1m")
    watching = await jp.start(*words)
    while watching.returncode is None:
        await jp.ok("message", "send", bob, "hello")
    output, _ = await watching.communicate()
    told = {json.loads(line)["profile"] for line in output.splitlines()}
    assert (watching.returncode, told) == (0, {"alice", "bob"})


async def test_it_connects_by_itself_where_it_is_to(jp, backend, server, bob):
    await jp.ok("profile", "set", "--autoconnect", "no")
    await backend.stop()
    await backend.start()
    await jp.ok("-p", "bob", "profile", "wait", "online", "--limit", "1m")
    assert (await jp.ok("presence", "get", "--fields", "State")).output == "offline\n"
    await jp.ok("profile", "set", "--autoconnect", "yes")
    await backend.stop()
    await backend.start()
    await jp.ok("profile", "wait", "online", "--limit", "1m")
