"""Somebody follows two conversations at once, in a real terminal, and finds what was said."""

import re


def is_body(body):
    return lambda message: message["body"] == body


def lines(terminal, text):
    """Return the numbers of the rows with this text."""
    return [number for number, row in enumerate(terminal.rows) if text in row]


async def test_two_conversations_are_followed_side_by_side(server, user, meet, tui):
    caller = await user(server, "alice")
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    for who, text in ((bob, "bob is here"), (carol, "carol is here")):
        who.send(server.jid("alice"), text)
        await caller.wait_for(who.jid, is_body(text))
    terminal = await tui("-p", "alice")
    await terminal.wait_for("carol is here")
    terminal.press("esc")
    terminal.submit(f":vsplit {server.jid('bob')}")
    await terminal.wait_for("carol is here.*bob is here")
    carol.send(server.jid("alice"), "to the left")
    bob.send(server.jid("alice"), "to the right")
    await terminal.wait_for("to the left")
    await terminal.wait_for("to the right")
    terminal.write("hello bob")
    await terminal.wait_for("bob > hello bob")
    terminal.press("enter")
    await caller.wait_for(server.jid("bob"), is_body("hello bob"))
    terminal.press("esc", "C-w", "w")
    await terminal.wait_for(f"^.*{re.escape(server.jid('carol'))}")
    terminal.resize(24, 50)
    await terminal.wait_for("too narrow for both")
    await terminal.wait_gone("to the right")
    terminal.resize(24, 120)
    await terminal.wait_for("to the right")
    terminal.press("C-w", "o")
    await terminal.wait_gone("to the right")


async def test_one_conversation_is_read_at_two_places(server, user, meet, tui):
    caller = await user(server, "alice")
    bob = await meet(server, "bob")
    for number in range(80):
        bob.send(server.jid("alice"), f"weather report {number}.")
    await caller.wait_for(server.jid("bob"), is_body("weather report 79."))
    terminal = await tui("-p", "alice")
    await terminal.wait_for(r"weather report 0\.")
    terminal.press("enter")
    await terminal.wait_for(r"weather report 10\.")
    terminal.press("esc", "G")
    await terminal.wait_for(r"weather report 79\.")
    terminal.press("C-w", "s")
    await terminal.wait_until(lambda: len(lines(terminal, "report 79.")) == 2, "it twice")
    terminal.submit("/report 7.")
    await terminal.wait_for(r"weather report 7\.")
    assert len(lines(terminal, "report 79.")) == 1
    bob.send(server.jid("alice"), "and now the sun")
    await terminal.wait_for("and now the sun")
    await terminal.wait_for(r"weather report 7\.")


async def test_what_was_shown_is_walked_back_and_forward_past_what_was_found(
    server, user, meet, tui
):
    caller = await user(server, "alice")
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    bob.send(server.jid("alice"), "the tram is late")
    await caller.wait_for(server.jid("bob"), is_body("the tram is late"))
    for text in ("before that", "a tram, too", "after that"):
        carol.send(server.jid("alice"), text)
        await caller.wait_for(server.jid("carol"), is_body(text))
    terminal = await tui("-p", "alice")
    await terminal.wait_for("before that")
    terminal.press("enter")
    await terminal.wait_for("after that")
    terminal.press("esc")
    terminal.submit(":search tram")
    await terminal.wait_for("Search: tram  2 found")
    await terminal.wait_for("before that")
    await terminal.wait_for("after that")
    terminal.press("down", "enter")
    await terminal.wait_for(f"^.*{re.escape(server.jid('bob'))}")
    terminal.submit(":back")
    await terminal.wait_for("Search: tram")
    terminal.press("up", "enter")
    await terminal.wait_for(f"^.*{re.escape(server.jid('carol'))}")
    terminal.submit(":back")
    await terminal.wait_for("Search: tram")
    terminal.submit(":back")
    await terminal.wait_gone("Search: tram")
    await terminal.wait_for(f"^.*{re.escape(server.jid('carol'))}")
    terminal.submit(":forward")
    await terminal.wait_for("Search: tram")
