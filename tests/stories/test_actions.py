"""Two people change and take back what they said, each in a terminal."""

from backendd.api import names


async def open_chat(terminal, jid):
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":chat {jid}")
    await terminal.wait_for(f"^.*{jid}")


async def test_what_was_said_is_edited_and_taken_back_for_both(server, user, tui):
    alice = await user(server, "alice")
    await user(server, "bob")
    hers, his = await tui("-p", "alice"), await tui("-p", "bob")
    await open_chat(hers, server.jid("bob"))
    await open_chat(his, server.jid("alice"))
    await alice.send(server.jid("bob"), "smal talk")
    await alice.send(server.jid("bob"), "a secret")
    await his.wait_for("a secret")
    hers.press("esc", "v", "k", "e")
    await hers.wait_for("edit: smal talk")
    hers.press("C-u")
    hers.submit("small talk")
    await his.wait_for(" small talk .*edited")
    # What is done while the server can't be reached goes out later.
    await alice.call(names.PROFILE, "Disconnect", "a{sv}", {})
    await alice.wait_state("offline")
    hers.press("esc")
    hers.submit(":retract")
    await hers.wait_for("Sure")
    hers.submit("y")
    await hers.wait_for(r"\(retracted\)")
    await alice.call(names.PROFILE, "Connect", "a{sv}", {})
    await his.wait_for(r"\(retracted\)")
    await his.wait_gone("a secret")
    his.press("esc")
    his.submit(":edits")
    await his.wait_for("What it said before")
    await his.wait_for("smal talk")
