"""Two people react to what they say, each in a terminal, also while nothing can be sent."""

from backendd.api import names


async def open_chat(terminal, jid):
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":chat {jid}")
    await terminal.wait_for(f"^.*{jid}")


async def test_reactions_go_to_and_fro_and_are_taken_back(server, user, tui):
    alice = await user(server, "alice")
    await user(server, "bob")
    hers, his = await tui("-p", "alice"), await tui("-p", "bob")
    await open_chat(hers, server.jid("bob"))
    await open_chat(his, server.jid("alice"))
    await alice.send(server.jid("bob"), "we won the match")
    await his.wait_for("we won the match")
    his.press("esc")
    his.submit(":react tada")
    await his.wait_for("🎉.*me")
    await hers.wait_for("🎉.*bob")
    # On what one wrote oneself, while the other is away and the server can't be reached.
    await alice.call(names.PROFILE, "Disconnect", "a{sv}", {})
    await alice.wait_state("offline")
    hers.press("esc", "v", "+")
    await hers.wait_for("👍.*me")
    await alice.call(names.PROFILE, "Connect", "a{sv}", {})
    await his.wait_for("👍.*alice")
    his.press("esc")
    his.submit(":react tada")
    await hers.wait_gone("🎉")
