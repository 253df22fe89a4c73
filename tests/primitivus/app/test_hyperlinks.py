"""Links and names of files that the terminal opens when they are clicked."""

import asyncio
import socket
import sys

import pytest

from backendd.api.records import Attachment
from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB

GARDEN = "garden@rooms.example.org"
LONG = "https://example.org/" + "/".join(f"part-{number}" for number in range(20))


@pytest.fixture
async def start(bus, scratch, account):
    """Call it to start the program in a terminal that shows the conversation."""
    running = []

    async def started(**env):
        scratch.config.mkdir(parents=True, exist_ok=True)
        (scratch.config / "primitivus.toml").write_text('start = "newest"\n')
        terminal = await Terminal.start(
            (sys.executable, "-m", "primitivus"),
            env={**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, **env},
            cwd=scratch.root,
        )
        running.append(terminal)
        await terminal.wait_for("have you seen this")
        return terminal

    yield started
    await asyncio.gather(*(terminal.close() for terminal in running))


def links(terminal):
    """What is drawn as a link, by its id and address."""
    found = {}
    for row in terminal.emulator.buffer.values():
        for column in range(terminal.emulator.columns):
            id, address = row[column].link
            if address:
                found[id, address] = found.get((id, address), "") + row[column].data
    return found


async def shown(terminal, text):
    await terminal.wait_until(
        lambda: text in links(terminal).values(), f"{text} as a link, not {links(terminal)}"
    )
    ((_, address),) = [key for key, said in links(terminal).items() if said == text]
    return address


async def test_a_link_in_a_text_is_one_however_many_rows_it_takes(start, account):
    terminal = await start()
    account.message(BOB, f"look at {LONG}, it is long")
    assert await shown(terminal, LONG) == LONG
    assert "look" not in "".join(links(terminal).values())


async def test_a_selected_link_still_leads_on(start, account):
    terminal = await start()
    account.message(BOB, "see https://example.org/")
    await shown(terminal, "https://example.org/")
    row = next(number for number, text in enumerate(terminal.rows) if "see https" in text)
    column = terminal.rows[row].index("https")
    before = terminal.emulator.buffer[row][column]
    terminal.press("esc", "v")
    await terminal.wait_until(lambda: terminal.emulator.buffer[row][column] != before, "the mark")
    assert await shown(terminal, "https://example.org/") == "https://example.org/"


async def test_what_is_told_of_a_message_leads_on(start, account):
    url = "https://files.example.org/a/b.jpg"
    account.message(BOB, url, more={"attachments": [Attachment(name="summit.jpg", url=url)]})
    terminal = await start()
    await shown(terminal, "summit.jpg")
    terminal.press("esc")
    terminal.submit(":details")
    assert await shown(terminal, url) == url


async def test_what_was_found_leads_on_also_where_it_is_cut_short(start, account):
    account.message(BOB, f"look at {LONG}, it is long")
    terminal = await start()
    terminal.press("esc")
    terminal.submit(":search look")
    await terminal.wait_until(lambda: LONG in {each for _, each in links(terminal)}, "the link")


@pytest.mark.parametrize("setting", ["line", "full"])
async def test_a_topic_leads_on_also_where_it_is_cut_short(start, account, setting):
    account.enter(GARDEN, "me", subject=f"see {LONG}")
    terminal = await start()
    terminal.resize(24, 120)
    terminal.press("esc")
    terminal.submit(f":set topic {setting}")
    terminal.submit(f":chat {GARDEN}")
    await terminal.wait_until(lambda: LONG in {each for _, each in links(terminal)}, "the link")


@pytest.mark.parametrize("address", ["aesgcm://example.org/x#00", "xmpp:bob@example.org"])
async def test_what_would_not_be_opened_outside_is_no_link_there(start, account, address):
    terminal = await start()
    account.message(BOB, f"{address} and https://example.org/")
    await shown(terminal, "https://example.org/")
    assert list(links(terminal).values()) == ["https://example.org/"]


async def test_the_name_of_a_file_leads_to_where_it_is(start, account):
    url = "https://files.example.org/a/b.jpg"
    terminal = await start()
    account.message(BOB, url, more={"attachments": [Attachment(name="summit.jpg", url=url)]})
    assert await shown(terminal, "summit.jpg") == url


async def test_the_name_of_a_file_that_is_here_leads_to_the_disk_of_this_machine(start, account):
    url = "https://files.example.org/a/b.jpg"
    file = Attachment(name="my hat.jpg", url=url, transfer=1)
    id = account.message(BOB, url, more={"attachments": [file]}).id
    path = "/home/me/my hat.jpg"
    account.transfer(message_id=id, direction="in", state="done", path=path)
    terminal = await start()
    here = f"file://{socket.gethostname()}/home/me/my%20hat.jpg"
    assert await shown(terminal, "my hat.jpg") == here


async def test_a_name_of_a_file_never_leads_to_the_disk_by_what_others_say(start, account):
    terminal = await start()
    for url in ("/etc/passwd", "file:///etc/passwd", "javascript:alert(1)"):
        account.message(BOB, "x", more={"attachments": [Attachment(name="a.txt", url=url)]})
    account.message(BOB, "see https://example.org/")
    await shown(terminal, "https://example.org/")
    assert list(links(terminal).values()) == ["https://example.org/"]


async def test_a_terminal_that_would_print_them_gets_none(start, account):
    terminal = await start(TERM="linux")
    account.message(BOB, "see https://example.org/")
    await terminal.wait_for("see https://example.org/")
    assert not links(terminal)
