"""Where there is nothing, who looks at a terminal is told so, and a pipe has nothing."""

import pytest

from jp import groups
from jp.command import NOTHING

pytestmark = pytest.mark.components

# Of who has just begun; `bob` is an account with whom nothing was ever said.
EMPTY = (
    "blog comment-drafts",
    "blog discussions",
    "blog drafts",
    "blog nodes",
    "blog outgoing",
    "blog requests",
    "blog search beans",
    "blog subscriptions",
    "blog timeline",
    "blog unpublished",
    "file list",
    "file list --waiting",
    "message conversations",
    "message conversations --unread",
    "message draft bob@example.org",
    "message drafts",
    "message list bob@example.org",
    "message search kettle",
    "message unsent",
    "presence list bob@example.org",
    "room invitations",
    "room list",
    "roster blocked",
    "roster list",
    "roster list --online",
    "roster requests",
    "service challenges",
)
# They always have something to print, wait for it, do something, or fail where there is nothing.
OTHERS = {
    "account archive",
    "account vcard",
    "backend configuration",
    "backend quiet-time",
    "backend show",
    "blog access",
    "blog discard-pending",
    "blog group-service",
    "blog info",
    "blog list",
    "blog writers",
    "file limit",
    "message discard-all",
    "message retry-all",
    "message wait",
    "presence get",
    "profile default",
    "profile list",
    "profile show",
    "watch",
}


def test_each_command_that_prints_without_being_told_of_what_is_known_here():
    printing = {
        each.words
        for each in groups.every()
        if each.prints != NOTHING and not any(one.is_required for one in each.parameters)
    }
    listed = {each.words for each in groups.every() for line in EMPTY if _is(each.words, line)}
    assert printing - listed == OTHERS


def _is(words, line):
    return line.split()[: len(words.split())] == words.split()


async def test_without_a_profile_that_is_said(jp, backend):
    for words, said in (("profile list", "jp profile add"), ("profile default", "default one")):
        assert (await jp.ok(*words.split())).output == ""
        assert said in await _at_a_terminal(jp, words)


async def test_what_is_empty_is_told_to_a_terminal_alone(jp, server, user):
    await user(server, "alice")
    await user(server, "bob")
    for line in EMPTY:
        words = line.replace("example.org", server.domain)
        assert (await jp.ok("-p", "alice", *words.split())).output == "", line
        said = await _at_a_terminal(jp, f"-p alice {words}")
        assert len(said.split()) >= 2, (line, said)


async def _at_a_terminal(jp, words):
    """Return what a command shows at a terminal."""
    async with await jp.in_terminal(*words.split()) as terminal:
        assert await terminal.wait_exit() == 0, words
        return "\n".join(terminal.rows).strip()
