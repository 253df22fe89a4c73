"""`jp file`: files from a shell."""

import asyncio
import os
import re
import signal

import pytest

pytestmark = pytest.mark.components

CONTENT = b"row after row\n" * 5_000


@pytest.fixture
async def bob(server, user):
    """Whom the user, alice, sends files: another profile of theirs."""
    await user(server, "alice")
    await user(server, "bob")
    return server.jid("bob")


@pytest.fixture
def file(jp):
    path = jp.directory / "a table.csv"
    path.write_bytes(CONTENT)
    return path


async def got(jp, server):
    """Return the first message that bob gets."""
    words = ("-p", "bob", "message", "wait", server.jid("alice"), "--after", "0", "--json")
    return (await jp.ok(*words, "--limit", "30s")).record


async def test_a_file_is_sent_waited_for_and_fetched(jp, server, bob, file):
    sent = await jp.ok("file", "send", bob, file.name, "--wait", "--json")
    listed = (await jp.ok("file", "list", "--json")).records
    assert [(each["id"], each["state"]) for each in listed] == [(sent.record["id"], "done")]
    id = str((await got(jp, server))["id"])
    place = jp.directory / "here"
    place.mkdir()
    fetched = await jp.ok("-p", "bob", "file", "get", id, "here", "--wait")
    assert fetched.output == f"{place}/a table.csv\n"
    assert (place / "a table.csv").read_bytes() == CONTENT
    await jp.ok("-p", "bob", "file", "get", id, "--output", "copy.csv")
    assert (jp.directory / "copy.csv").read_bytes() == CONTENT
    piped = await jp.ok("-p", "bob", "file", "get", id, "--output", "-")
    assert piped.output.encode() == CONTENT
    again = await jp("-p", "bob", "file", "get", id, "--output", "copy.csv")
    assert (again.code, "exists" in again.errors) == (1, True)
    assert (await jp("-p", "bob", "file", "get", id, "--number", "2")).code == 1
    shown = (await jp.ok("file", "list")).output
    assert "a table.csv" in shown
    await jp.ok("file", "remove", str(sent.record["id"]))
    assert (await jp.ok("file", "list", "--waiting")).output == ""


async def test_a_file_whose_name_is_no_text_is_sent_as_well(jp, server, bob):
    name = os.fsdecode(b"caf\xe9")
    (jp.directory / name).write_bytes(CONTENT)
    # Of which another one has what stands for its name where that has to be a text.
    (jp.directory / "caf\ufffd").write_bytes(b"not this one")
    for more in ((), ("--text", "look")):
        id = (await jp.ok("file", "send", bob, name, *more, "--wait")).output.strip()
        assert (await jp.ok("file", "list", "--fields", "size")).output.splitlines()[-1] == str(
            len(CONTENT)
        ), id


async def test_a_file_goes_wherever_output_does_but_to_no_terminal(jp, server, bob, file):
    await jp.ok("file", "send", bob, file.name, "--wait")
    get = ("-p", "bob", "file", "get", str((await got(jp, server))["id"]), "--output")
    for there in ("/dev/null", "/dev/stdout"):
        assert (await jp.ok(*get, there)).errors == ""
    for target, code, said in (("/dev/null", 0, b""), ("/dev/full", 1, b"No space left")):
        output = os.open(target, os.O_WRONLY)
        ended = await jp.run_into(output, *get, "-")
        os.close(output)
        assert (ended[0], said in ended[1]) == (code, True), ended
    reading, writing = os.pipe()
    os.close(reading)
    assert await jp.run_into(writing, *get, "-") == (141, b"")
    os.close(writing)
    terminal = await jp.in_terminal(*get, "-")
    assert await terminal.wait_exit() == 1
    assert "not for a terminal" in terminal.text


async def test_the_same_token_sends_once_and_several_files_go_together(jp, bob, file):
    other = jp.directory / "b.txt"
    other.write_text("b")
    words = (
        "file",
        "send",
        bob,
        file.name,
        other.name,
        "--text",
        "both",
        "--token",
        "t1",
        "--json",
    )
    first, second = await jp.ok(*words), await jp.ok(*words)
    assert [each["id"] for each in first.records] == [each["id"] for each in second.records]
    ids = [str(each["id"]) for each in first.records]
    assert len(ids) == 2
    waited = await jp.ok("file", "wait", *ids, "--json")
    assert [each["state"] for each in waited.records] == ["done", "done"]


async def test_a_list_tells_how_large_files_are_and_which_of_them_failed(jp, server, bob, file):
    (jp.directory / "empty").touch()
    await jp.ok("file", "send", bob, "empty", "--wait")
    assert re.search(r" done +0 bytes +\S*/empty\n", (await jp.ok("file", "list")).output)
    await jp.ok("profile", "disconnect")
    id = (await jp.ok("file", "send", bob, file.name)).output.strip()
    file.unlink()
    await jp.ok("profile", "connect")
    assert (await jp("file", "wait", id, "--limit", "30s")).code == 1
    assert re.search(r" failed .*/a table\.csv \(.+\)\n", (await jp.ok("file", "list")).output)


async def test_what_can_not_be_sent_or_is_unknown_says_so(jp, bob, file):
    assert (await jp("file", "send", bob, "nowhere.txt")).code == 2
    assert (await jp("file", "send", bob)).code == 2
    assert (await jp("file", "send", bob, file.name, "--method", "pigeon")).code == 2
    for words in (("wait", "99"), ("cancel", "99"), ("get", "99"), ("accept", "99")):
        ended = await jp("file", *words)
        assert (ended.code, ended.output) == (1, ""), words
    ended = await jp("file", "send", bob, file.name, "--text", "x", "--description", "y")
    assert ended.code == 2


async def test_ctrl_c_cancels_what_is_waited_for_and_says_what_became_of_it(jp, bob, file):
    await jp.ok("profile", "disconnect")
    sending = await jp.start("file", "send", bob, file.name, "--wait")
    assert sending.stdout is not None
    id = (await sending.stdout.readline()).decode().strip()
    sending.send_signal(signal.SIGINT)
    _, errors = await asyncio.wait_for(sending.communicate(), 30)
    assert sending.returncode == 130
    assert f"transfer {id} is cancelled" in errors.decode()
    found = (await jp.ok("file", "list", "--json")).record
    assert found["state"] == "cancelled"


async def test_on_a_terminal_a_bar_tells_how_far_it_is(jp, bob, file):
    terminal = await jp.in_terminal("file", "send", bob, file.name, "--wait")
    assert await terminal.wait_exit() == 0
