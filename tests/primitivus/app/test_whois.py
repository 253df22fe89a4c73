"""Who somebody is, in a popup that fills as they answer; and what one says of oneself."""

import pytest

from backendd.api.records import Resource, VCard
from primitivus.model.wording.times import moment
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import START_US
from tests.primitivus.fake.services import Entity


async def test_all_that_is_known_and_said_of_somebody_shows(pilot, account):
    account.know(
        BOB,
        groups=["Friends", "a, b"],
        resources=[
            Resource(resource="phone", show="away", status="tea", priority=5, idle_since=START_US)
        ],
        more={"nickname": "Bobby", "avatar": "ab" * 20},
    )
    account.entities[f"{BOB}/phone", ""] = Entity()
    account.vcards[BOB] = VCard(fn="Bob the Builder", tel=["+1 555"], note="can we\nfix it")
    await pilot.until(lambda: pilot.state.account.roster.get(BOB).groups)
    await pilot.command("whois")
    for said in (
        f"address     {BOB}",
        "nickname    Bobby",
        'groups      Friends, "a, b"',
        "each sees the other's presence",
        f"phone: away (tea), priority 5, idle since {moment(START_US)}",
        "time there  Sun 09:06 (UTC-01:30)",
        "picture     abab",
        "phone: Example 1.0 on Plan 9",
        "full name   Bob the Builder",
        "+1 555",
        "fix it",
    ):
        await pilot.see(said)
    await pilot.lose("they are asked")


async def test_what_other_clients_one_has_online_is_shown(pilot, account):
    await pilot.command("clients")
    await pilot.see("no other client of yours is online")
    await pilot.press("Esc")
    account.clients = [
        Resource(resource="phone", show="away"),
        Resource(resource="desk", show="dnd", priority=9),
    ]
    account.entities[f"{account.jid}/phone", ""] = Entity()
    await pilot.command("clients")
    await pilot.see("you, on your other clients")
    await pilot.see("desk: dnd, priority 9")
    await pilot.see("phone: Example 1.0 on Plan 9")
    await pilot.lose("they are asked")


@pytest.mark.parametrize("line", ["clients", "whois mia"])
async def test_while_one_is_offline_nobody_is_asked_and_that_is_said(pilot, account, line):
    account.become("offline")
    await pilot.see("Offline")
    asked = len(account.calls)
    await pilot.command(line)
    await pilot.see("nobody can be asked while you are not online")
    assert "no other client" not in pilot.screen
    assert len(account.calls) == asked


async def test_who_answers_nothing_is_shown_by_what_is_known(pilot, account):
    await pilot.press("Esc", "F2")
    pilot.state.layout.contacts.marked = pilot.state.account.place(MIA)
    await pilot.press("W")
    await pilot.see(f"address     {MIA}")
    await pilot.lose("they are asked")
    await pilot.press("Esc")
    await pilot.command("whois stranger@example.org")
    await pilot.see("no contact")


async def test_when_somebody_was_there_last_is_told(pilot, account):
    account.entities[MIA, ""] = Entity()
    await pilot.command(f"whois {MIA}")
    await pilot.see("last seen   2026-11-22")


async def test_since_when_a_server_runs_is_told(pilot, account):
    account.entities["example.org", ""] = Entity()
    await pilot.command("whois example.org")
    await pilot.see("running     since 2026-11-22")
    assert "last seen" not in pilot.screen


async def test_what_one_says_of_oneself_is_changed_in_a_form(pilot, account):
    account.vcards[""] = VCard(fn="Alice", email=["a@b.example", "c@d.example"], role="queen")
    await pilot.command("vcard")
    await pilot.see("a@b.example, c@d.example")
    await pilot.press("C-u")
    await pilot.type("Alice L.")
    await pilot.press("Down")
    await pilot.type("Ali, Al")
    for _ in range(9):
        await pilot.press("Down")
    await pilot.press("Enter")
    await pilot.see("your vCard is stored")
    assert account.calls[-1] == ("SetVCard", {"fn": "Alice L.", "nickname": ["Ali", "Al"]})


async def test_a_date_that_there_is_not_is_no_birthday(pilot, account):
    await pilot.command("vcard")
    await pilot.see("Empty fields say nothing")
    await pilot.press("Tab", "Tab")
    await pilot.see("as 1984-12-31")
    for wrong in ("31.02.1990", "1990-02-31", "90", "--13-01"):
        await pilot.type(wrong)
        await pilot.press("F4")
        await pilot.see(f'Born: there is no date "{wrong}": write it as 1984-12-31')
        assert pilot.state.view.popup.current.label == "Born"
        await pilot.press("C-u")
    assert not [call for call in account.calls if call[0] == "SetVCard"]
    await pilot.type("--02-29")
    await pilot.press("F4")
    await pilot.see("your vCard is stored")
    assert account.calls[-1] == ("SetVCard", {"bday": "--02-29"})


async def test_a_first_vcard_begins_empty(pilot, account):
    await pilot.command("vcard")
    await pilot.see("Empty fields say nothing")
    await pilot.press("Esc")
    await pilot.lose("Empty fields say nothing")
    assert not [call for call in account.calls if call[0] == "SetVCard"]
