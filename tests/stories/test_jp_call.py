"""`jp call` and `jp watch`: the bus from a shell, without its types being written."""

import json
import signal

import pytest

from backendd.api.tasks import Tasks


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


async def test_it_calls_with_what_words_say_by_the_types_of_the_method(jp, alice, server):
    await jp.ok("call", "Roster.Set", server.jid("bob"), "Bob", '["friends", "tea"]')
    listed = await jp.ok("call", "Roster.List", "--json")
    assert (listed.record["name"], listed.record["groups"]) == ("Bob", ["friends", "tea"])
    sent = await jp.ok("call", "Messages.Send", server.jid("bob"), "hello", "token=one")
    again = await jp.ok("call", "Messages.Send", server.jid("bob"), "hello", "token=one")
    assert sent.output == again.output
    page = await jp.ok("call", "Messages.List", server.jid("bob"), "limit=1", "--json")
    assert page.record["messages"][0]["body"] == "hello"


async def test_a_property_is_printed_and_set(jp, alice):
    assert (await jp.ok("call", "Profile.Name")).output == "alice\n"
    await jp.ok("call", "Manager.DefaultProfile", "alice")
    ended = await jp("call", "Profile.Name", "other")
    assert ended.code == 2
    assert "can't be set" in ended.errors


async def test_where_bytes_go_is_said_of_what_returns_some_alone(jp, alice, server):
    for words in (("Messages.Search", "kettle"), ("Profile.State",), ("Roster.Remove", "a@b")):
        ended = await jp("call", *words, "--output", "there")
        assert (ended.code, "returns an open file" in ended.errors) == (2, True), ended
        assert not (jp.directory / "there").exists()


async def test_what_does_not_fit_is_wrong_usage(jp, alice):
    for words in (
        ("Roster.Set", "bob@example.org", "Bob", "friends"),
        ("Roster.Set", "bob@example.org", "Bob", "[1]"),
        ("Messages.Send", "bob@example.org"),
        ("Messages.Send", "bob@example.org", "x", "tokn=1"),
        ("Messages.Get", "first"),
        ("Messages.Get", "99999999999999999999"),
        ("Messages.Gat",),
        ("Nothing.Send",),
    ):
        ended = await jp("call", *words)
        assert ended.code == 2, words
        assert not ended.output


async def test_an_open_file_goes_there_by_its_path(jp, alice, server):
    (jp.directory / "plan.txt").write_text("north, then east\n")
    sent = await jp("call", "Files.SendHandle", server.jid("alice"), "plan.txt", "plan.txt")
    # Whatever becomes of it on a server that takes no files, the file has reached the backend.
    assert "descriptor" not in sent.errors


async def test_events_are_printed_as_they_come(jp, alice, server):
    watching = await jp.start("watch", "Messages.Changed", "--json", "--count", "1")
    event = await _first_event(jp, watching, server)
    assert (event["event"], event["profile"]) == ("Messages.Changed", "alice")
    assert event["messages"][0]["peer"] == server.jid("bob")
    assert await watching.wait() == 0


async def _first_event(jp, watching, server):
    """Return what is told first, of messages that are sent until somebody listens."""
    reading = Tasks().start(watching.stdout.readline(), name="reading")
    while not reading.done():
        await jp.ok("message", "send", server.jid("bob"), "is somebody listening?")
    return json.loads(await reading)


async def test_who_watches_for_more_than_comes_is_told(jp, alice):
    ended = await jp("watch", "Messages.Changed", "--count", "2", "--limit", "100ms")
    assert (ended.code, ended.errors) == (1, "jp: no event came in time\n")
    await jp.ok("watch", "Messages.Changed", "--limit", "100ms")
    await jp.ok("watch", "Messages.Changed", "--count", "2", "--limit", "0", "--help")


async def test_it_says_when_the_backend_goes_and_comes_back(jp, alice, backend, server):
    watching = await jp.start("watch", "Messages.Changed", "--json")
    await _first_event(jp, watching, server)
    await backend.stop()
    assert b"has gone" in await watching.stderr.readline()
    await backend.start()
    assert b"is there" in await watching.stderr.readline()
    watching.send_signal(signal.SIGINT)
    _, errors = await watching.communicate()
    assert watching.returncode == 130
    assert b"Traceback" not in errors


async def test_people_are_told_of_each_thing_once_and_programs_of_all(jp, alice, server, user):
    await user(server, "bob")
    bob = server.jid("bob")
    await jp.ok("roster", "add", bob)
    watching = await jp.start("watch", "--peer", bob)
    reading = Tasks().start(watching.stdout.readline(), name="reading")
    while not reading.done():
        await jp.ok("message", "send", bob, "is somebody listening?")
    id = (await jp.ok("message", "send", bob, "the kettle is on", "--wait=20s")).output.strip()
    await jp.ok("message", "edit", id, "the kettle is off")
    await jp.ok("-p", "bob", "message", "send", server.jid("alice"), "last", "--wait=20s")
    lines = [(await reading).decode()]
    while "last" not in lines[-1]:
        lines.append((await watching.stdout.readline()).decode())
    watching.send_signal(signal.SIGINT)
    await watching.wait()
    said = [each.split(maxsplit=1)[1].split() for each in lines]
    said = [(kind, " ".join(text)) for kind, *text in said if "listening?" not in text]
    assert said == [
        ("message", f"you to {bob}: the kettle is on"),
        ("edited", f"you to {bob}: the kettle is off"),
        ("message", f"{bob}: last"),
    ]


async def test_people_get_tables_and_paragraphs_by_what_came(jp, alice, server):
    await jp.ok("message", "send", server.jid("bob"), "one")
    await jp.ok("message", "send", server.jid("bob"), "two")
    page = (await jp.ok("call", "Messages.List", server.jid("bob"))).output
    assert page.startswith("messages:\n")
    assert page.count("\nbody") == 2
    assert "id 1, order" not in page
    await jp.ok("call", "Roster.Set", server.jid("bob"), "Bob", "[]")
    watching = await jp.start("watch", "Messages.Changed", "--count", "1")
    reading = Tasks().start(watching.stdout.readline(), name="reading")
    while not reading.done():
        await jp.ok("message", "send", server.jid("bob"), "is somebody listening?")
    assert f"you to {server.jid('bob')}: is somebody listening?" in (await reading).decode()
    assert await watching.wait() == 0
