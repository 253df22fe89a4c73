"""Profiles from a terminal and from a script."""

import sys

from backendd.api import names
from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.caller import Caller
from tests.lab.terminal import Terminal

ADD = ("profile", "add", "alice", "alice@localhost", "--host", "127.0.0.1", "--port", "1")


async def type_in(backend: Backend, *words: str) -> Terminal:
    command = (sys.executable, "-m", "backendd", *words)
    return await Terminal.start(command, env=backend.env, cwd=backend.scratch.root)


async def test_a_script_adds_lists_and_removes(backend: Backend):
    assert await backend.run(*ADD, given="secret\nprotected\n") == (0, "", "")
    bob = ("profile", "add", "bob", "bob@localhost", "--host", "127.0.0.1", "--port", "1")
    assert (await backend.run(*bob, given="secret\nprotected\n"))[0] == 0
    code, said, _ = await backend.run("profile", "list")
    assert code == 0
    assert [line[:26] for line in said.splitlines()] == [
        "* alice  alice@localhost  ",
        "  bob    bob@localhost    ",
    ]
    assert await backend.run("profile", "default", "bob") == (0, "", "")
    assert "* bob" in (await backend.run("status"))[1]
    removed = (0, "removed the profile alice and all its messages\n", "")
    assert await backend.run("profile", "remove", "alice", "--yes") == removed
    assert "alice" not in (await backend.run("profile", "list"))[1]


async def test_only_a_yes_removes_where_there_is_no_terminal(backend: Backend):
    assert (await backend.run(*ADD, given="secret\nprotected\n"))[0] == 0
    for given, sentence in (("", "there was no answer"), ("n\n", "nothing was removed")):
        code, said, errors = await backend.run("profile", "remove", "alice", given=given)
        assert (code, said) == (1, "")
        assert sentence in errors
        assert "alice" in (await backend.run("profile", "list"))[1]
    code, said, _ = await backend.run("profile", "remove", "alice", given="y\n")
    assert (code, said) == (0, "removed the profile alice and all its messages\n")


async def test_how_a_profile_connects_is_changed(backend: Backend, bus: PrivateBus):
    assert (await backend.run(*ADD, given="secret\nprotected\n"))[0] == 0
    caller = await Caller.open(bus.address, "alice")
    for words, changed in (
        (("--allow-plain", "yes"), ("127.0.0.1", 1, True)),
        (("--port", "2"), ("127.0.0.1", 2, True)),
        (("--host", "", "--allow-plain", "no", "--resource", "laptop"), ("", 0, False)),
    ):
        assert await backend.run("profile", "set", "alice", *words) == (0, "", "")
        settings = await caller.call(
            "org.freedesktop.DBus.Properties", "Get", "ss", names.PROFILE, "Settings"
        )
        assert tuple(settings[key] for key in ("host", "port", "allow_plain")) == changed
    assert settings["resource"] == "laptop"
    await caller.close()


async def test_an_empty_profile_password_is_said_to_be_weak(backend: Backend):
    code, _, errors = await backend.run(*ADD, given="secret\n\n")
    assert code == 0
    assert "stored only obfuscated" in errors


async def test_mistakes_are_sentences(backend: Backend):
    assert await backend.run(*ADD, given="secret\nprotected\n") == (0, "", "")
    for words, given, sentence in (
        (ADD, "secret\n\n", "alice"),
        (("profile", "add", "eve", "no@jid@here"), "", "isn't a valid address"),
        (("profile", "add", "eve", "eve@localhost/desk"), "", 'leave out "desk"'),
        (("profile", "add", "eve", "eve@localhost"), "", "ended before the XMPP password"),
        (("profile", "add", "eve", "eve@localhost"), "\n\n", "the XMPP password is empty"),
        (("profile", "add", "eve", "eve@localhost"), "x\n", "ended before the profile password"),
        (("profile", "add", "eve", "eve@b", "--ca-file", "/none"), "x\n\n", "/none isn't a file"),
        (("profile", "set", "alice"), "", "nothing to change"),
        (("profile", "set", "eve", "--port", "1"), "", "eve"),
        (("profile", "remove", "eve"), "", "eve"),
        (("profile", "default", "eve"), "", "eve"),
        (("unlock", "eve"), "x\n", "eve"),
        (("unlock", "alice"), "wrong\n", "not the password"),
    ):
        code, said, errors = await backend.run(*words, given=given)
        assert (code, said) == (1, ""), words
        assert sentence in errors
        assert errors.startswith("backendd: ")
        assert errors.count("\n") == 1


async def test_unlocking_after_a_stop(backend: Backend):
    assert (await backend.run(*ADD, given="secret\nprotected\n"))[0] == 0
    await backend.stop()
    await backend.start()
    assert (await backend.run("status"))[1].rstrip().endswith("locked")
    assert await backend.run("unlock", "@DEFAULT@", given="protected\n") == (0, "", "")
    assert "locked" not in (await backend.run("status"))[1]


async def test_at_a_terminal_passwords_are_asked_for_and_not_shown(backend: Backend):
    terminal = await type_in(backend, *ADD)
    await terminal.wait_for("XMPP password:")
    terminal.submit("secret")
    await terminal.wait_for(r"Profile password \(empty for none\):")
    terminal.submit("protected")
    await terminal.wait_for("Repeat it:")
    terminal.submit("protected")
    assert await terminal.wait_exit() == 0
    assert "secret" not in terminal.text
    assert "protected" not in terminal.text
    await terminal.close()
    assert await backend.run("unlock", "alice", given="protected\n") == (0, "", "")


async def test_two_different_passwords_make_no_profile(backend: Backend):
    terminal = await type_in(backend, *ADD)
    for prompt, typed in (("XMPP", "secret"), ("Profile", "one"), ("Repeat it", "two")):
        await terminal.wait_for(prompt)
        terminal.submit(typed)
    await terminal.wait_for("the two passwords differ")
    assert await terminal.wait_exit() == 1
    await terminal.close()
    assert await backend.run("profile", "list") == (0, "", "")


async def test_ctrl_c_at_a_question_ends_it(backend: Backend):
    terminal = await type_in(backend, *ADD)
    await terminal.wait_for("XMPP password:")
    terminal.write("\x03")
    assert await terminal.wait_exit() == 130
    assert "Traceback" not in terminal.text
    await terminal.close()


async def test_removing_asks_at_a_terminal(backend: Backend):
    assert (await backend.run(*ADD, given="secret\n\n"))[0] == 0
    for answer, code in (("n", 1), ("y", 0)):
        assert "alice" in (await backend.run("profile", "list"))[1]
        terminal = await type_in(backend, "profile", "remove", "alice")
        await terminal.wait_for(r"Remove profile alice and all its messages\? \[y/N\]")
        terminal.submit(answer)
        assert await terminal.wait_exit() == code
        await terminal.close()
    assert await backend.run("profile", "list") == (0, "", "")
