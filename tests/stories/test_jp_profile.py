"""`jp profile`: accounts and their secrets, at a terminal and in a pipe."""

import os

import pytest


@pytest.fixture
def account(server):
    """What `jp profile add` takes to reach the account of alice."""
    return (
        *("alice", server.jid("alice"), "--host", "127.0.0.1", "--port", str(server.port)),
        *("--ca-file", str(server.ca_file)),
    )


async def test_a_profile_is_made_from_a_pipe_and_goes_online(jp, server, account):
    secrets = f"{server.password('alice')}\n\n"
    await jp.ok("profile", "add", *account, given=secrets)
    waited = await jp.ok("profile", "wait", "online", "--limit", "2m")
    assert waited.output == "online\n"
    listed = await jp.ok("profile", "list", "--json")
    assert (listed.record["Name"], listed.record["State"]) == ("alice", "online")
    shown = await jp.ok("profile", "list")
    assert "* " in shown.output
    assert (await jp.ok("profile", "default")).output == "alice\n"


async def test_its_password_is_asked_for_at_a_terminal_and_never_shown(jp, server, account):
    await jp.ok("profile", "add", *account, given=f"{server.password('alice')}\nsesame\n")
    await jp.ok("profile", "lock", "alice")
    async with await jp.in_terminal("profile", "unlock", "alice") as terminal:
        await terminal.wait_for("Profile password:")
        terminal.submit("sesame")
        assert await terminal.wait_exit() == 0
        assert "sesame" not in terminal.text
    assert (await jp.ok("call", "Profile.State")).output != "locked\n"


async def test_secrets_come_by_a_descriptor_of_ones_choice(jp, server, account):
    await jp.ok("profile", "add", *account, given=f"{server.password('alice')}\nsesame\n")
    await jp.ok("profile", "lock")
    words = "profile unlock --password-fd 7 7<secret </dev/null"
    process = await jp.start_in_shell(words, "sesame")
    output, errors = await process.communicate()
    assert (process.returncode, output, errors) == (0, b"", b"")


async def test_without_a_secret_nothing_is_asked_for_where_nobody_is(jp, server, account):
    for given in ("", None):
        ended = await jp("profile", "add", *account, given=given)
        assert ended.code == 1
        assert "XMPP password" in ended.errors
    assert (await jp.ok("profile", "list")).output == ""


async def test_a_wrong_password_is_an_error_with_a_sentence(jp, server, account):
    await jp.ok("profile", "add", *account, given=f"{server.password('alice')}\nsesame\n")
    await jp.ok("profile", "lock")
    ended = await jp("profile", "unlock", given="open\n")
    assert (ended.code, ended.output) == (1, "")
    assert len(ended.errors.splitlines()) == 1


async def test_it_is_removed_after_a_question_or_without_one_if_that_is_said(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    ended = await jp("profile", "remove", "alice", given="y\n")
    assert ended.code == 1
    assert "nothing was done" in ended.errors
    async with await jp.in_terminal("profile", "remove", "alice") as terminal:
        await terminal.wait_for(r"Remove profile alice .*\[y/N\]")
        terminal.submit("n")
        assert await terminal.wait_exit() == 1
    await jp.ok("profile", "remove", "alice", "--yes")
    assert (await jp.ok("profile", "list", "--json")).records == []


async def test_its_settings_are_changed_and_shown(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    words = ("--nickname", "Alice", "--highlight", "tea", "--highlight", "cake", "--priority", "-3")
    await jp.ok("profile", "set", *words)
    settings = (await jp.ok("profile", "show", "--json")).record["Settings"]
    assert (settings["nickname"], settings["highlight"], settings["priority"]) == (
        *("Alice", ["tea", "cake"], -3),
    )
    assert (await jp("profile", "set")).code == 2


async def test_what_matters_of_a_profile_is_shown_first_and_long_lists_are_counted(
    jp, server, account
):
    await jp.ok("profile", "add", *account, given=f"{server.password('alice')}\n\n")
    await jp.ok("profile", "wait", "online", "--limit", "2m")
    while not (
        features := (await jp.ok("profile", "show", "--json")).record.get("ServerFeatures", [])
    ):
        await jp("watch", "Profile", "--count", "1", "--limit", "200ms")
    lines = (await jp.ok("profile", "show")).output.splitlines()
    assert [each.split()[0] for each in lines[:4]] == ["Name", "Jid", "FullJid", "State"]
    assert lines[-1].split()[:2] == ["ServerFeatures", f"{len(features)},"]
    listed = await jp.ok("profile", "show", "--fields", "ServerFeatures")
    assert features[0] in listed.output


async def test_an_unknown_profile_is_told(jp):
    ended = await jp("profile", "connect", "nobody")
    assert ended.code == 1
    assert "nobody" in ended.errors
    assert os.linesep not in ended.errors.strip()


async def test_what_is_not_set_is_a_dash_and_can_be_set_so(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    await jp.ok("profile", "set", "--host", "", "--port", "0")
    shown = (await jp.ok("profile", "show")).output
    assert "port -\n" in shown
    assert "host -\n" in shown
    assert "port 0" not in shown


async def test_a_profile_without_a_password_asks_for_none(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    async with await jp.in_terminal("profile", "unlock") as terminal:
        await terminal.wait_for("has no password")
        assert await terminal.wait_exit() == 1


async def test_one_without_a_password_that_was_locked_is_opened_again(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    await jp.ok("profile", "lock")
    assert (await jp.ok("call", "Profile.State")).output == "locked\n"
    await jp.ok("profile", "unlock")
    assert (await jp.ok("call", "Profile.State")).output == "offline\n"


async def test_where_nobody_is_asked_it_says_so(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\n\n")
    ended = await jp("profile", "remove", "alice", given="y\n")
    assert "jp never asks; --yes says yes" in ended.errors


async def test_its_password_and_address_are_changed(jp, server, account):
    await jp.ok("profile", "add", *account, "--offline", given=f"{server.password('alice')}\nold\n")
    wrong = await jp("profile", "password", given="never\nnew\n")
    assert (wrong.code, wrong.output) == (1, "")
    await jp.ok("profile", "password", given="old\nnew\n")
    await jp.ok("profile", "lock")
    assert (await jp("profile", "unlock", given="old\n")).code == 1
    await jp.ok("profile", "unlock", given="new\n")
    await jp.ok("profile", "jid", server.jid("bob"))
    assert (await jp.ok("profile", "show", "--json")).record["Jid"] == server.jid("bob")
    await jp.ok("profile", "xmpp-password", given=f"{server.password('bob')}\n")
    await jp.ok("profile", "connect")
    assert (await jp("profile", "jid", server.jid("alice"))).code == 1
    await jp.ok("profile", "dismiss", "password", "")
