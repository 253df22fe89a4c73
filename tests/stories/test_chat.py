"""Two people talk, each in a terminal of their own, whatever happens to the daemon."""

import pytest

from backendd.api import names


@pytest.fixture
async def two(server, user, tui):
    """Two profiles of one daemon, each with a caller and a terminal showing the other."""
    callers, terminals = {}, {}
    for name in ("alice", "bob"):
        callers[name] = await user(server, name)
        terminals[name] = await tui("-p", name)
        await terminals[name].wait_for("NORMAL|INSERT")
    for name, other in (("alice", "bob"), ("bob", "alice")):
        open_chat(terminals[name], server.jid(other))
        await terminals[name].wait_for(f"^.*{server.jid(other)}")
    return callers, terminals


def open_chat(terminal, jid):
    """Open a conversation by its address."""
    terminal.press("esc")
    terminal.submit(f":chat {jid}")


def say(terminal, text):
    """Write a message in the open conversation, and go back to normal mode."""
    terminal.press("esc", "i")
    terminal.submit(text)
    terminal.press("esc")


def bodies(messages):
    return [message["body"] for message in messages]


async def test_two_profiles_of_one_daemon_chat_in_two_terminals(server, two):
    _, terminals = two
    say(terminals["alice"], "did you sleep well?")
    await terminals["bob"].wait_for(r"alice.*did you sleep well\?")
    say(terminals["bob"], "like a stone")
    await terminals["alice"].wait_for("bob.*like a stone")
    for terminal in terminals.values():
        terminal.press("esc")
        terminal.submit(":quit")
        assert await terminal.wait_exit() == 0


async def test_a_killed_daemon_loses_nothing_and_both_terminals_carry_on(server, two, backend):
    callers, terminals = two
    say(terminals["alice"], "before the crash")
    await terminals["bob"].wait_for("before the crash")
    terminals["bob"].press("esc", "i")
    terminals["bob"].write("half a sentence")
    await terminals["bob"].wait_for("half a sentence")
    await backend.kill()
    for terminal in terminals.values():
        await terminal.wait_for("No backend since")
    await terminals["bob"].wait_for("half a sentence")
    await backend.start()
    for terminal in terminals.values():
        await terminal.wait_gone("No backend since")
    terminals["bob"].submit(", and the rest")
    await terminals["alice"].wait_for("half a sentence, and the rest")
    say(terminals["alice"], "after the crash")
    await terminals["bob"].wait_for("after the crash")
    said = ["before the crash", "half a sentence, and the rest", "after the crash"]
    for name, other in (("alice", "bob"), ("bob", "alice")):
        assert bodies(await callers[name].messages(server.jid(other))) == said


async def test_a_message_written_while_the_server_is_away_is_pending_then_sent(
    server, user, meet, tui
):
    await user(server, "alice")
    terminal = await tui()
    await terminal.wait_for("NORMAL|INSERT")
    open_chat(terminal, server.jid("bob"))
    server.stop()
    await terminal.wait_for("(?i)(offline|waiting|connect|trying)")
    say(terminal, "from the train")
    await terminal.wait_for("from the train")
    server.start()
    bob = await meet(server, "bob")
    await bob.wait_for("from the train")
    bob.send(server.jid("alice"), "welcome back")
    await terminal.wait_for("welcome back")


async def test_a_profile_with_a_password_is_asked_for_it_before_anything_shows(
    server, user, meet, tui
):
    alice = await user(server, "alice", profile_password="sesame")
    bob = await meet(server, "bob")
    bob.send(server.jid("alice"), "a secret")
    await alice.wait_for(bob.jid, lambda m: m["body"] == "a secret")
    await alice.call(names.PROFILE, "Lock")
    terminal = await tui()
    await terminal.wait_for("(?i)password")
    terminal.submit("wrong")
    await terminal.wait_for("not the password of the profile")
    assert "a secret" not in terminal.text
    terminal.submit("sesame")
    await terminal.wait_for("bob")
    assert "sesame" not in terminal.text
