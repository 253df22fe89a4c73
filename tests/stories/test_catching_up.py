"""Somebody comes back in the morning and goes through what came in the night, by keys alone."""

import re

import pytest

from backendd.api import names
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN

FRIENDS = [f"friend{number:02}" for number in range(20)]
EACH = 20
_SAID = re.compile(r"(\w+) tells (\d+)\.")
FOCUS_OUT, FOCUS_IN = "\x1b[O", "\x1b[I"


@pytest.fixture
def server(tmp_path):
    """A server with many people."""
    with Prosody(
        tmp_path / "server", accounts=("alice", "carol", *FRIENDS), components=True
    ) as own:
        yield own


def is_body(body):
    return lambda message: message["body"] == body


class Morning:
    """What was on the screen of a terminal so far, held against what counts as read."""

    def __init__(self, terminal, caller):
        self._terminal = terminal
        self._caller = caller
        self.seen = set()

    def look(self):
        """Take note of what is on the screen."""
        self.seen.update((who, int(what)) for who, what in _SAID.findall(self._terminal.text))
        return True

    async def unread(self):
        """Return how many messages are unread, by who wrote them; all others were seen by now."""
        records = await self._caller.call(names.MESSAGES, "Conversations", "a{sv}", {})
        left = {each["peer"].partition("@")[0]: each.get("unread", 0) for each in records}
        read = {(who, n) for who in left for n in range(EACH - left[who])}
        await self._terminal.wait_until(lambda: self.look() and read <= self.seen, f"{read}")
        return {who: count for who, count in left.items() if count}

    async def go_on(self):
        """Press the key for what is unread; return whether there was something."""
        before, end = len(self.seen), "nothing else is unread"
        self._terminal.press("M-a")
        await self._terminal.wait_until(
            lambda: self.look() and (len(self.seen) > before or end in self._terminal.text)
        )
        return end not in self._terminal.text


async def test_catching_up_after_a_night(server, user, meet, tui):
    room = f"garden@conference.{DOMAIN}"
    caller = await user(server, "alice")
    carol = await meet(server, "carol")
    await carol.open_room(room, "carol")
    terminal = await tui("-p", "alice", rows=16, columns=80)
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":join {room}")
    await terminal.wait_for("2 here")
    first = await meet(server, FRIENDS[0])
    terminal.write(FOCUS_OUT)
    for number in range(EACH):
        mention = "alice: tea? " if number == 7 else ""
        carol.say(f"{mention}garden tells {number}.")
    for who in FRIENDS:
        friend = first if who == FRIENDS[0] else await meet(server, who)
        for number in range(EACH):
            friend.send(server.jid("alice"), f"{who} tells {number}.")
        await caller.wait_for(server.jid(who), is_body(f"{who} tells {EACH - 1}."))
    morning = Morning(terminal, caller)
    people = dict.fromkeys((*FRIENDS, "garden"), EACH)
    await caller.wait_for(room, is_body(f"garden tells {EACH - 1}."))
    assert await morning.unread() == people
    terminal.write(FOCUS_IN)
    await terminal.wait_for(r"garden tells 0\.")
    await terminal.wait_for("─ new ─")
    morning.look()
    while await morning.go_on():
        await morning.unread()
    assert morning.seen == {(who, number) for who in people for number in range(EACH)}
    while await morning.unread():
        pass
