"""`jp message`: answers, changes and what is read, with somebody at the other side."""

import pytest


@pytest.fixture
async def bob(server, user, meet):
    """Whom the user, alice, talks with."""
    await user(server, "alice")
    who = await meet(server, "bob")
    who.alice = server.jid("alice")
    return who


async def heard(jp, bob, text):
    """Have bob say something; return what is known of it here."""
    bob.send(bob.alice, text)
    while True:
        listed = (await jp.ok("message", "list", bob.jid, "--json")).records
        for each in listed:
            if each.get("body") == text:
                return each
        await jp("watch", "Messages.Changed", "--count", "1", "--limit", "200ms")


async def conversation(jp, peer):
    listed = (await jp.ok("message", "conversations", "--json")).records
    return next((each for each in listed if each["peer"] == peer), None)


async def test_a_message_is_answered_once(jp, bob):
    asked = await heard(jp, bob, "tea or cake?")
    words = ("message", "reply", str(asked["id"]), "both", "--token", "t", "--wait", "--json")
    first, second = await jp.ok(*words), await jp.ok(*words)
    assert first.record == second.record
    await bob.wait_for("> tea or cake?\nboth")
    (said,) = (await jp.ok("message", "get", str(first.record["id"]), "--json")).records
    assert (said["body"], said["reply_to"]) == ("both", asked["id"])
    assert (await jp("message", "reply", "999", "nothing")).code == 1


async def test_what_was_being_written_is_gone_with_the_answer_that_it_becomes(jp, bob):
    asked = await heard(jp, bob, "tea or cake?")
    await jp.ok("message", "draft", bob.jid, "bo", "--id", "mine")
    words = ("message", "reply", str(asked["id"]), "both", "--draft", "mine")
    sent = (await jp.ok(*words)).output
    assert (await jp.ok("message", "drafts")).output == ""
    assert (await jp.ok(*words)).output == sent


async def test_of_several_each_is_tried_and_those_that_can_not_be_are_named(jp, bob):
    other = str((await heard(jp, bob, "not yours"))["id"])
    own = [(await jp.ok("message", "send", bob.jid, text)).output.strip() for text in "ab"]
    await bob.wait_for("b")
    ended = await jp("message", "retract", own[0], other, "999", own[1])
    assert (ended.code, ended.output) == (1, "")
    first, second, whole = ended.errors.splitlines()
    assert first.startswith(f"jp: message {other}: ")
    assert second.startswith("jp: message 999: ")
    assert whole == "jp: it was done for 2 of 4"
    listed = (await jp.ok("message", "list", bob.jid, "--json")).records
    assert [str(each["id"]) for each in listed if each.get("retracted")] == own
    got = await jp("message", "get", own[0], "999", other, "--fields", "id")
    assert (got.code, got.output.split()) == (1, [own[0], other])
    alone = await jp("message", "retract", "999")
    assert (alone.code, alone.errors.count("\n")) == (1, 1)


async def test_what_was_sent_is_changed_reacted_to_and_taken_back(jp, bob):
    sent = str((await jp.ok("message", "send", bob.jid, "helo", "--wait", "--json")).record["id"])
    await jp.ok("message", "edit", sent, "hello")
    assert (await jp.ok("message", "versions", sent, "--fields", "body")).output == "helo\n"
    assert (await jp.ok("message", "get", sent, "--fields", "body")).output == "hello\n"
    await jp.ok("message", "react", sent, "🍵", "🍰")
    (found,) = (await jp.ok("message", "get", sent, "--json")).records
    assert set(found["reactions"]) == {"🍵", "🍰"}
    await jp.ok("message", "react", sent)
    assert not (await jp.ok("message", "get", sent, "--json")).record.get("reactions")
    await jp.ok("message", "retract", sent)
    assert "(retracted)" in (await jp.ok("message", "list", bob.jid)).output
    theirs = await heard(jp, bob, "mine")
    for words in (("edit", str(theirs["id"]), "yours"), ("retract", str(theirs["id"]))):
        assert (await jp("message", *words)).code == 1, words


async def test_what_is_read_and_unread_is_counted(jp, bob):
    first = await heard(jp, bob, "one")
    await heard(jp, bob, "two")
    assert (await conversation(jp, bob.jid))["unread"] == 2
    await jp.ok("message", "read", bob.jid, "--up-to", str(first["id"]))
    assert (await conversation(jp, bob.jid))["unread"] == 1
    await jp.ok("message", "read", bob.jid)
    assert not (await conversation(jp, bob.jid)).get("unread")
    assert (await jp.ok("message", "conversations", "--unread")).output == ""
    await jp.ok("message", "unread", bob.jid, str(first["id"]))
    assert (await conversation(jp, bob.jid))["unread"] == 2
    assert bob.jid in (await jp.ok("message", "conversations", "--unread")).output


async def test_a_conversation_is_opened_closed_and_forgotten(jp, bob, server):
    carol = server.jid("carol")
    assert await conversation(jp, carol) is None
    await jp.ok("message", "open", carol)
    assert (await conversation(jp, carol))["kind"] == "chat"
    await jp.ok("message", "open", carol)
    await jp.ok("message", "close", carol)
    assert await conversation(jp, carol) is None
    assert (await jp("message", "open", "no address at all")).code == 2
    await heard(jp, bob, "remember")
    ended = await jp("message", "forget", bob.jid, given="y\n")
    assert (ended.code, "--yes" in ended.errors) == (1, True)
    await jp.ok("message", "forget", bob.jid, "--yes")
    assert (await jp.ok("message", "list", bob.jid)).output == ""


async def test_how_a_conversation_behaves_is_changed_and_shown(jp, bob):
    await heard(jp, bob, "hello")
    words = ("--pinned", "yes", "--notify", "none", "--markers", "no", "--typing", "no")
    await jp.ok("message", "behaviour", bob.jid, *words)
    found = await conversation(jp, bob.jid)
    assert found["pinned"] is True
    assert (await jp("message", "behaviour", bob.jid)).code == 2
    await jp.ok("message", "attention", bob.jid)


async def test_messages_are_listed_and_found_by_when_they_are(jp, bob):
    ids = [(await heard(jp, bob, f"cup {number}"))["id"] for number in range(5)]
    second, fourth = str(ids[1]), str(ids[3])

    async def said(*words):
        listed = await jp.ok("message", *words, "--fields", "body")
        return [line.removeprefix("cup ") for line in listed.output.splitlines()]

    assert await said("list", bob.jid, "--limit", "2") == ["3", "4"]
    assert await said("list", bob.jid, "--before", fourth, "--limit", "2") == ["1", "2"]
    assert await said("list", bob.jid, "--after", second, "--limit", "2") == ["2", "3"]
    assert await said("list", bob.jid, "--since", "1 hour ago") == ["0", "1", "2", "3", "4"]
    assert await said("list", bob.jid, "--until", "1 hour ago") == []
    assert (await jp("message", "list", bob.jid, "--before", "1", "--after", "2")).code == 2
    assert await said("search", "cup", "--limit", "2") == ["4", "3"]
    assert await said("search", "cup", "--before", second) == ["0"]
    assert await said("search", "cup", "--peer", bob.jid, "--sender", bob.jid, "--in-order") != []
    assert await said("search", "cup", "--sender", bob.alice) == []
    assert await said("search", "cup", "--since", "1 hour ago", "--until", "now") != []


async def test_what_can_not_go_out_waits_and_is_given_up_or_sent_again(jp, bob, server):
    nobody = server.jid("nobody")
    failed = await jp("message", "send", nobody, "hello?", "--wait=20s")
    assert failed.code == 1
    id = failed.output.strip()
    await jp.ok("message", "retry", id)
    while (await jp.ok("message", "unsent", "--fields", "state")).output != "failed\n":
        await jp("watch", "Messages.Changed", "--count", "1", "--limit", "200ms")
    await jp.ok("message", "discard", id)
    assert (await jp.ok("message", "unsent", "--limit", "1")).output == ""
    await jp.ok("profile", "disconnect")
    waits = (await jp.ok("message", "send", bob.jid, "later")).output.strip()
    still = await jp("message", "send", bob.jid, "later", "--wait=100ms")
    assert (still.code, "still pending" in still.errors) == (1, True)
    await jp.ok("message", "discard", waits)
    await jp.ok("profile", "connect")
    await jp.ok("message", "send", bob.jid, "last", "--wait")
    assert [each.body for each in bob.received] == ["later", "last"]


async def test_a_text_is_hidden_or_shown_as_it_stands(jp, bob):
    for options, key in (
        (("--spoiler",), "spoiler"),
        (("--about", "the end"), "spoiler"),
        (("--unstyled",), "unstyled"),
    ):
        sent = await jp.ok("message", "send", bob.jid, f"*he* did it: {options[0]}", *options)
        said = (await jp.ok("message", "get", sent.output.strip(), "--json")).record
        assert key in said, said
        await bob.wait_for(f"*he* did it: {options[0]}")
