"""Whatever of its streams is closed or full, each command ends with a code that is right."""

import asyncio
import sys

import pytest

from jp import groups
from jp.kinds.kind import Choice

pytestmark = pytest.mark.components

# What stands for an argument that has to be given, by its kind; a choice has its first word.
GIVEN = {
    "Address": "{domain}", "BlogAddress": "/notes", "Body": "words", "ChallengeId": "1",
    "DraftId": "1", "EntryAddress": "{entry}", "File": "a.txt", "InvitationId": "1",
    "Member": "Roster.List", "MessageId": "{message}", "NewAddress": "{domain}", "NewFile": "new",
    "Nick": "ally", "OpenedFile": "a.txt", "Peer": "{bob}", "ProfileKey": "alice",
    "ReaderRequestId": "1", "RoomAddress": "{room}", "Server": "{domain}", "Target": "new.atom",
    "TransferId": "1", "Word": "words",
}  # fmt: skip
LIMIT = ("--limit=100ms",)
MORE = {
    "account register": ("{reached}",),
    "account media": ("{reached}",),
    "message wait": LIMIT,
    "profile wait": LIMIT,
    "watch": LIMIT,
}
# What ends the others: the account, the connection, what they are about.
LAST = ("message forget", "profile disconnect", "profile lock", "profile password")


@pytest.fixture
async def known(jp, server, user, meet):
    """What stands for what arguments are; the user, alice, is online."""
    await user(server, "alice")
    bob = await meet(server, "bob")
    (jp.directory / "a.txt").write_text("a")
    own = await jp.ok("message", "send", bob.jid, "hello", "--wait")
    entry = await jp.ok("blog", "post", "First.", "--wait")
    room = f"garden@conference.{server.domain}"
    await jp.ok("room", "join", room, "--nick", "ally")
    return {
        "bob": bob.jid,
        "domain": server.domain,
        "entry": entry.output.strip(),
        "message": own.output.strip(),
        "reached": f"--ca-file={server.ca_file} --host=127.0.0.1 --port={server.port}",
        "room": room,
    }


def lines(known):
    """Yield each command with words that it can do something by."""
    for command in sorted(groups.every(), key=lambda each: each.words in LAST):
        words = command.words.split()
        for each in command.arguments:
            if each.is_required:
                kind = each.kind
                name = getattr(kind, "__name__", type(kind).__name__)
                words.append(kind.words[0] if isinstance(kind, Choice) else GIVEN[name])
        words += MORE.get(command.words, ())
        yield command.words, [part for each in words for part in each.format(**known).split()]


async def run(jp, words, redirected):
    """Return how jp ends with words and redirections of a shell."""
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "jp", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=jp.env,
        cwd=jp.directory,
    )
    output, errors = await process.communicate()
    said = errors.decode()
    assert "Traceback" not in said, (words, said)
    assert "Exception ignored" not in said, (words, said)
    return process.returncode, output.decode(), said


async def test_each_command_says_what_can_not_be_printed_and_needs_no_standard_error(jp, known):
    for name, words in lines(known):
        # One after the other: some can be done once.
        code, output, _ = await run(jp, words, "<&- 2>/dev/full")
        full, _, told = await run(jp, words, "<&- >/dev/full")
        assert {code, full} <= {0, 1, 2}, (name, told)
        assert bool(output) == ("can't be printed: No space left" in told), (name, told)
        assert full == 1 or not output, (name, told)


DONE = (
    (("message", "send", "{bob}", "once"), "is stored"),
    (("message", "send", "{bob}", "again", "--wait=1d"), "is stored"),
    (("message", "retry-all"), "sent again: 0"),
    (("message", "discard-all", "--yes"), "given up: 0"),
    (("blog", "discard-pending"), "given up: 0"),
    (("blog", "save-draft", "half a sen"), "the draft is kept"),
)


async def test_who_can_not_read_what_was_done_is_told_that_it_was(jp, known):
    for words, said in DONE:
        code, _, told = await run(jp, [each.format(**known) for each in words], ">/dev/full")
        assert (code, said in told) == (1, True), (words, told)
    assert len((await jp.ok("blog", "drafts", "--json")).records) == 1
