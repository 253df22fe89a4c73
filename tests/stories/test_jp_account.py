"""`jp account`: an account is made, changed and removed, from a shell."""

import pytest
from PIL import Image

from tests.features.test_challenges import PICTURE
from tests.lab.ejabberd import Ejabberd, missing


@pytest.fixture
async def alice(server, user):
    """The user, who is online."""
    await user(server, "alice")
    return server.jid("alice")


def reached(server):
    """Return the options that lead to the server of the tests."""
    return ("--host", "127.0.0.1", "--port", str(server.port), "--ca-file", str(server.ca_file))


async def test_an_account_is_made_with_a_password_from_a_pipe(jp, server, alice):
    asked = await jp.ok("account", "register", server.domain, *reached(server))
    assert "username" in asked.output
    assert "secret" in asked.output
    made = await jp.ok(
        *("account", "register", server.domain, *reached(server)),
        *("--set", "username=ann", "--name", "second", "--json"),
        given="a long secret\n",
    )
    assert made.record == {"jid": server.jid("ann")}
    assert "a long secret" not in made.output + made.errors
    assert (await jp.ok("-p", "second", "presence", "get", "--json")).record["Show"] == "online"


async def test_no_account_is_made_for_a_profile_that_can_not_be(jp, server, alice):
    words = ("account", "register", server.jid("eve"), *reached(server))
    ended = await jp(*words, "--name", "alice", given="a long secret\n")
    assert (ended.code, 'there is a profile "alice" already' in ended.errors) == (1, True)
    await jp.ok(*words, given="a long secret\n")  # nobody has that name yet
    ended = await jp("profile", "add", "eve", server.jid("eve"))
    assert (ended.code, 'a profile "eve" already' in ended.errors) == (1, True)


async def test_a_secret_or_an_unknown_field_on_the_line_is_refused(jp, server, alice):
    words = ("account", "register", server.domain, *reached(server), "--set")
    ended = await jp(*words, "username=eve", "--set", "password=oh")
    assert (ended.code, "secret" in ended.errors) == (1, True)
    ended = await jp(*words, "favourite=blue", given="x\n")
    assert (ended.code, "no field" in ended.errors) == (1, True)
    ended = await jp(*words, "username=eve", given="")
    assert (ended.code, "ended before" in ended.errors) == (1, True)
    assert (await jp(*words, "username")).code == 2
    for word in (f"{server.jid('eve')}/phone", f"@{server.domain}", "eve@"):
        ended = await jp("account", "register", word)
        assert (ended.code, "domain" in ended.errors) == (2, True)
    words = ("account", "register", server.jid("eve"), *reached(server), "--set")
    ended = await jp(*words, "username=mallory", given="x\n")
    assert (ended.code, "before the @" in ended.errors) == (2, True)


async def test_an_account_is_made_where_all_is_encrypted_from_the_first_byte(jp, server):
    place = ("--host", "127.0.0.1", "--port", str(server.direct_tls_port), "--direct-tls")
    words = ("account", "register", server.jid("eve"), *place, "--ca-file", str(server.ca_file))
    await jp.ok(*words, given="a long secret\n")
    await jp.ok("-p", "eve", "profile", "wait", "online", "--limit", "1m")
    found = (await jp.ok("profile", "show", "eve", "--json")).record
    assert (found["Jid"], found["Settings"]["direct_tls"]) == (server.jid("eve"), True)


@pytest.mark.every_server
async def test_an_account_is_made_by_the_address_that_it_is_to_have(jp, server, alice):
    words = ("account", "register", server.jid("eve"), *reached(server))
    made = await jp.ok(*words, given="a long secret\n")
    assert made.output == f"{server.jid('eve')}\n"
    assert (await jp.ok("-p", "eve", "presence", "get", "--json")).record["Show"] == "online"
    async with await jp.in_terminal(*words[:2], server.jid("mia"), *words[3:]) as terminal:
        await terminal.wait_for("[Pp]assword")
        terminal.submit("another secret")
        await terminal.wait_for(server.jid("mia"))
        assert await terminal.wait_exit() == 0
    again = await jp(*words, given="a long secret\n")
    assert again.code == 1


async def test_a_password_is_changed_on_the_server(jp, server, alice):
    assert (await jp("account", "password", given="\n")).code == 1
    await jp.ok("account", "password", given="another one\n")
    await jp.ok("message", "send", alice, "still there", "--wait=20s")


async def test_a_vcard_and_a_picture_are_shown(jp, server, alice):
    await jp.ok("account", "vcard", "--set", "fn=Alice", "--set", "email=a@example.org")
    found = (await jp.ok("account", "vcard", "--json")).record
    assert (found["fn"], found["email"]) == ("Alice", ["a@example.org"])
    await jp.ok("account", "vcard", "--set", "email=")
    assert "email" not in (await jp.ok("account", "vcard", "--json")).record
    assert (await jp("account", "vcard", "--set", "shoe=42")).code == 1
    assert (await jp("account", "avatar")).code == 2
    (jp.directory / "me.png").write_text("no picture")
    assert (await jp("account", "avatar", "me.png")).code == 2
    Image.new("RGB", (64, 64)).save(jp.directory / "me.png")
    await jp.ok("account", "avatar", "me.png")
    await jp.ok("roster", "avatar", alice, "seen.png")
    with Image.open(jp.directory / "seen.png") as seen:
        assert seen.size == (64, 64)
    again = await jp("roster", "avatar", alice, "seen.png")
    assert (again.code, "exists" in again.errors) == (1, True)
    assert (await jp("account", "avatar", "me.png", "--remove")).code == 2
    await jp.ok("account", "avatar", "--remove")
    assert (await jp("roster", "avatar", alice, "gone.png")).code == 1
    assert not (jp.directory / "gone.png").exists()


async def test_what_the_archive_keeps_is_told_and_changed(jp, server, alice):
    bob = server.jid("bob")
    await jp.ok("account", "archive", "never", "--always", bob)
    found = (await jp.ok("account", "archive", "--json")).record
    assert (found["default"], found["always"]) == ("never", [bob])
    await jp.ok("roster", "add", bob, "--name", "Bobby")
    await jp.ok("account", "archive", "--always", "bobby")
    assert (await jp.ok("account", "archive", "--json")).record["always"] == [bob]
    assert (await jp("account", "archive", "--always", "nobody")).code == 2
    await jp.ok("account", "archive", "--always", "")
    assert "always" not in (await jp.ok("account", "archive", "--json")).record


async def test_an_account_is_removed_only_by_who_says_so(jp, server, alice):
    ended = await jp("account", "remove", given="y\n")
    assert (ended.code, "--yes" in ended.errors) == (1, True)
    await jp.ok("account", "remove", "--yes")
    assert (await jp.ok("presence", "get", "--json")).record["State"] != "online"


async def test_who_makes_an_account_reads_a_picture_first(jp, tmp_path):
    if missing():
        pytest.skip(missing())
    with Ejabberd(tmp_path / "asking", captcha=True) as server:
        words = (server.domain, *reached(server))
        shown = (await jp.ok("account", "register", *words)).output
        form = (await jp.ok("account", "register", *words, "--json")).record
        (asked,) = (each for each in form["fields"] if each.get("media"))
        uri = next(each["uri"] for each in asked["media"] if each["uri"].startswith("cid:"))
        assert "cid:" in shown
        await jp.ok("account", "media", server.domain, uri, "seen.png", *reached(server))
        picture = (jp.directory / "seen.png").read_bytes()
        assert picture.startswith(b"\x89PNG\r\n")
        again = await jp("account", "media", server.domain, uri, "seen.png", *reached(server))
        assert (again.code, "exists" in again.errors) == (1, True)
        given = ("--set", "username=ann", "--set")
        wrong = (*words, *given, f"{asked['var']}=no")
        ended = await jp("account", "register", *wrong, given="a long secret\n")
        assert (ended.code, f"`jp account register {server.domain}` asks" in ended.errors) == (
            *(1, True),
        ), ended
        form = (await jp.ok("account", "register", *words, "--json")).record
        (asked,) = (each for each in form["fields"] if each.get("media"))
        (uri,) = (each["uri"] for each in asked["media"] if each["uri"].startswith("cid:"))
        await jp.ok("account", "media", server.domain, uri, "other.png", *reached(server))
        read = (jp.directory / "other.png").read_bytes().removeprefix(PICTURE).decode()
        given = (*given, f"{asked['var']}={read}", "--json")
        made = await jp.ok("account", "register", *words, *given, given="a long secret\n")
        assert made.record == {"jid": server.jid("ann")}
