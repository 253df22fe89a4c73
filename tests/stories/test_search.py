"""Somebody looks for what was said, in a real terminal, and goes back to where they were."""


def is_body(body):
    return lambda message: message["body"] == body


async def test_what_was_said_is_found_gone_to_and_left_again(server, user, meet, tui):
    caller = await user(server, "alice")
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    for number in range(60):
        bob.send(server.jid("alice"), f"weather report {number}")
    await caller.wait_for(server.jid("bob"), is_body("weather report 59"))
    carol.send(server.jid("alice"), "Café at nine?")
    await caller.wait_for(server.jid("carol"), is_body("Café at nine?"))
    terminal = await tui("-p", "alice")
    await terminal.wait_for("Café at nine")
    terminal.press("esc")
    terminal.submit(':search "weather report 3"')
    await terminal.wait_for("Search: ")
    terminal.press("enter")
    await terminal.wait_for("weather report 4")
    await terminal.wait_for("weather report 3$|weather report 3 ")
    terminal.submit(":back")
    await terminal.wait_for("Search: ")
    terminal.submit(":back")
    await terminal.wait_for("carol@")
    await terminal.wait_for("Café at nine")
    terminal.submit(":search cafe")
    await terminal.wait_for("carol.*Café at nine")
