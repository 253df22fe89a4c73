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


async def test_words_are_gone_through_where_one_reads_and_a_search_is_narrowed(
    server, user, meet, tui
):
    caller = await user(server, "alice")
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    carol.send(server.jid("alice"), "weather in the mountains")
    await caller.wait_for(server.jid("carol"), is_body("weather in the mountains"))
    for number in range(40):
        bob.send(server.jid("alice"), f"weather report {number}")
    await caller.wait_for(server.jid("bob"), is_body("weather report 39"))
    terminal = await tui("-p", "alice")
    terminal.submit(f":chat {server.jid('bob')}")
    await terminal.wait_for("weather report 0")
    terminal.press("esc")
    await terminal.wait_for("NORMAL")
    terminal.press("G")
    await terminal.wait_for("weather report 39")
    terminal.press("/")
    terminal.submit("weather")
    await terminal.wait_for("weather: 1 of 40; n goes on")
    terminal.press("n", "n")
    await terminal.wait_for("weather: 3 of 40")
    await terminal.wait_for("▸.*weather report 37")
    terminal.press("?")
    terminal.submit("report")
    await terminal.wait_for("report: 2 of 40")
    terminal.press("n", "n")
    await terminal.wait_for("report: 40 of 40, on from the oldest")
    terminal.press("esc")
    await terminal.wait_until(lambda: "▸" not in terminal.text.partition("weather")[2])
    terminal.submit(":search weather from:carol")
    await terminal.wait_for("1 found")
    await terminal.wait_for("carol.*weather in the mountains")


async def test_what_is_on_the_screen_is_found_where_one_reads_by_how_it_begins(
    server, user, meet, tui
):
    caller = await user(server, "alice")
    bob = await meet(server, "bob")
    bob.send(server.jid("alice"), "read https://example.org/a of mine")
    await caller.wait_for(server.jid("bob"), is_body("read https://example.org/a of mine"))
    terminal = await tui("-p", "alice")
    terminal.submit(f":chat {server.jid('bob')}")
    await terminal.wait_for("example.org")
    terminal.press("esc")
    await terminal.wait_for("NORMAL")
    terminal.press("/")
    terminal.submit("exam")
    await terminal.wait_for("exam: 1 of 1")
    terminal.press("/")
    terminal.submit('"exam"')
    await terminal.wait_for("no message here contains")
    terminal.press("/")
    terminal.submit("xample")
    await terminal.wait_for('no word here begins with "xample"; :search looks everywhere')
