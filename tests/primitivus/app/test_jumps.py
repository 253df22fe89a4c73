"""Going to places in a conversation: what is new, who speaks to the user, a day."""

import pytest

from tests.primitivus.fake import BOB, MIA, START_US

DAY_US = 86_400_000_000
NOON_US = 1_801_310_400_000_000
"""Noon of 2027-01-30."""


def selected(pilot):
    message = pilot.state.conversation.selected_message
    return message.body if message is not None else ""


@pytest.fixture
async def days(account, fly):
    """A conversation of many days, of which only the last ones are held; each tenth is for us."""
    for number in range(1300):
        more = {"mention": True} if number % 400 == 10 else {}
        time = NOON_US + (number - 650) * DAY_US // 10
        body = f"number {number:04}"
        account.message(BOB, body, tell=False, state="read", time=time, more=more)
    account.record(BOB)
    pilot = await fly(columns=80, rows=24).start(until="number 1299")
    await pilot.press("Esc")
    return pilot


async def test_one_goes_to_a_day_and_back(days):
    await days.command("date 2027-01-30")
    await days.see("number 0645")
    assert selected(days) == "number 0645"
    await days.command("back")
    await days.see("number 1299")


async def test_what_comes_rings_though_one_reads_what_was_said_long_ago(days, account):
    await days.command("date 2027-01-30")
    await days.see("number 0645")
    assert days.state.conversation.window.newer
    rung = days.terminal.rung
    account.message(BOB, "are you there?")
    await days.until(lambda: days.terminal.rung == rung + 1)


async def test_of_a_day_without_messages_it_is_told_where_one_is(days):
    await days.command("date 1999-12-31")
    await days.see("nothing here is from 1999-12-31: this is the next after it")
    await days.command("date 2040-01-01")
    await days.see("this is the last before it")
    await days.command("date 31.1.2026")
    await days.see("write it as 2026-01-31, or today or yesterday")


async def test_a_day_before_all_that_is_here_is_looked_for_in_the_archive(days, account):
    account.older = "server"
    await days.command("date 2026-11-15")
    await days.see('"the search in the archive" runs: Esc ends it')
    for number, day in ((2, -5), (1, -10)):
        time = START_US + day * DAY_US
        account.message(BOB, f"long ago {number}", order=number - 3, time=time, state="read")
        account.answer_older(BOB, "server")
    await days.see("long ago 1")
    assert selected(days) == "long ago 2"
    await days.lose("the search in the archive")


async def test_a_search_in_the_archive_is_ended_by_a_key_or_by_the_archive(days, account):
    account.older = "server"
    await days.command("date 1999-12-31")
    await days.see('"the search in the archive" runs')
    await days.press("Esc")
    await days.see("was ended; what it has brought so far is here")
    assert "number 1299" in days.screen
    await days.command("date 1999-12-31")
    await days.see('"the search in the archive" runs')
    account.answer_older(BOB, "offline")
    await days.see("the server can't be asked for older ones now")


async def test_who_went_elsewhere_meanwhile_stays_there(days, account):
    account.older = "server"
    await days.command("date 1999-12-31")
    await days.see('"the search in the archive" runs')
    await days.command(f"chat {MIA}")
    await days.see("an older one")
    account.answer_older(BOB, "end")
    await days.see("1999-12-31 is found now in bob")
    assert days.state.conversation.place.peer == MIA


async def test_mentions_are_gone_through_both_ways_however_far_they_are(days):
    await days.press("g", "M")
    await days.see("number 1210")
    assert selected(days) == "number 1210"
    await days.press("g", "M")
    await days.see("number 0810")
    await days.command("previous-mention")
    await days.see("number 0410")
    await days.press("g", "m")
    await days.until(lambda: selected(days) == "number 0810")
    await days.press("g", "m")
    await days.until(lambda: selected(days) == "number 1210")
    await days.press("g", "m")
    await days.see("nothing below this speaks to you")
    await days.command("back")
    await days.until(lambda: "number 0810" in days.screen)


async def test_in_a_chat_with_one_person_mentions_are_said_to_be_of_rooms(pilot):
    await pilot.command("next-mention")
    await pilot.see("speaks to you; outside of rooms only words of :set highlight do")


async def test_the_new_line_is_gone_back_to(pilot, account):
    await pilot.command("unread")
    await pilot.see("nothing is new here")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    for number in range(90):
        account.message(BOB, f"number {number:03}", tell=False)
    account.converse(BOB)
    await pilot.see("90 unread")
    await pilot.command("chat bob")
    await pilot.see("─ new ─")
    await pilot.press("Esc", "G")
    await pilot.see("number 089")
    # First what was left out, then where one began to read.
    await pilot.see("new above")
    await pilot.press("g", "u")
    await pilot.lose("new above")
    assert "number 000" not in pilot.screen
    await pilot.press("g", "u")
    await pilot.see("number 000")
    assert "─ new ─" in pilot.screen
    await pilot.command("back")
    await pilot.lose("number 000")
    await pilot.command("back")
    await pilot.see("number 089")
