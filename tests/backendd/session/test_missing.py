"""What a server leaves unanswered while a stream is set up is missing, not fatal."""

import logging

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import CaughtUp
from backendd.core.profiles import ProfileChanged, StreamSetUp
from backendd.session.missing import Patience
from tests.backendd.session.partial import (
    ACCOUNT,
    ARCHIVE,
    CARBONS,
    PEER,
    ROSTER,
    SERVER,
    Kept,
    Partial,
)

ALL = (SERVER, ACCOUNT, ROSTER, CARBONS, ARCHIVE)
SHORT = 0.2
VERSIONING = "<ver xmlns='urn:xmpp:features:rosterver'/>"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


@pytest.fixture
def make_hasty(make_home, partial):
    """Call it for a home that soon goes on without what is missing, and soon asks again."""

    async def make(*, again_s=60.0, **options):
        home = await make_home("user", server=partial, **options)
        # Each time it waits longer: long enough at last, whatever else the machine does.
        await home.restart_with(Patience(SHORT, again_s))
        return home

    return make


async def presence_and_text_get_through(home, server):
    await home.send(PEER, "through")
    await home.session.connect()
    await server.until(lambda: server.is_seen() and "through" in server.messages)


@pytest.mark.parametrize(
    ("silent", "missing"),
    [
        ({SERVER}, ["disco"]),
        ({ACCOUNT}, ["bookmarks", "disco"]),
        ({ROSTER}, ["roster"]),
        ({CARBONS}, ["carbons"]),
        ({ARCHIVE}, ["archive"]),
        (set(ALL), ["archive", "bookmarks", "carbons", "disco", "roster"]),
    ],
)
async def test_presence_and_messages_do_not_wait_for_what_is_unanswered_and_it_is_told(
    make_hasty, partial, silent, missing
):
    partial.silent |= silent
    home = await make_hasty()
    await presence_and_text_get_through(home, partial)
    await home.until(lambda: home.inside.missing.words == missing)
    assert ProfileChanged(("Missing", "Syncing")) in home.hub.events
    await home.until(lambda: not home.inside.is_syncing)
    assert len(partial.clients) == 1


async def test_what_answers_late_counts_as_if_it_had_answered_at_once(make_hasty, partial):
    partial.silent |= set(ALL)
    partial.archive = [Kept("1", "kept for us")]
    home = await make_hasty()
    await presence_and_text_get_through(home, partial)
    for word in ALL:
        await partial.answer(word)
    await home.until(lambda: not home.inside.missing.words)
    assert [c.jid for c in await home.call(names.ROSTER, "list", {})] == [PEER]
    await home.until_message(PEER, "kept for us")
    assert home.inside.server.trusts_ids
    assert xml.MAM in home.inside.server.features
    await home.until(lambda: not home.inside.is_syncing)
    assert [partial.count(word) for word in (SERVER, ACCOUNT, ROSTER, CARBONS)] == [1, 1, 1, 1]
    assert len(partial.clients) == 1


async def test_what_stays_unanswered_is_asked_for_again_on_the_same_stream(make_hasty, partial):
    partial.silent |= set(ALL)
    home = await make_hasty(again_s=SHORT)
    await home.session.connect()
    await partial.until(lambda: all(partial.count(word) >= 3 for word in ALL))
    for word in ALL:
        partial.silent.discard(word)
    await home.until(lambda: not home.inside.missing.words)
    assert len(partial.clients) == 1


async def test_an_error_of_service_discovery_is_missing_as_well_and_asked_again(
    make_hasty, partial
):
    partial.refused[ACCOUNT] = ("internal-server-error", "wait")
    partial.archive = [Kept("1", "kept for us")]
    home = await make_hasty(again_s=SHORT)
    await home.session.connect()
    await home.until(lambda: home.inside.missing.words == ["bookmarks", "disco"])
    # Nobody said that there is no archive and that there are no carbons.
    await home.until_message(PEER, "kept for us")
    await partial.until(lambda: partial.count(CARBONS) == 1)
    assert not home.inside.server.trusts_ids
    del partial.refused[ACCOUNT]
    await home.until(lambda: not home.inside.missing.words)
    assert home.inside.server.trusts_ids


async def test_without_service_discovery_a_server_that_has_no_archive_may_say_so(
    make_hasty, partial
):
    partial.silent |= {SERVER, ACCOUNT}
    partial.refused[ARCHIVE] = partial.refused[CARBONS] = ("service-unavailable", "cancel")
    home = await make_hasty()
    await home.session.connect()
    await home.until(lambda: home.hub.of(StreamSetUp))
    await home.until(lambda: home.inside.missing.words == ["bookmarks", "disco"])
    await home.until(lambda: not home.inside.is_syncing)
    assert list(home.inside.warnings) == []


async def test_while_nobody_knows_of_an_archive_a_conversation_has_no_beginning(
    make_hasty, partial
):
    partial.silent |= {ACCOUNT, ARCHIVE}
    home = await make_hasty()
    await presence_and_text_get_through(home, partial)
    assert (await home.page(PEER))[1] == "offline"


async def test_what_is_uncertain_waits_for_the_archive_and_what_is_fresh_does_not(
    make_hasty, partial
):
    partial.script.acknowledges = False
    home = await make_hasty(again_s=SHORT)
    await home.online()
    await home.send(PEER, "perhaps")
    await partial.until(lambda: partial.messages == ["perhaps"])
    partial.script.resume = "refuse"
    partial.script.acknowledges = True
    partial.silent.add(ARCHIVE)
    home.cut()
    await partial.until(lambda: len(partial.clients) == 2 and partial.is_seen())
    await home.send("other@s.localhost", "fresh")
    await partial.until(lambda: "fresh" in partial.messages)
    asked = partial.count(ARCHIVE)
    await partial.until(lambda: partial.count(ARCHIVE) > asked)
    assert partial.messages == ["perhaps", "fresh"]
    partial.silent.discard(ARCHIVE)
    await partial.until(lambda: partial.messages == ["perhaps", "fresh", "perhaps"])


async def test_what_an_archive_lacks_is_sent_again_though_that_could_not_be_stored_at_once(
    make_hasty, partial, caplog
):
    caplog.set_level(logging.CRITICAL, logger="backendd")
    partial.script.acknowledges = False
    home = await make_hasty()
    await home.online()
    await home.send(PEER, "perhaps")
    await partial.until(lambda: partial.messages == ["perhaps"])
    partial.script.resume = "refuse"
    partial.script.acknowledges = True
    end = home.hub.subscribe(
        CaughtUp,
        lambda _: home.inside.tasks.start(home.set_writable(is_writable=False), name="fail"),
    )
    home.hub.events.clear()
    home.cut()
    await home.until(lambda: home.hub.of(CaughtUp))
    await home.until(lambda: home.session.state == "waiting")
    end()
    partial.script.resume = "accept"
    await home.set_writable(is_writable=True)
    await home.until_message(PEER, "perhaps", "sent")
    assert partial.messages == ["perhaps", "perhaps"]


async def test_a_stream_that_is_lost_has_nothing_missing_any_more(make_hasty, partial):
    partial.silent.add(ROSTER)
    home = await make_hasty()
    await home.session.connect()
    await home.until(lambda: home.inside.missing.words == ["roster"])
    await home.session.disconnect()
    assert home.inside.missing.words == []


async def test_stanza_ids_are_not_trusted_on_a_new_stream_before_the_account_said_so(
    make_hasty, partial
):
    home = await make_hasty()
    await home.session.connect()
    await home.until(lambda: home.inside.server.trusts_ids)
    await home.session.disconnect()
    partial.silent.add(ACCOUNT)
    await home.session.connect()
    await home.until(lambda: home.inside.missing.words == ["disco"])
    assert not home.inside.server.trusts_ids


async def test_carbons_that_were_left_unanswered_are_asked_for_when_the_stream_is_resumed(
    make_hasty, partial
):
    partial.silent.add(CARBONS)
    home = await make_hasty()
    await home.online()
    partial.silent.discard(CARBONS)
    home.cut()
    await home.until(lambda: partial.count(CARBONS) == 2 and home.inside.stream.is_online)
    assert partial.client.resumed
    await home.until(lambda: not home.inside.missing.words)


async def test_an_archive_that_refuses_is_told_once_and_not_with_each_connection(
    make_hasty, partial
):
    partial.refused[ARCHIVE] = ("internal-server-error", "cancel")
    home = await make_hasty()
    await home.session.connect()
    await home.until(lambda: [w.word for w in home.inside.warnings] == ["archive"])
    await home.until(lambda: not home.inside.missing.words and not home.inside.is_syncing)
    told = list(home.inside.warnings)
    await home.session.disconnect()
    home.hub.events.clear()
    await home.online()
    await home.until(lambda: partial.count(ARCHIVE) == 2 and not home.inside.is_syncing)
    assert list(home.inside.warnings) == told
    assert ProfileChanged(("Warnings",)) not in home.hub.events
    await home.session.disconnect()
    del partial.refused[ARCHIVE]
    await home.session.connect()
    await home.until(lambda: not list(home.inside.warnings))


async def test_a_version_of_the_roster_is_named_only_to_a_server_that_has_versions(
    make_home, partial
):
    home = await make_home("user", server=partial)
    await home.online()
    await home.session.disconnect()
    await home.online()
    assert "ver" not in partial.question(ROSTER)[0].attrib
    partial.script.features = VERSIONING
    await home.session.disconnect()
    await home.online()
    assert partial.question(ROSTER)[0].get("ver") == "1"


async def test_who_is_there_is_known_even_where_the_contacts_come_after_their_presence(
    make_hasty, partial
):
    partial.silent.add(ROSTER)
    home = await make_hasty()
    await home.session.connect()
    await partial.until(partial.is_seen)
    for sender in (PEER, "stranger@s.localhost"):
        partial.client.send(f"<presence from='{sender}/x'><show>away</show></presence>")
    partial.client.send(f"<message from='{PEER}/x' type='chat'><body>after it</body></message>")
    await home.until_message(PEER, "after it")
    await partial.answer(ROSTER)
    await home.until(lambda: not home.inside.missing.words)
    (contact,) = await home.call(names.ROSTER, "list", {})
    assert (contact.jid, contact.show) == (PEER, "away")
    assert await home.count("presence") == 1
