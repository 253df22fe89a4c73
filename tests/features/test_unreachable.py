"""Where nothing can be written to an address, that is told in the place for all that goes wrong."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.config import Connection
from tests.backendd.session.home import new_account
from tests.lab.prosody import Prosody

pytestmark = pytest.mark.every_server

STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas"
LIMIT = 8000  # below what RFC 6120 has every server take


def told(home):
    return [(each.word, each.subject) for each in home.inside.warnings]


async def refuse(home, peer, body, condition):
    """Have `peer` send a message of the home's back."""
    message = await home.until_message(peer.jid, body, "sent")
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='error' id='{message.message_id}'>"
        "<error type='cancel'>"
        f"<{condition} xmlns='{STANZA_ERRORS}'/></error></message>"
    )
    return await home.until_message(peer.jid, body, "failed")


async def test_an_address_that_takes_nothing_is_told_once_until_somebody_writes_from_there(
    make_home, make_peer, server
):
    home = await (await make_home()).online()
    later = "not-there-yet"
    address = server.jid(later)
    await home.send(address, "first")
    failed = await home.until_message(address, "first", "failed")
    (warning,) = home.inside.warnings
    assert (warning.word, warning.subject) == ("unreachable", address)
    assert failed.error[1] in warning.text
    await home.send(address, "second")
    await home.until_message(address, "second", "failed")
    assert list(home.inside.warnings) == [warning]
    server.add_account(later)
    peer = await make_peer(later)
    peer.chat(home.jid, "here I am")
    await home.until_message(address, "here I am")
    assert told(home) == []


async def test_an_address_is_well_again_once_a_message_got_there(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    await home.send(peer.jid, "hello")
    failed = await refuse(home, peer, "hello", "remote-server-not-found")
    assert told(home) == [("unreachable", peer.jid)]
    await home.call(names.MESSAGES, "retry", failed.id, {})
    await home.until_message(peer.jid, "hello", "sent")
    # That our server has it says nothing: it had it before, too.
    assert told(home) == [("unreachable", peer.jid)]
    peer.write(
        f"<message to='{home.jid}' type='chat'>"
        f"<received xmlns='urn:xmpp:receipts' id='{failed.message_id}'/></message>"
    )
    await home.until_message(peer.jid, "hello", "delivered")
    assert told(home) == []


async def test_a_message_that_comes_back_for_what_it_says_blames_no_address(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    for condition in ("policy-violation", "not-acceptable", "undefined-condition"):
        await home.send(peer.jid, condition)
        await refuse(home, peer, condition, condition)
    assert told(home) == []


async def test_history_from_an_address_says_nothing_of_today(make_home, make_peer, let_time_pass):
    home = await make_home()
    peer = await make_peer()
    peer.chat(home.jid, "long ago")
    await peer.sync()
    let_time_pass()
    await home.send(peer.jid, "hello")
    await home.online()
    await refuse(home, peer, "hello", "item-not-found")
    await home.until_message(peer.jid, "long ago")
    assert told(home) == [("unreachable", peer.jid)]


async def test_a_receipt_of_before_that_is_found_later_says_nothing_of_today(
    make_home, make_peer, let_time_pass
):
    peer = await make_peer()
    home = await make_home()
    other = await make_peer(home.account, resource="other")
    store = "<store xmlns='urn:xmpp:hints'/>"
    other.chat(peer.jid, "long ago", id="m1")
    await peer.until(lambda: peer.bodies() == ["long ago"])
    receipt = "<received xmlns='urn:xmpp:receipts' id='m1'/>"
    peer.write(f"<message to='{home.jid}' type='chat'>{receipt}{store}</message>")
    await peer.sync()
    let_time_pass()
    await home.online()
    await home.send(peer.jid, "hello")
    await refuse(home, peer, "hello", "item-not-found")
    await home.session.disconnect()
    await home.execute("DELETE FROM archive")
    await home.execute("DELETE FROM conversation")
    let_time_pass()
    await home.online()
    await home.until_message(peer.jid, "long ago", "delivered")
    assert told(home) == [("unreachable", peer.jid)]


async def test_a_question_for_presence_that_comes_back_is_told_until_it_is_answered(
    make_home, make_peer
):
    home = await (await make_home()).online()
    nowhere = "bob@nowhere.invalid"
    await home.call(names.ROSTER, "subscribe", nowhere, {})
    await home.until(lambda: told(home) == [("unreachable", nowhere)])
    (warning,) = home.inside.warnings
    assert warning.text.startswith("the question for the presence of")
    home.inside.warnings.dismiss()
    peer = await make_peer()
    await home.call(names.ROSTER, "subscribe", peer.jid, {})
    await peer.until(lambda: any(each.get("type") == "subscribe" for each in peer.stanzas))
    (question,) = [each for each in peer.stanzas if each.get("type") == "subscribe"]
    peer.write(
        f"<presence to='{home.jid}' type='error' id='{question.get('id')}'><error type='cancel'>"
        f"<item-not-found xmlns='{STANZA_ERRORS}'/></error></presence>"
    )
    await home.until(lambda: told(home) == [("unreachable", peer.jid)])
    peer.write(f"<presence to='{home.jid}' type='subscribed'/>")
    await home.until(lambda: told(home) == [])


@pytest.mark.every_server(but=["ejabberd"])  # it keeps nothing that comes back
async def test_what_came_back_long_ago_is_no_news_to_a_new_profile(make_home, let_time_pass):
    home = await (await make_home()).online()
    nobody = "bob@nowhere.invalid"  # Prosody keeps in the archive what comes back from elsewhere
    await home.send(nobody, "hello")
    await home.until_message(nobody, "hello", "failed")
    let_time_pass()
    other = await (await make_home(home.account)).online()
    await other.until_message(nobody, "hello", "failed")
    assert told(other) == []


@pytest.fixture(scope="module")
def touchy(tmp_path_factory):
    """A server that closes on what every server should take."""
    directory, settings = tmp_path_factory.mktemp("touchy"), f"touchy_limit = {LIMIT}"
    with Prosody(directory, extra=["touchy"], settings=settings) as server:
        yield server


@pytest.mark.every_server(but=["ejabberd"])  # a Prosody of its own
async def test_an_address_whose_small_messages_the_server_closes_on_is_told(make_home, touchy):
    home = await make_home(server=touchy)
    home.inside.config = replace(home.config, connection=Connection(backoff_max_s=1))
    address = touchy.jid(new_account(touchy))
    body = "x" * LIMIT
    await home.send(address, body)
    await home.online()
    failed = await home.until_message(address, body, "failed")
    (warning,) = home.inside.warnings
    assert (warning.word, warning.subject) == ("unreachable", address)
    assert failed.error[1] in warning.text
