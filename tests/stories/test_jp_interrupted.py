"""Ctrl-C at each moment of what goes on for longer: what became of it is said, and it is so."""

import os
import signal
from typing import NamedTuple

import pytest

from tests.stories.test_jp_account import reached
from tests.stories.test_people import befriend

pytestmark = pytest.mark.components

INTERRUPTED = 130
FEED = """<feed xmlns='http://www.w3.org/2005/Atom'><title>a</title><id>a</id>
<updated>2020-01-01T00:00:00Z</updated><entry><id>urn:one</id><title>Old</title>
<updated>2020-01-01T00:00:00Z</updated><content>An old one.</content></entry></feed>"""


class Command(NamedTuple):
    """A command that waits: its words, what it calls, and what is said of it when it is ended."""

    words: tuple[str, ...]
    member: str
    in_doubt: str
    begun: str = ""  # once it has printed what it is for
    asks: str = ""  # what it calls first while it waits
    goes_on: bool = False  # whether there is no answer before all is done


COMMANDS = {
    "send": Command(
        ("message", "send", "{bob}", "hello", "--wait=1d"),
        *("Send", "the message may be stored", r"message {id} is stored", "Get"),
    ),
    "reply": Command(
        ("message", "reply", "{message}", "hello", "--wait=1d"),
        *("Send", "the answer may be stored", r"message {id} is stored", "Get"),
    ),
    "file send": Command(
        ("file", "send", "{bob}", "a.txt", "--wait"),
        *("Send", "they may be on their way", "transfer {id} is cancelled", "List"),
    ),
    "blog post": Command(
        ("blog", "post", "Words.", "--wait=1d"),
        *("Publish", "what was written may be stored", "the entry is stored", "Get"),
    ),
    "blog edit": Command(
        ("blog", "edit", "{entry}", "Other words.", "--wait=1d"),
        *("Publish", "what was written may be stored", "", "Get"),
    ),
    "blog comment": Command(
        ("blog", "comment", "{entry}", "Well said.", "--wait=1d"),
        *("Comment", "the comment may be stored", "the comment is stored", "Get"),
    ),
    "blog import": Command(
        ("blog", "import", "feed.atom", "--wait=1d"),
        *("Import", "what was taken of the file is published", "", "Outgoing"),
    ),
    "room join": Command(
        ("room", "join", "{room}"),
        *("Join", "the backend goes on entering {room}; `jp room leave`"),
        goes_on=True,
    ),
    "profile connect": Command(
        ("profile", "connect"), "Connect", "goes on connecting", goes_on=True
    ),
    "message edit": Command(
        ("message", "edit", "{own}", "Hello."), "Correct", "what it was asked for may be done"
    ),
    "presence set": Command(
        ("presence", "set", "away"), "SetPresence", "what it was asked for may be done"
    ),
}


@pytest.fixture
async def known(jp, server, user, meet):
    """What words of commands stand for; the user, alice, is offline."""
    await user(server, "alice")
    bob = await meet(server, "bob")
    bob.send(server.jid("alice"), "hello?")
    (jp.directory / "a.txt").write_text("a")
    (jp.directory / "feed.atom").write_text(FEED)
    heard = await jp.ok("message", "wait", bob.jid, "--after", "0", "--json", "--limit", "30s")
    own = await jp.ok("message", "send", bob.jid, "helo", "--wait")
    entry = await jp.ok("blog", "post", "First.", "--wait")
    await jp.ok("profile", "disconnect")
    return {
        "bob": bob.jid,
        "message": str(heard.record["id"]),
        "own": own.output.strip(),
        "entry": entry.output.strip(),
        "room": f"garden@conference.{server.domain}",
    }


def filled(words, known):
    return [each.format(**known) for each in words]


async def interrupted(process):
    """Press Ctrl-C; return what else it prints, and what it says of it, without its "jp: "."""
    process.send_signal(signal.SIGINT)
    output, errors = await process.communicate()
    said = errors.decode()
    assert process.returncode == INTERRUPTED, said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 1, said
    return output.decode(), said


async def test_before_anything_was_asked_for_nothing_is_said(distant, between, known):
    for name, command in COMMANDS.items():
        between.hold("GetProfile")
        process = await distant.start(*filled(command.words, known))
        await between.held()
        assert await interrupted(process) == ("", ""), name
        assert command.member not in between.called, name


@pytest.mark.parametrize("is_done", [False, True], ids=["on its way", "done"])
async def test_what_was_asked_for_and_is_not_answered_may_be_done(distant, between, known, is_done):
    for name, command in COMMANDS.items():
        # What is offline never is in a room, or connected.
        between.hold(command.member, answer=is_done and not command.goes_on)
        process = await distant.start(*filled(command.words, known))
        await between.held()
        output, said = await interrupted(process)
        assert (output, command.in_doubt.format(**known) in said) == ("", True), (name, said)


async def test_whoever_has_read_the_id_hears_that_it_goes_on_or_was_ended(jp, known):
    for name, command in COMMANDS.items():
        if command.begun:
            process = await jp.start(*filled(command.words, known))
            id = (await process.stdout.readline()).decode().strip()
            _, said = await interrupted(process)
            assert command.begun.format(id=id) in said, name


async def test_whoever_waits_hears_that_it_goes_on_or_was_ended(distant, between, known):
    for name, command in COMMANDS.items():
        if command.asks:
            between.hold(command.asks, answer=True, behind=command.member)
            process = await distant.start(*filled(command.words, known))
            await between.held()
            between.let_go()
            output, said = await interrupted(process)
            assert command.begun.format(id=output.strip()) in said, name
            assert "interrupted; " in said, name


async def test_who_ends_the_making_of_an_account_hears_that_it_may_be_there(
    distant, between, server
):
    words = ("account", "register", server.domain, *reached(server), "--set", "username=ann")
    for member, said in (
        ("RegisterAccount", "the account may be made"),
        ("CreateProfile", f"{server.jid('ann')} was made, and no profile for it"),
    ):
        between.hold(member)
        process = await distant.start(*words)
        process.stdin.write(b"a long secret\n")
        process.stdin.close()
        await between.held()
        assert said in (await interrupted(process))[1]


@pytest.fixture
async def friends(user, server):
    """Alice and bob, both users here, who see each other."""
    callers = {name: await user(server, name) for name in ("alice", "bob")}
    await befriend(callers, server)


async def offered(jp, server):
    """Have bob offer alice a file; return the id of the offer."""
    (jp.directory / "big").write_bytes(os.urandom(1_000_000))
    alice = server.jid("alice")
    await jp.ok("-p", "bob", "file", "send", alice, "big", "--method", "jingle-ibb")
    watching = await jp.start("watch", "Files", "--json")
    while not (found := (await jp.ok("file", "list", "--waiting", "--json")).records):
        await watching.stdout.readline()
    watching.terminate()
    await watching.communicate()
    return str(found[0]["id"])


@pytest.mark.parametrize("where", [["here"], ["--output", "copy"]], ids=["directory", "output"])
async def test_a_file_that_is_accepted_is_cancelled_and_nothing_of_it_stays(
    jp, distant, between, server, friends, where
):
    (jp.directory / "here").mkdir()
    id = await offered(jp, server)
    between.hold("AcceptHandle" if "--output" in where else "Accept", answer=True)
    process = await distant.start("file", "accept", id, *where, "--wait")
    await between.held()
    output, said = await interrupted(process)
    assert (output, f"transfer {id} is cancelled" in said) == ("", True), said
    assert (await jp.ok("file", "list", "--json")).record["state"] == "cancelled"
    assert [*(jp.directory / "here").iterdir(), *jp.directory.glob("copy*")] == []
