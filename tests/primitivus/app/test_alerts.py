"""What is told outside of the screen's cells: notifications of the terminal, the title, quiet."""

import asyncio
import sys
import time

import pytest

from primitivus.app.hours import Hours
from primitivus.model.area import Area
from primitivus.model.state import State
from primitivus.model.wording.times import now_us, to_the_hour_us
from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB, MIA, FakeBackend

ROOM = "cave@rooms.example.org"


@pytest.fixture
async def told(account, fly):
    """The program, which has the terminal notify of what it rings for."""
    return await fly(notifications="text").start(until="have you seen this?")


async def test_what_rings_is_notified_of_with_its_text_where_that_is_wanted(told, account):
    account.message(MIA, "psst")
    await told.until(lambda: told.terminal.notified == [("mia", "psst")])
    account.message(ROOM, "tea?", kind="room", sender=f"{ROOM}/ann")
    await told.until(lambda: told.terminal.notified[1:] == [("ann (cave)", "tea?")])


async def test_nothing_is_notified_unless_that_is_wanted_and_names_alone_where_they_are(
    pilot, account
):
    account.message(MIA, "psst")
    await pilot.until(lambda: pilot.terminal.rung == 1)
    await pilot.command("set notifications names")
    account.message(MIA, "well?")
    await pilot.until(lambda: pilot.terminal.notified == [("mia", "")])


async def test_what_one_sees_or_has_muted_is_not_notified_of(told, account):
    account.converse(MIA, notify="none")
    await told.until(lambda: told.state.account.conversation(MIA).notify == "none")
    account.message(MIA, "never mind")
    account.message(BOB, "seen")
    await told.see("seen")
    account.message("eve@example.org", "and me")
    await told.until(lambda: told.terminal.notified)
    assert told.terminal.notified == [("eve", "and me")]


async def test_what_is_covered_as_a_spoiler_is_not_notified_of(told, account):
    account.message(MIA, "the butler did it", more={"spoiler": True})
    await told.until(lambda: told.terminal.notified == [("mia", "(spoiler)")])


@pytest.mark.parametrize("state", ["unread", "read"])
async def test_what_changes_of_a_message_from_before_the_start_rings_no_bell(state, account, fly):
    before = account.message(MIA, "pssst", state=state, tell=False)
    account.message(BOB, "look here", tell=False)
    account.record(BOB)
    pilot = await fly(notifications="text").start(until="look here")
    account.change(before.id, body="psst", more={"edited": True})
    account.message("eve@example.org", "fresh")
    await pilot.until(lambda: pilot.terminal.notified)
    assert pilot.terminal.notified == [("eve", "fresh")]
    assert pilot.terminal.rung == 1


async def test_a_backend_that_comes_back_rings_for_what_it_got_meanwhile(fake, account, fly, bus):
    pilot = await fly(notifications="text").start(until="have you seen this?")
    await fake.stop()
    await pilot.see("No backend since")
    account.message(MIA, "written meanwhile", tell=False)
    again = FakeBackend(bus.address)
    again.profiles = [account]
    await again.start()
    await pilot.until(lambda: pilot.terminal.notified)
    assert pilot.terminal.notified == [("mia", "written meanwhile")]
    await pilot.end()
    await again.stop()


async def test_a_backend_that_comes_back_rings_for_nothing_from_before(fake, account, fly, bus):
    account.message(MIA, "long ago", tell=False)
    account.message(BOB, "look here", tell=False)
    account.record(BOB)
    pilot = await fly(notifications="text").start(until="look here")
    await fake.stop()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    again.profiles = [account]
    await again.start()
    await pilot.lose("No backend")
    account.message(MIA, "well?")
    await pilot.until(lambda: pilot.terminal.notified)
    assert pilot.terminal.notified == [("mia", "well?")]
    assert pilot.terminal.rung == 1
    await pilot.end()
    await again.stop()


async def test_of_a_burst_the_last_is_notified_of(told, account):
    for number in range(50):
        account.message(MIA, f"number {number}")
    await told.until(lambda: ("mia", "number 49") in told.terminal.notified)
    assert len(told.terminal.notified) < 50


async def test_what_speaks_to_us_is_notified_of_though_others_go_on_talking(told, account):
    for number in range(20):
        account.message(MIA, f"number {number}")
    account.message(ROOM, "tea, alice?", kind="room", sender=f"{ROOM}/ann", more={"mention": True})
    for number in range(20):
        account.message(MIA, f"number {number}")
    await told.until(lambda: ("ann (cave)", "tea, alice?") in told.terminal.notified)


async def test_what_is_asked_is_notified_of(told, account):
    told.state.show(is_terminal_focused=False)
    account.ask("eve@example.org", "let me in")
    await told.until(lambda: told.terminal.notified)
    ((summary, body),) = told.terminal.notified
    assert summary == "request eve@example.org"
    assert "let me in" in body


async def test_the_title_counts_what_speaks_to_the_user(pilot, account):
    account.message(MIA, "one")
    account.message(MIA, "tea?", more={"mention": True})
    account.converse(MIA, more={"mentions": 1})
    await pilot.until(lambda: pilot.terminal.title.startswith("(2 @1) primitivus"))


async def test_in_the_quiet_time_of_the_backend_nothing_rings_and_that_is_shown(fake, account, fly):
    hour = time.localtime().tm_hour
    fake.quiet_time = (hour, (hour + 2) % 24)
    pilot = await fly(notifications="text").start(until="have you seen this?")
    await pilot.see(f"quiet until {(hour + 2) % 24}:00")
    account.message(MIA, "psst", more={"attention": True})
    await pilot.see("1 unread")
    fake.set_quiet_time(0, 0)
    await pilot.lose("quiet until")
    account.message(MIA, "now")
    await pilot.until(lambda: pilot.terminal.notified == [("mia", "now")])
    assert pilot.terminal.rung == 1


async def test_the_quiet_time_is_set_and_shown_by_its_command(fake, pilot):
    await pilot.command("quiet-time")
    await pilot.see("there is no quiet time; :quiet-time 22 7 makes one")
    await pilot.command("quiet-time 22 7:00")
    await pilot.see("quiet from 22:00 to 7:00")
    assert fake.quiet_time == (22, 7)
    await pilot.command("quiet-time")
    await pilot.see("quiet from 22:00 to 7:00; :quiet-time off ends that")
    await pilot.command("quiet-time off")
    await pilot.see("there is no quiet time")
    assert fake.quiet_time == (0, 0)


async def test_a_quiet_time_without_an_end_or_of_no_hours_is_complained_of(fake, pilot):
    await pilot.command("quiet-time 22")
    await pilot.see("until when? :quiet-time 22 7")
    await pilot.command("quiet-time 22 25")
    await pilot.see("isn't an hour from 0 to 23")
    assert fake.quiet_time == (0, 0)


async def test_at_the_full_hour_the_screen_is_looked_at_again():
    state, struck = State(now_us), asyncio.Event()
    hours = Hours(state, lambda: to_the_hour_us(0) - 1_000)
    state.changes.watch(lambda area: struck.set() if area is Area.VIEW else None)
    hours.start()
    await struck.wait()
    hours.stop()


async def test_a_real_terminal_is_told(bus, scratch, account):
    path = scratch.home / ".config/primitivus/primitivus.toml"
    path.parent.mkdir(parents=True)
    path.write_text('notifications = "text"\n')
    env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "LC_ALL": "C.UTF-8"}
    command = (sys.executable, "-m", "primitivus")
    async with await Terminal.start(command, env=env, cwd=scratch.root, columns=100) as terminal:
        await terminal.wait_for("have you seen this")
        account.message(MIA, "psst\x07\x1b]0;pwned")
        await terminal.wait_until(lambda: bool(terminal.protocols.notified))
        assert terminal.protocols.notified == ["mia: psst]0;pwned"]
