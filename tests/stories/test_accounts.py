"""Two accounts of one person in one terminal, each for itself."""

from backendd.api import names


async def test_two_accounts_in_one_terminal(server, user, meet, tui, backend):
    callers = {name: await user(server, name) for name in ("alice", "carol")}
    bob = await meet(server, "bob")
    bob.send(server.jid("alice"), "for alice, at home")
    await callers["alice"].wait_for(bob.jid, bool)
    terminal = await tui()
    await terminal.wait_for("for alice, at home")
    terminal.press("enter")
    await terminal.wait_for("INSERT")

    # What comes for the other one stands below its name, and is unread.
    bob.send(server.jid("carol"), "for carol, at work")
    await terminal.wait_for("1 unread")
    await terminal.wait_for(r"(?s)alice .*bob .*carol .*bob +1")
    assert "for carol" not in terminal.text

    # What is typed goes out from where one is, which is said.
    await terminal.wait_for("as alice >")
    terminal.submit("alice answers")
    assert (await bob.wait_for("alice answers")).sender == server.jid("alice")
    terminal.press("esc")
    terminal.submit(":next-unread")
    await terminal.wait_for("for carol, at work")
    await terminal.wait_for("as carol >")
    terminal.submit("carol answers")
    assert (await bob.wait_for("carol answers")).sender == server.jid("carol")
    for name, other in (("alice", "carol"), ("carol", "alice")):
        bodies = [each["body"] for each in await callers[name].messages(server.jid("bob"))]
        assert f"{name} answers" in bodies
        assert f"{other} answers" not in bodies

    # One that is removed takes what was shown of it along; what is typed then is for nobody.
    code, _, _ = await backend.run("profile", "remove", "carol", "--yes")
    assert code == 0
    await terminal.wait_gone("carol")
    await terminal.wait_for(":chat ADDRESS opens a conversation")
    assert "for alice" not in terminal.text
    terminal.press("esc")
    terminal.submit(":chat bob")
    await terminal.wait_for("for alice, at home")
    terminal.press("esc")
    terminal.submit(":quit")
    assert await terminal.wait_exit() == 0


async def test_a_locked_account_beside_another_asks_when_it_is_entered(server, user, meet, tui):
    await user(server, "alice")
    carol = await user(server, "carol", profile_password="sesame")
    bob = await meet(server, "bob")
    bob.send(server.jid("alice"), "hello alice")
    bob.send(server.jid("carol"), "a secret")
    await carol.wait_for(bob.jid, lambda message: message["body"] == "a secret")
    terminal = await tui()
    await terminal.wait_for("hello alice")
    # The backend has it unlocked; here it is not.
    await terminal.wait_for(r"carol \(locked\)")
    assert await carol.wait_state("online") == "online"
    # What alice has is read as soon as somebody shows to be here; of carol nothing is told.
    terminal.press("esc")
    await terminal.wait_gone("unread")
    terminal.submit(":profile carol")
    await terminal.wait_for("(?i)profile password")
    terminal.submit("wrong")
    await terminal.wait_for("not the password of the profile")
    assert "a secret" not in terminal.text
    terminal.submit("sesame")
    await terminal.wait_for("a secret")
    await carol.call(names.PROFILE, "Lock")
    await terminal.wait_gone("a secret")
    await terminal.wait_for(r"carol \(locked\)")
