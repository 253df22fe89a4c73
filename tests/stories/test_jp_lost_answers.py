"""A backend that goes while it does what `jp` asks: nothing is asked twice, and that is said."""

import pytest

from tests.stories.test_jp_account import reached


@pytest.fixture
async def bob(server, user, meet):
    """Whom the user, alice, talks with."""
    await user(server, "alice")
    return await meet(server, "bob")


async def said(jp, peer):
    """Return what was said in a conversation."""
    listed = await jp.ok("message", "list", peer, "--fields", "body")
    return listed.output.splitlines()


async def test_a_message_that_was_stored_and_not_confirmed_goes_out_once(jp, distant, bob, between):
    between.hold("Send", answer=True)
    sending = await distant.start("message", "send", bob.jid, "only once")
    await between.held()
    await between.close()
    output, errors = await sending.communicate()
    assert (sending.returncode, output) == (3, b"")
    assert b"the message may be stored" in errors
    assert between.called.count("Send") == 1
    await bob.wait_for("only once")
    assert await said(jp, bob.jid) == ["only once"]


async def test_a_message_that_never_got_there_is_not_sent_later(jp, distant, bob, between):
    between.hold("Send")
    sending = await distant.start("message", "send", bob.jid, "never")
    await between.held()
    await between.close()
    _, errors = await sending.communicate()
    assert (sending.returncode, b"the message may be stored" in errors) == (3, True)
    assert await said(jp, bob.jid) == []


async def test_what_a_command_asks_first_is_not_asked_of_the_next_backend(
    distant, server, backend, between
):
    between.hold("CreateProfile")
    words = ("alice", server.jid("alice"), "--offline", *reached(server))
    adding = await distant.start("profile", "add", *words)
    adding.stdin.write(f"{server.password('alice')}\n\n".encode())
    adding.stdin.close()
    await between.held()
    await backend.stop()
    await between.close()
    _, errors = await adding.communicate()
    assert (adding.returncode, b"has stopped" in errors) == (3, True), errors
    assert (await distant.ok("profile", "list")).output == ""


@pytest.mark.parametrize(
    ("member", "words", "said"),
    [
        ("Ping", ("service", "ping", "{bob}"), ""),
        ("Send", ("message", "send", "{bob}", "hello"), "the message may be stored"),
        ("SetNick", ("room", "nick", "tea@example.org", "al"), "what it was asked for may be done"),
    ],
)
async def test_nobody_waits_longer_for_an_answer_than_they_want(
    distant, bob, between, member, words, said
):
    between.hold(member)
    words = [each.format(bob=bob.jid) for each in words]
    ended = await distant(*words, "--timeout", "2s")
    assert between.called[-1] == member
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors.startswith(f"jp: no answer within 2 seconds{'; ' * bool(said)}{said}")
