"""`jp message`: what is sent, read and waited for from a shell."""

import asyncio
import signal
import sys

import pytest

from tests.lab.correspondent import Correspondent


@pytest.fixture
async def bob(server, user, meet) -> Correspondent:
    """Whom the user, alice, talks with."""
    await user(server, "alice")
    return await meet(server, "bob")


async def test_it_sends_what_stands_in_the_line_and_prints_the_id(jp, bob):
    sent = await jp.ok("message", "send", bob.jid, "the kettle is on")
    assert sent.output.strip().isdecimal()
    await bob.wait_for("the kettle is on")


async def test_a_text_comes_from_a_pipe_or_from_a_file(jp, bob):
    await jp.ok("message", "send", bob.jid, "-", given="two lines\nof it\n")
    await bob.wait_for("two lines\nof it")
    (jp.directory / "note.txt").write_text("as written\n")
    await jp.ok("message", "send", bob.jid, "-", "--input", "note.txt")
    await bob.wait_for("as written")
    # Of a text in a variable nothing else is read from anywhere.
    await jp.ok("message", "send", bob.jid, "@note.txt")
    await bob.wait_for("@note.txt")
    assert (await jp("message", "send", bob.jid, "a", "--input", "note.txt")).code == 2


async def test_a_text_without_an_end_is_refused(jp, bob):
    ended = await jp("message", "send", bob.jid, "-", "--input", "/dev/zero")
    assert (ended.code, "no text is so long" in ended.errors) == (1, True)


async def test_the_same_token_sends_once(jp, bob):
    words = ("message", "send", bob.jid, "only once", "--token", "backup-2026", "--json")
    first, second = await jp.ok(*words), await jp.ok(*words)
    assert first.record == second.record
    await bob.wait_for("only once")
    assert [each.body for each in bob.received] == ["only once"]


async def test_it_waits_until_the_other_side_has_it(jp, bob):
    sent = await jp.ok("message", "send", bob.jid, "did you get it?", "--wait", "--json")
    id = sent.record["id"]
    listed = await jp.ok("message", "list", bob.jid, "--json")
    assert {each["id"]: each["state"] for each in listed.records}[id] == "delivered"


async def test_that_nobody_confirms_it_is_told_and_that_no_server_has_it_an_error(jp, bob, server):
    carol = server.jid("carol")  # who is away
    words = ("message", "send", carol, "are you there?", "--token", "one")
    id = (await jp.ok(*words)).output
    while "sent" not in (await jp.ok("message", "list", carol, "--fields", "state")).output:
        await jp("watch", "Messages.Changed", "--count", "1", "--limit", "200ms")
    waited = await jp.ok(*words, "--wait=100ms")
    assert waited.output == id
    assert "nobody has confirmed it" in waited.errors
    await jp.ok("profile", "disconnect")
    ended = await jp("message", "send", carol, "and now?", "--wait=100ms")
    assert (ended.code, "still pending" in ended.errors) == (1, True)
    assert "the profile is offline" in ended.errors


async def test_what_can_not_be_understood_ends_with_2_and_says_so(jp):
    for words in (
        (),
        ("mesage",),
        ("message",),
        ("message", "sned"),
        ("message", "send"),
        ("message", "send", "bob@example.org"),
        ("message", "send", "bob@example.org", "a", "b"),
        ("message", "send", "bob@example.org", "a", "--nothing"),
        ("message", "list", "bob@example.org", "--limit", "many"),
        ("message", "list", "bob@example.org", "--limit"),
    ):
        ended = await jp(*words)
        assert ended.code == 2, words
        assert "--help" in ended.errors
        assert not ended.output


async def test_without_a_backend_it_says_so_if_it_may_not_start_one(jp, backend):
    await backend.stop()
    ended = await jp("--no-start", "message", "list", "bob@example.org")
    assert (ended.code, ended.output) == (3, "")
    assert "not running" in ended.errors


async def test_without_a_bus_it_ends_with_4(jp):
    jp.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={jp.directory}/nowhere"
    assert (await jp("message", "list", "bob@example.org")).code == 4


async def test_it_starts_the_backend_that_does_not_run(jp, bob, backend):
    await backend.stop()
    sent = await jp("message", "send", bob.jid, "up again")
    assert sent.code == 0, sent
    await bob.wait_for("up again")
    await backend.run("stop")


async def test_with_standard_input_closed_it_never_asks(jp, bob):
    sent = await jp("message", "send", bob.jid, "no stdin", given=None)
    assert sent.code == 0
    ended = await jp("message", "send", bob.jid, "-", given=None)
    assert ended.code == 1
    assert "standard input" in ended.errors


async def test_a_reader_that_has_seen_enough_ends_it_quietly(jp, bob):
    for number in range(3):
        await jp.ok("message", "send", bob.jid, f"line {number}")
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", f'"$0" -m jp message list {bob.jid} --json | head -n 1'),
        sys.executable,
        stdout=-1,
        stderr=-1,
        env=jp.env,
    )
    output, errors = await process.communicate()
    assert (len(output.splitlines()), errors) == (1, b"")


async def test_ctrl_c_while_it_waits_says_what_goes_on(jp, bob, server):
    sent = await jp.start("message", "send", server.jid("carol"), "hello", "--wait=1d")
    assert sent.stdout is not None
    await sent.stdout.readline()
    sent.send_signal(signal.SIGINT)
    _, errors = await sent.communicate()
    assert sent.returncode == 130
    assert b"interrupted; message" in errors
    assert b"Traceback" not in errors


async def test_whom_the_roster_names_is_found_by_that_name(jp, bob):
    await jp.ok("call", "Roster.Set", bob.jid, "Bob from next door", "[]")
    await jp.ok("message", "send", "bob from next door", "hello neighbour")
    await bob.wait_for("hello neighbour")


async def test_control_characters_of_others_stay_away_from_people_and_stand_whole_in_json(
    jp, bob, user, server
):
    said = "red \x1b[31m and \u202eback"
    bob.send(server.jid("alice"), said)
    waited = await jp("message", "wait", bob.jid, "--after", "0", "--wait=20s", "--json")
    assert "\x1b" not in waited.output
    listed = await jp.ok("message", "list", bob.jid)
    assert "\x1b" not in listed.output
    assert "\u202e" not in listed.output


async def test_who_waits_for_more_than_comes_is_told_how_many_came(jp, bob, server):
    await jp.ok("message", "send", bob.jid, "a question")
    question = await bob.wait_for("a question")
    bob.send(str(question.sender), "an answer")
    waited = await jp("message", "wait", bob.jid, "--after", "0", "--limit", "5s", "--count", "2")
    assert waited.code == 1
    assert "an answer" in waited.output
    assert "only 1 of 2 messages came in time" in waited.errors
    # Also where it is printed once all has come.
    words = ("--count", "2", "--limit", "100ms", "--template", "conversation.txt")
    waited = await jp("message", "wait", bob.jid, "--after", "0", *words)
    assert (waited.code, "an answer" in waited.output) == (1, True)
    assert (await jp("message", "search", " ")).code == 2


async def test_a_text_that_begins_like_an_option_stands_behind_two_dashes(jp, bob):
    ended = await jp("message", "send", bob.jid, "- an item")
    assert (ended.code, "`--`" in ended.errors) == (2, True)
    await jp.ok("message", "send", bob.jid, "--", "- an item")
    await bob.wait_for("- an item")


async def test_what_is_being_written_is_kept_and_goes_with_the_message(jp, bob):
    assert (await jp.ok("message", "draft", bob.jid)).output == ""
    await jp.ok("message", "draft", bob.jid, "half a sen")
    assert (await jp.ok("message", "draft", bob.jid)).output == "half a sen\n"
    assert "half a sen" in (await jp.ok("message", "drafts")).output
    await jp.ok("message", "send", bob.jid, "a whole one", "--clear-draft")
    assert (await jp.ok("message", "drafts")).output == ""
    await jp.ok("message", "draft", bob.jid, "said once")
    id = (await jp.ok("message", "drafts", "--fields", "draft_id")).output.strip()
    sent = (await jp.ok("message", "send", bob.jid, "said once", "--draft", id)).output
    assert (await jp.ok("message", "drafts")).output == ""
    assert (await jp.ok("message", "send", bob.jid, "said once", "--draft", id)).output == sent
    await jp.ok("message", "draft", bob.jid, "of mine", "--id", "mine")
    assert (await jp.ok("message", "drafts", "--fields", "draft_id")).output == "mine\n"


async def test_all_that_failed_is_sent_again_or_given_up_at_once(jp, bob, server):
    nobody = server.jid("nobody")
    for text in ("one", "two"):
        assert (await jp("message", "send", nobody, text, "--wait=20s")).code == 1
    assert (await jp("message", "discard-all")).code == 1  # nobody said yes
    retried = (await jp.ok("message", "retry-all", nobody, "--json")).record["retried"]
    assert retried == 2
    while (await jp.ok("message", "unsent", "--fields", "state")).output != "failed\nfailed\n":
        await jp("watch", "Messages.Changed", "--count", "1", "--limit", "1s")
    words = ("message", "discard-all", nobody, "--yes", "--json")
    assert (await jp.ok(*words)).record["discarded"] == 2
    assert (await jp.ok("message", "unsent")).output == ""


async def test_a_short_option_that_a_text_begins_like_names_the_dashes(jp):
    ended = await jp("message", "send", "bob@example.org", "-hello")
    assert (ended.code, "`--`" in ended.errors) == (2, True)


async def test_an_error_in_the_configuration_comes_out_as_that(jp, backend):
    await backend.stop()
    folder = jp.directory / "configuration" / "primitivus"
    folder.mkdir(parents=True)
    (folder / "backendd.toml").write_text("nonsense = \n")
    jp.env["XDG_CONFIG_HOME"] = str(folder.parent)
    ended = await jp("profile", "list")
    assert ended.code == 78, ended
    assert "line 1" in ended.errors


async def who_waits_on(jp, bob, server, *options):
    """Have somebody wait for two messages, and return once the first was printed."""
    bob.send(server.jid("alice"), "are you there?")
    words = ("--after", "0", "--count", "2", "--fields", "body", *options)
    waiting = await jp.start("message", "wait", bob.jid, *words)
    assert waiting.stdout is not None
    assert await waiting.stdout.readline() == b"are you there?\n"
    return waiting


async def test_who_waits_goes_on_when_the_backend_is_started_anew(jp, bob, server, backend):
    waiting = await who_waits_on(jp, bob, server)
    assert waiting.stderr is not None
    await backend.stop()
    assert b"has gone" in await waiting.stderr.readline()
    bob.send(server.jid("alice"), "while you were away")
    await jp.ok("message", "conversations")
    assert b"is there" in await waiting.stderr.readline()
    output, _ = await waiting.communicate()
    assert (waiting.returncode, output) == (0, b"while you were away\n")
    await backend.run("stop")


async def test_who_waits_without_a_backend_until_the_time_is_over_ends_with_3(
    jp, bob, server, backend
):
    waiting = await who_waits_on(jp, bob, server, "--limit", "20s")
    await backend.stop()
    _, errors = await waiting.communicate()
    assert (waiting.returncode, b"has stopped" in errors) == (3, True)


async def test_the_archive_is_read_for_who_waits_for_it(jp, bob, server, user):
    server.add_account("dave")
    for number in range(120):
        bob.send(server.jid("dave"), f"number {number}")
    bob.send(server.jid("alice"), "those were all")
    await jp.ok("message", "wait", "--after", "0", "--limit", "30s")
    await user(server, "dave")
    words = ("-p", "dave", "message", "list", bob.jid, "--since", "@1", "--limit", "1000")
    listed = await jp.ok(*words, "--wait", "--fields", "body")
    assert listed.output.splitlines() == [f"number {each}" for each in range(120)]
    await jp.ok("-p", "dave", "profile", "disconnect")
    ended = await jp(*words, "--wait=100ms")
    assert (ended.code, ended.output, "offline" in ended.errors) == (1, "", True)
