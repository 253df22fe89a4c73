"""`jp file send --encrypted`: who reads the message reads the file, and its web server doesn't."""

import pytest

from tests.lab.prosody import Prosody

CONTENT = b"the roots of trees\n" * 5_000


@pytest.fixture
def server(tmp_path, request):
    """A server that takes files over https, which is not in the clear; or else http."""
    is_secure = getattr(request, "param", True)
    with Prosody(tmp_path / "server", components=True, https=is_secure) as own:
        yield own


@pytest.fixture
async def bob(server, user, jp):
    """Whom the user, alice, sends a letter: another profile of theirs."""
    await user(server, "alice")
    await user(server, "bob")
    (jp.directory / "letter.txt").write_bytes(CONTENT)
    return server.jid("bob")


async def heard(jp, server, after):
    """Return the next message that bob gets from alice."""
    words = ("message", "wait", server.jid("alice"), "--after", str(after), "--json")
    return (await jp.ok("-p", "bob", *words, "--limit", "1m")).record


async def test_a_file_is_in_clear_only_where_its_message_is(jp, server, bob):
    await jp.ok("file", "send", bob, "letter.txt", "--encrypted", "--wait")
    sent = (await jp.ok("file", "list", "--json")).record
    assert (sent["state"], sent["encrypted"], sent["method"]) == ("done", True, "http")
    message = await heard(jp, server, 0)
    assert message["body"].startswith("aesgcm://")
    assert message["attachments"][0]["encrypted"] is True
    await jp.ok("-p", "bob", "file", "get", str(message["id"]), "--output", "copy")
    assert (jp.directory / "copy").read_bytes() == CONTENT
    kept = [each for each in server.directory.glob("data/upload*/**/*") if each.is_file()]
    assert any(each.stat().st_size == len(CONTENT) + 16 for each in kept)  # the tag of GCM
    assert all(CONTENT[:100] not in each.read_bytes() for each in kept)


async def test_several_files_are_encrypted_each_with_a_key_of_its_own(jp, server, bob):
    words = ("letter.txt", "letter.txt", "--text", "read them", "--encrypted", "--wait")
    await jp.ok("file", "send", bob, *words)
    last, found = 0, []
    while len(found) < 2:
        message = await heard(jp, server, last)
        last = message["id"]
        found += message.get("attachments", [])
    assert all(each["encrypted"] for each in found)
    assert len({each["url"].partition("#")[2] for each in found}) == 2


@pytest.mark.parametrize("server", [False], indirect=True, ids=["http"])
async def test_where_it_can_not_be_encrypted_nothing_is_sent(jp, server, bob):
    sent = await jp("file", "send", bob, "letter.txt", "--encrypted", "--wait")
    assert (sent.code, "https" in sent.errors) == (1, True), sent
    direct = ("--method", "jingle-s5b", "--encrypted")
    assert (await jp("file", "send", bob, "letter.txt", *direct)).code == 1
    await jp.ok("message", "send", bob, "no letter")
    assert (await heard(jp, server, 0))["body"] == "no letter"
