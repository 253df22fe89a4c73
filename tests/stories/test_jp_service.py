"""`jp service`: what servers are and have, and their commands, from a shell."""

import pytest

pytestmark = pytest.mark.components


@pytest.fixture
async def at_home(server, user):
    """The server of the user, alice, who is online."""
    await user(server, "alice")
    return server.domain


async def test_a_server_is_looked_around_at(jp, at_home):
    info = await jp.ok("service", "info", at_home)
    assert "server/im" in info.output
    assert "http://jabber.org/protocol/disco#info" in info.output
    found = (await jp.ok("service", "items", at_home, "--json")).records
    assert f"conference.{at_home}" in [each["jid"] for each in found]
    one = await jp.ok("service", "items", at_home, "--limit", "1", "--json")
    assert len(one.records) == 1
    assert int((await jp.ok("service", "ping", at_home, "--json")).record["microseconds"]) > 0
    assert (await jp.ok("service", "ping", at_home)).output.endswith(" ms\n")
    assert (await jp.ok("service", "version", at_home, "--json")).record["name"] == "Prosody"
    assert (await jp.ok("service", "time", at_home, "--json")).record["time"]


async def test_commands_are_listed_and_run(jp, at_home):
    offered = (await jp.ok("service", "command", at_home, "--json")).records
    assert "uptime" in [each["node"] for each in offered]
    ended = await jp.ok("service", "command", at_home, "uptime")
    assert "running for" in (ended.output + ended.errors)
    ended = await jp("service", "command", at_home, "no-such-command")
    assert (ended.code, ended.output) == (1, "")


async def test_what_is_no_directory_says_so(jp, at_home):
    ended = await jp("service", "search", f"conference.{at_home}")
    assert (ended.code, ended.output) == (1, "")
