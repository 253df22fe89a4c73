"""An owner keeps order in a room: each sees in a terminal of their own what comes of it."""

import pytest

from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN
from tests.stories.test_rooms import enter, say

pytestmark = pytest.mark.components

ROOM = f"garden@conference.{DOMAIN}"
NAMES = ("alice", "bob", "carol", "mallory")


@pytest.fixture
def server(tmp_path):
    with Prosody(tmp_path / "server", accounts=NAMES, components=True) as own:
        yield own


@pytest.fixture
async def people(server, user, tui):
    """The terminals of who is in the room, which is alice's, by their nicks."""
    for name in NAMES:
        await user(server, name)
    return await gathered(tui, NAMES)


async def gathered(tui, names):
    """Return terminals of these profiles, all in the room that the first one makes."""
    terminals = {}
    for number, name in enumerate(names, start=1):
        terminals[name] = await tui("-p", name, columns=140)
        line = f":create-room {ROOM} public" if number == 1 else f":join {ROOM}"
        await enter(terminals[name], line, number)
    for terminal in terminals.values():
        await terminal.wait_for(f"{len(names)} here")
        terminal.press("esc")
    return terminals


def command(terminal, line):
    terminal.press("esc")
    terminal.submit(f":{line}")


async def answer(terminal, question, said):
    await terminal.wait_for(question)
    terminal.submit(said)
    await terminal.wait_gone(question)


async def test_an_owner_keeps_order_and_each_sees_what_comes_of_it(people):
    alice, bob, carol, mallory = people.values()
    command(alice, "topic about beans")
    for other in (bob, carol, mallory):
        await other.wait_for("alice set the topic: about beans")
    # Whoever may not is told so, and who may.
    command(mallory, "kick bob")
    await mallory.wait_for('only moderators of "garden" may kick somebody: "alice"')
    command(mallory, "configure")
    await mallory.wait_for("owners")
    # Who has no voice says nothing until it is given.
    command(alice, "voice mallory off")
    await alice.wait_for("mallory may not speak")
    say(mallory, "I say it all the same")
    await mallory.wait_for("not sent: ")
    command(alice, "voice mallory")
    await alice.wait_for("mallory may speak")
    say(mallory, "BUY MY PILLS")
    await bob.wait_for("mallory +BUY MY PILLS")
    # A moderator takes back what others said.
    command(alice, "moderator bob")
    await alice.wait_for("bob is a moderator")
    bob.press("esc", "v")
    await bob.wait_for("▸.*BUY MY PILLS")
    bob.submit(":retract spam")
    await bob.wait_for("y/N")
    bob.submit("y")
    for each in people.values():
        await each.wait_gone("BUY MY PILLS")
    await carol.wait_for("retracted by bob, a moderator: spam")
    # Whom they make leave is told why, and so are the others.
    command(bob, "kick mallory no pills here")
    await mallory.wait_for("you were kicked out of .* by bob.*no pills here")
    await carol.wait_for(r"mallory was kicked by bob \(no pills here")
    await enter(mallory, ":join", 4)
    command(bob, "ban mallory")
    await bob.wait_for('only admins and owners of "garden" may ban somebody')
    command(alice, "ban mallory spam")
    await alice.wait_for("y/N")
    alice.submit("y")
    await alice.wait_for("is banned from garden")
    await mallory.wait_for("you were banned")
    command(mallory, "join")
    await mallory.wait_for("(?i)banned")
    # Banned by the host: all of them, but for who has rights there.
    command(alice, "ban evil.example")
    await alice.wait_for("y/N")
    alice.submit("y")
    await alice.wait_for("everybody at evil.example is banned")
    command(alice, "unban")
    await alice.wait_for("2 banned")
    await alice.wait_for(r"evil\.example")
    alice.write("mallory")
    await alice.wait_gone(r"  evil\.example")
    alice.press("enter")
    await alice.wait_for("may come into garden again")
    command(alice, "unban evil.example")
    await alice.wait_for("everybody at evil.example may come")
    await enter(mallory, ":join", 4)
