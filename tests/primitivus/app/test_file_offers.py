"""Files that somebody offers: said, listed with what waits, taken and refused."""

import pytest

from primitivus.model.file_offers import FileOffer


def offer(account, name="letter.txt", **more):
    return account.transfer(name=name, direction="in", state="offered", size=2000, **more)


async def until_offered(pilot, count=1):
    await pilot.until(lambda: FileOffer.count(pilot.state.account) == count)


async def test_a_file_that_is_offered_is_said_and_taken_by_keys(pilot, account):
    offer(account)
    await pilot.see('bob offers "letter.txt" (2 kB)')
    await pilot.command("next-notification")
    await pilot.see("Take it, to where downloads belong")
    await pilot.press("Enter")
    await account.called("AcceptFile", 1, "")
    await pilot.see('"letter.txt" comes')


async def test_a_file_goes_where_one_says(pilot, account, tmp_path):
    offer(account)
    await until_offered(pilot)
    await pilot.command(f'accept-file letter.txt "{tmp_path}"')
    await account.called("AcceptFile", 1, str(tmp_path))


async def test_a_file_is_refused(pilot, account):
    offer(account)
    offer(account, "other.txt")
    await until_offered(pilot, 2)
    await pilot.command("refuse-file other.txt")
    await account.called("RejectFile", 2)
    await pilot.see('"other.txt" is refused')
    await pilot.command("refuse-file")
    await account.called("RejectFile", 1)
    await pilot.command("refuse-file")
    await pilot.see("nobody offers you a file")


async def test_an_offer_that_is_taken_back_waits_no_longer(pilot, account):
    offer(account)
    await pilot.see("bob offers")
    error = ("NotAllowed", "bob cancelled the transfer")
    account.transfer(id=1, state="failed", error=error)
    await pilot.see('"letter.txt" did not come: bob cancelled the transfer')
    await until_offered(pilot, 0)


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_marked_one_of_the_list_is_taken(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    offer(account)
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("transfers\n")
    await pilot.see("letter.txt  2 kB  from bob  offered")
    await pilot.press("a")
    await account.called("AcceptFile", 1, "")
    await pilot.press("a")
    await pilot.see("this one waits for no answer of yours")


async def test_who_offers_nothing_is_named_so(pilot):
    await pilot.command("accept-file nothing.txt")
    await pilot.see('nobody offers "nothing.txt"')
