"""What entities and clients say of themselves: asked once, believed as far as it can be checked."""

import asyncio
import threading
from xml.etree.ElementTree import tostring

import pytest

from backendd.api.errors import NotConnected, ServerError, Timeout
from backendd.core import capabilities, disco, xml
from backendd.core.disco import Identity, Info
from backendd.store import capabilities as stored
from tests.backendd.session.partial import ACCOUNT, PEER, SERVER, Partial

REACTIONS = "urn:xmpp:reactions:0"
CLIENT = f"{PEER}/phone"
OTHER = f"{PEER}/laptop"
HONEST = Info((Identity("client", "phone", "Cheogram"),), frozenset({REACTIONS, disco.INFO}))
POORER = Info((Identity("client", "phone", "Cheogram"),), frozenset({disco.INFO}))


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


def written(info):
    features = "".join(f"<feature var='{each}'/>" for each in info.features)
    identities = "".join(
        f"<identity category='{one.category}' type='{one.type}' name='{one.name}'/>"
        for one in info.identities
    )
    return f"<query xmlns='{disco.INFO}'>{identities}{features}</query>"


def word_of(info):
    return capabilities.announce(info).get("ver")


def presence(client, ver, *, hash_name="hash='sha-1'", node="urn:cheogram", kind=""):
    caps = f"<c xmlns='{capabilities.CAPS}' {hash_name} node='{node}' ver='{ver}'/>" if ver else ""
    return f"<presence from='{client}' {kind}>{caps}</presence>"


async def see(home, server, *presences):
    """Return once these presences are stored."""
    before = len(await home.bodies(PEER))
    server.client.send("".join(presences))
    server.client.send(f"<message from='{PEER}/x' type='chat'><body>after it</body></message>")
    await home.until_bodies(PEER, ["after it"] * (before + 1))


async def connected(make_home, server):
    home = await (await make_home("user", server=server)).online()
    await home.until(lambda: not home.inside.missing.words)
    return home


async def test_a_client_that_announces_what_is_known_is_not_asked(make_home, partial):
    home = await connected(make_home, partial)
    partial.clients_can = {CLIENT: written(HONEST), OTHER: written(HONEST)}
    await see(home, partial, *(presence(each, word_of(HONEST)) for each in (CLIENT, OTHER)))
    first = await home.inside.disco.of(CLIENT)
    assert (first.features, first.identities) == (HONEST.features, HONEST.identities)
    assert await home.inside.disco.of(OTHER) == first
    assert (partial.count(CLIENT), partial.count(OTHER)) == (1, 0)
    assert partial.question(CLIENT)[0].get("node") == f"urn:cheogram#{word_of(HONEST)}"


async def test_what_was_checked_is_known_after_a_restart_and_nobody_is_asked_again(
    make_home, partial
):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    known = await home.inside.disco.of(CLIENT)
    await home.leave()
    await home.come_back()
    await home.online()
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    assert await home.inside.disco.of(CLIENT) == known
    assert partial.count(CLIENT) == 1


async def test_a_process_that_resumes_the_stream_knows_what_presence_has_announced(
    make_home, partial
):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    known = await home.inside.disco.of(CLIENT)
    await home.crash()
    await home.come_back()
    await home.online()
    assert partial.client.resumed
    assert await home.inside.disco.of(CLIENT) == known
    assert partial.count(CLIENT) == 1


async def test_an_answer_that_does_not_give_the_hash_counts_for_its_client_alone(
    make_home, partial
):
    home = await connected(make_home, partial)
    partial.clients_can = {CLIENT: written(POORER), OTHER: written(HONEST)}
    await see(home, partial, *(presence(each, word_of(HONEST)) for each in (CLIENT, OTHER)))
    of = home.inside.disco.of
    assert REACTIONS not in (await of(CLIENT)).features
    assert REACTIONS not in (await of(CLIENT)).features
    assert partial.count(CLIENT) == 1
    assert await home.count("capabilities") == 0
    assert REACTIONS in (await of(OTHER)).features
    assert await home.count("capabilities") == 1


@pytest.mark.parametrize(
    "announced",
    [
        {"ver": ""},
        {"ver": "1.0", "hash_name": "ext='voice-v1'"},
        {"ver": "abc=", "hash_name": "hash='md5'"},
    ],
    ids=["nothing", "old form", "unknown hash"],
)
async def test_a_client_that_announces_nothing_checkable_is_asked_once_while_it_is_there(
    make_home, partial, announced
):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, **announced))
    for _ in range(2):
        assert REACTIONS in (await home.inside.disco.of(CLIENT)).features
    assert partial.count(CLIENT) == 1
    await see(home, partial, presence(CLIENT, "", kind="type='unavailable'"))
    partial.clients_can[CLIENT] = written(POORER)
    await see(home, partial, presence(CLIENT, **announced))
    assert REACTIONS not in (await home.inside.disco.of(CLIENT)).features
    assert await home.count("capabilities") == 0


async def test_a_client_that_announces_something_else_is_asked_anew(make_home, partial):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(POORER)
    await see(home, partial, presence(CLIENT, word_of(POORER)))
    assert REACTIONS not in (await home.inside.disco.of(CLIENT)).features
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    assert REACTIONS in (await home.inside.disco.of(CLIENT)).features


async def test_a_presence_without_an_announcement_leaves_what_was_announced(make_home, partial):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)), presence(CLIENT, ""))
    await home.inside.disco.of(CLIENT)
    assert await home.count("capabilities") == 1


async def test_those_who_ask_at_the_same_time_share_a_question(make_home, partial):
    home = await connected(make_home, partial)
    partial.silent.add(CLIENT)
    partial.clients_can[CLIENT] = written(HONEST)
    ver = word_of(HONEST)
    await see(home, partial, presence(CLIENT, ver), presence(OTHER, ver))
    of, info = home.inside.disco.of, home.inside.disco.info
    asking = asyncio.gather(of(CLIENT), of(CLIENT), of(OTHER), info(OTHER), info(OTHER))
    partial.clients_can[OTHER] = written(POORER)
    await partial.until(lambda: partial.count(CLIENT) and partial.count(OTHER))
    await partial.answer(CLIENT)
    *clients, first, second = await asking
    assert [REACTIONS in each.features for each in clients] == [True] * 3
    assert first == second
    assert [partial.count(each) for each in (CLIENT, OTHER)] == [1, 1]


async def test_an_answer_that_comes_while_another_still_looks_for_one_is_theirs_too(
    make_home, partial, monkeypatch
):
    home = await connected(make_home, partial)
    partial.silent.add(CLIENT)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    first = asyncio.gather(home.inside.disco.of(CLIENT))
    await partial.until(lambda: partial.count(CLIENT))
    has_looked, goes_on, load = threading.Event(), threading.Event(), stored.load

    def slow(view, caps):
        found = load(view, caps)
        has_looked.set()
        goes_on.wait(10)
        return found

    monkeypatch.setattr(stored, "load", slow)
    late = asyncio.gather(home.inside.disco.of(CLIENT))
    await asyncio.to_thread(has_looked.wait)
    await partial.answer(CLIENT)
    await first
    goes_on.set()
    assert (await late)[0].features == HONEST.features
    assert partial.count(CLIENT) == 1


async def test_who_has_waited_long_enough_leaves_the_others_their_question(make_home, partial):
    home = await connected(make_home, partial)
    partial.silent.add(CLIENT)
    patient = asyncio.gather(home.inside.disco.info(CLIENT))
    await partial.until(lambda: partial.count(CLIENT) == 1)
    with pytest.raises(Timeout):
        await home.inside.disco.info(CLIENT, timeout=0.01)
    partial.clients_can[CLIENT] = written(HONEST)
    await partial.answer(CLIENT)
    assert REACTIONS in (await patient)[0].features
    assert partial.count(CLIENT) == 1


async def test_a_client_that_does_not_answer_holds_up_no_other_that_announces_the_same(
    make_home, partial, monkeypatch
):
    monkeypatch.setattr("backendd.session.caps._AHEAD_S", 0.01)
    home = await connected(make_home, partial)
    partial.silent.add(CLIENT)
    partial.clients_can[OTHER] = written(HONEST)
    ver = word_of(HONEST)
    await see(home, partial, presence(CLIENT, ver), presence(OTHER, ver))
    stuck = asyncio.gather(home.inside.disco.of(CLIENT))
    await partial.until(lambda: partial.count(CLIENT) == 1)
    assert REACTIONS in (await home.inside.disco.of(OTHER)).features
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await stuck


async def test_a_client_that_refuses_its_node_is_asked_without(make_home, partial):
    home = await connected(make_home, partial)
    node = f"urn:cheogram#{word_of(HONEST)}"
    partial.clients_can[CLIENT] = written(HONEST)
    partial.refused[node] = ("item-not-found", "cancel")
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    assert REACTIONS in (await home.inside.disco.of(CLIENT)).features
    asked = [iq[0].get("node") for word, iq in partial.asked if word == CLIENT]
    assert asked == [node, None]


async def test_a_client_that_refuses_to_say_what_it_can_do_is_an_error(make_home, partial):
    home = await connected(make_home, partial)
    partial.refused[CLIENT] = ("forbidden", "auth")
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    with pytest.raises(ServerError):
        await home.inside.disco.of(CLIENT)


async def test_a_flood_of_announcements_is_kept_within_bounds(make_home, partial, monkeypatch):
    monkeypatch.setattr(stored, "KEPT", 5)
    monkeypatch.setattr("backendd.session.caps._MOST", 5)
    home = await connected(make_home, partial)
    made = [
        Info((Identity("client", "pc"),), frozenset({disco.INFO, f"urn:x:{number}"}))
        for number in range(12)
    ]
    for number, info in enumerate(made):
        client = f"{PEER}/{number}"
        partial.clients_can[client] = written(info)
        await see(home, partial, presence(client, word_of(info)))
        assert (await home.inside.disco.of(client)).features == info.features
    assert await home.count("capabilities") == 5
    assert len(home.inside.disco._caps._checked) == 5
    # Those of strangers are not even looked at.
    await see(home, partial, *(presence(f"u{n}@s.localhost/x", "a=") for n in range(50)))
    assert await home.count("presence") == 12


async def test_an_enormous_answer_counts_but_is_not_kept(make_home, partial):
    home = await connected(make_home, partial)
    many = Info((Identity("client", "pc"),), frozenset(f"urn:x:{'y' * 900}:{n}" for n in range(99)))
    partial.clients_can[CLIENT] = written(many)
    await see(home, partial, presence(CLIENT, word_of(many)))
    assert (await home.inside.disco.of(CLIENT)).features == many.features
    assert await home.count("capabilities") == 0


async def test_what_is_kept_is_held_against_its_hash_whenever_it_is_read(make_home, partial):
    home = await connected(make_home, partial)
    partial.clients_can[CLIENT] = written(HONEST)
    await see(home, partial, presence(CLIENT, word_of(HONEST)))
    await home.inside.disco.of(CLIENT)
    for damaged in (written(POORER), "<query"):
        await home.execute("UPDATE capabilities SET info = ?", damaged)
        home.inside.disco._caps._checked.clear()
        assert REACTIONS in (await home.inside.disco.of(CLIENT)).features
    assert partial.count(CLIENT) == 3


async def test_server_and_account_are_asked_once_in_a_stream_and_told_apart(make_home, partial):
    home = await connected(make_home, partial)
    ask = home.inside.disco.info
    assert xml.CARBONS in (await ask("s.localhost")).features
    assert xml.CARBONS not in (await ask(home.inside.own)).features
    assert (partial.count(SERVER), partial.count(ACCOUNT)) == (1, 1)
    await ask("s.localhost", anew=True)
    assert partial.count(SERVER) == 2
    await home.session.disconnect()
    await home.online()
    await home.until(lambda: not home.inside.missing.words)
    assert (partial.count(SERVER), partial.count(ACCOUNT)) == (3, 2)
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await ask("s.localhost", anew=True)


@pytest.mark.every_server
async def test_entities_of_a_real_server_tell_what_they_are_and_have(tmp_path, make_home, server):
    home = await (await make_home()).online()
    ask = home.inside.disco
    assert (await ask.info(server.domain)).has_identity("server", "im")
    account = await ask.info(home.inside.own)
    assert account.has_identity("pubsub", "pep")
    assert xml.MAM in account.features
    assert (await ask.items(server.domain)).got is None


@pytest.mark.every_server
async def test_two_of_us_know_of_each_other_what_we_can_do(make_home, make_peer):
    peer, other = await make_peer(), await make_peer()
    await peer.befriend(other)
    await other.close()
    home = await (await make_home(other.jid.partition("@")[0])).online()
    peer.stream.features.add(REACTIONS)
    caps = tostring(peer.stream.capabilities, encoding="unicode")
    peer.write(f"<presence>{caps}</presence>")
    client = peer.stream.full_jid
    await home.until(
        lambda: home.inside.store.read(lambda view: stored.announced(view, peer.jid, "peer"))
    )
    info = await home.inside.disco.of(client)
    assert REACTIONS in info.features
    assert await home.count("capabilities") == 1
