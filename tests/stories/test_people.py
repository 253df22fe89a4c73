"""Two people tell who they are, and one of them has enough of the other."""

from backendd.api import names
from tests.stories.test_chat import say, two

__all__ = ["two"]


async def befriend(callers, server):
    for one, other in (("alice", "bob"), ("bob", "alice")):
        await callers[one].call(names.ROSTER, "Subscribe", "s", server.jid(other))


async def test_who_somebody_is_shows_by_what_they_tell(server, two):
    callers, terminals = two
    hers, his = terminals["alice"], terminals["bob"]
    await befriend(callers, server)
    await hers.wait_for("each other's presence|see their presence")
    hers.press("esc")
    hers.submit(":nickname Alice in Chains")
    await his.wait_for("Alice in Chains.*online")
    his.press("esc")
    his.submit(":whois")
    await his.wait_for("nickname +Alice in Chains")
    await his.wait_for("client +.*Primitivus")


async def test_somebody_is_blocked_and_unblocked(server, two):
    callers, terminals = two
    hers, his = terminals["alice"], terminals["bob"]
    say(his, "buy my pills")
    await hers.wait_for("buy my pills")
    hers.press("esc")
    hers.submit(":block")
    await hers.wait_for("is blocked; :unblock")
    await hers.wait_for(f"^.*{server.jid('bob')} +blocked")
    say(his, "cheap ones")
    assert (await callers["bob"].wait_for(server.jid("alice"), failed))["body"] == "cheap ones"
    hers.press("esc", "i")
    hers.submit("leave me alone")
    await hers.wait_for("you have blocked")
    hers.press("esc")
    hers.submit(":unblock")
    await hers.wait_for("is no longer blocked")
    say(his, "sorry")
    await hers.wait_for(" sorry")


def failed(message):
    return message.get("state") == "failed"
