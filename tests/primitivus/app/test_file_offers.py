"""Files that somebody offers: a line in the conversation, taken and refused there."""

import pytest

from backendd.api.records import Attachment
from primitivus.model.files.transfers import Transfers
from tests.primitivus.fake import BOB

SIZE = 2000


def offer(account, name="letter.txt", peer=BOB, **more):
    """Have a file be offered, and the line say so."""
    known = {"direction": "in", "state": "offered", "size": SIZE, **more}
    transfer = account.transfer(peer=peer, name=name, **known)
    file = Attachment(
        name=name, size=SIZE, direct=True, transfer=transfer.id, description="as promised"
    )
    account.message(peer, f"file: {name}, 2 kB", type="system", more={"attachments": [file]})
    return transfer


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_an_offer_is_a_line_that_a_key_takes(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    offer(account)
    await pilot.see("letter.txt  2 kB  as promised  is offered")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("select\n")
    await pilot.press("S")
    await account.called("AcceptFile", 1, "")
    await pilot.see('"letter.txt" comes')
    await pilot.see("as promised  waits")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_an_offer_is_a_line_that_a_key_refuses(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    offer(account)
    await pilot.see("is offered")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("select\n")
    await pilot.press("X")
    await account.called("RejectFile", 1)
    await pilot.see('"letter.txt" is refused')
    await pilot.see("as promised  you cancelled it")
    await pilot.press("X")
    await pilot.see("this one waits for no answer of yours")


async def test_the_selected_one_is_meant_and_else_the_newest_in_view(pilot, account):
    offer(account)
    offer(account, "other.txt")
    await pilot.see("other.txt")
    await pilot.press("Esc", "v", "Up")
    await pilot.command("accept-file")
    await account.called("AcceptFile", 1, "")
    await pilot.press("Esc")
    await pilot.command("accept-file")
    await account.called("AcceptFile", 2, "")
    await pilot.command("accept-file")
    await pilot.see("nobody offers you a file")


async def test_where_none_is_in_view_it_is_the_one_that_has_waited_longest(pilot, account):
    offer(account, "theirs.txt", "mia@example.org")
    offer(account, "later.txt", "mia@example.org")
    await pilot.until(lambda: len(pilot.state.account.of(Transfers).offers()) == 2)
    await pilot.command("refuse-file")
    await account.called("RejectFile", 1)


async def test_a_file_goes_where_one_says(pilot, account, tmp_path):
    offer(account)
    await pilot.see("is offered")
    await pilot.command(f'accept-file letter.txt "{tmp_path}"')
    await account.called("AcceptFile", 1, str(tmp_path))
    offer(account, "other.txt")
    await pilot.see("other.txt  2 kB  as promised  is offered")
    await pilot.command(f'download "{tmp_path}"')
    await account.called("AcceptFile", 2, str(tmp_path))


async def test_an_offer_waits_to_be_read_as_a_message_does(pilot, account):
    offer(account, "theirs.txt", "mia@example.org")
    await pilot.see("1 unread")
    await pilot.command("next-notification")
    await pilot.see("theirs.txt  2 kB")
    await pilot.command("requests")
    await pilot.see("nothing waits for your answer")


async def test_an_offer_that_is_taken_back_says_so_where_it_stands(pilot, account):
    offer(account)
    await pilot.see("is offered")
    error = ("NotAllowed", "bob cancelled the transfer")
    account.transfer(id=1, state="failed", error=error)
    await pilot.see("as promised  did not come: bob")
    assert "is offered" not in pilot.screen


async def test_a_file_that_we_offer_says_so_until_it_is_there(pilot, account):
    transfer = account.transfer(peer=BOB, name="mine.txt", direction="out", state="offered")
    file = Attachment(name="mine.txt", size=SIZE, direct=True, transfer=transfer.id)
    told = {"type": "system", "out": True, "state": "pending", "more": {"attachments": [file]}}
    account.message(BOB, "file: mine.txt", **told)
    await pilot.see("mine.txt  2 kB  is offered")
    account.transfer(id=transfer.id, state="running", done=500, size=SIZE)
    await pilot.see("mine.txt  2 kB  25%")
    await pilot.press("Esc", "v", "S")
    await pilot.see('"mine.txt" is a file of yours')


async def test_what_one_has_paused_and_is_offered_again_is_said(pilot, account):
    offer(account, state="paused", done=1000)
    await pilot.see("as promised  paused at 50%")
    account.transfer(id=1, state="offered")
    await pilot.see('bob offers "letter.txt" again; :accept-file takes the rest')
    await pilot.command("accept-file")
    await account.called("AcceptFile", 1, "")


async def test_what_is_on_its_way_is_not_taken_once_more(pilot, account):
    offer(account, state="running", done=1000)
    await pilot.see("as promised  50%")
    await pilot.press("Esc", "v", "S")
    await pilot.see('"letter.txt" comes')
    assert account.calls[-1][0] not in ("AcceptFile", "Download")


async def test_what_broke_off_goes_on_by_the_key_that_took_it(pilot, account):
    offer(account, state="failed", error=("HostUnreachable", "bob is gone"))
    await pilot.see("did not come: bob is gone")
    await pilot.press("Esc", "v", "S")
    await pilot.until(lambda: account.transfers[1].state == "queued")
    await pilot.see('"letter.txt" comes')


async def test_what_can_not_be_asked_for_is_to_be_sent_once_more(pilot, account):
    offer(account, state="failed", size=0, error=("HostUnreachable", "bob is gone"))
    said = "did not come: bob is gone (ask bob@example.org to send it once more)"
    await pilot.until(lambda: said in " ".join(pilot.screen.replace("│", "").split()), said)
    assert "tries it again" not in pilot.screen


async def test_what_they_have_cancelled_is_not_proposed_to_be_asked_for(pilot, account):
    why = "bob cancelled the transfer; it goes on where it was once bob offers it again"
    offer(account, state="failed", done=1000, error=("NotAllowed", why))
    await pilot.see("once bob offers it again")
    assert ":download" not in pilot.screen
    await pilot.command("download")
    await pilot.see('"letter.txt" can\'t be fetched: bob cancelled the transfer')


async def test_the_line_of_an_offer_outlives_what_is_known_of_its_transfer(pilot, account):
    file = Attachment(name="letter.txt", size=SIZE, direct=True)
    account.message(BOB, "file: letter.txt", type="system", more={"attachments": [file]})
    await pilot.see("letter.txt  2 kB  was offered")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("none: it is offered from program to program")


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


async def test_what_was_gone_and_is_offered_again_is_said(pilot, account):
    offer(account, state="failed", error=("HostUnreachable", "bob is gone"))
    await pilot.see("as promised  did not come: bob is gone")
    account.transfer(id=1, state="offered", error=("", ""))
    await pilot.see('bob offers "letter.txt" again; :accept-file takes it')
    await pilot.command("accept-file")
    await account.called("AcceptFile", 1, "")


async def test_a_file_says_for_whom_it_waits(pilot, account):
    waits = {"state": "queued", "error": ("HostUnreachable", "bob is away")}
    transfer = account.transfer(peer=BOB, name="mine.txt", direction="out", **waits)
    file = Attachment(name="mine.txt", size=SIZE, direct=True, transfer=transfer.id)
    told = {"type": "system", "out": True, "state": "pending", "more": {"attachments": [file]}}
    account.message(BOB, "file: mine.txt", **told)
    await pilot.see("mine.txt  2 kB  bob is away")
    assert "mine.txt waits" not in pilot.screen
    await pilot.command("transfers")
    await pilot.see("queued: bob is away")
    why = f"{BOB} is away; it is offered again once they are back"
    account.transfer(id=transfer.id, error=("HostUnreachable", why))
    pilot.resize(60, 16)
    await pilot.see('"mine.txt" waits: ')
    await pilot.see("once they are back")
