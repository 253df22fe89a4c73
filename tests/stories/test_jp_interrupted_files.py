"""Ctrl-C in the middle of files that come, and of blogs that are moved: what is left of them."""

import signal

import pytest

from tests.backendd.files.webserver import serving
from tests.backendd.session.peer import Peer
from tests.features.test_downloads import CONTENT, DIGESTS, sharing_of
from tests.features.test_handed_downloads import Stalling
from tests.stories.test_jp_interrupted import FEED, INTERRUPTED, interrupted
from tests.stories.test_killed_transfers import is_moving

pytestmark = pytest.mark.components


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


@pytest.fixture
def here(jp):
    """Where files are to come to, with nothing in it."""
    (jp.directory / "here").mkdir()
    return jp.directory / "here"


@pytest.fixture
async def shared(server, alice):
    """The id of a message with two files, of which the first stops coming in the middle."""
    bob = await Peer(server, "bob").online()
    async with serving(Stalling()) as web:
        url = web.url("/cat.png")
        bob.stream.send(sharing_of(server.jid("alice"), url, hashes=DIGESTS))
        message = await alice.wait_for(bob.jid, lambda each: each.get("attachments"))
        yield str(message["id"])
    await bob.close()


async def states(jp):
    return {str(e["id"]): e["state"] for e in (await jp.ok("file", "list", "--json")).records}


def hold_once_begun(between, member):
    """Have jp stop where it knows what the transfer is called that it began with this member."""
    between.hold("List", behind=member)


@pytest.mark.parametrize(
    ("where", "member"),
    [(["here"], "Download"), (["--output", "here/copy"], "DownloadHandle")],
    ids=["in", "as"],
)
async def test_of_a_file_that_is_cancelled_while_it_comes_nothing_stays(
    jp, distant, between, alice, shared, here, where, member
):
    hold_once_begun(between, member)
    process = await distant.start("file", "get", shared, *where, "--wait")
    await between.held()
    await alice.wait_transfer(is_moving)
    output, said = await interrupted(process)
    ((id, state),) = (await states(jp)).items()
    assert (output, said) == ("", f"jp: interrupted; transfer {id} is cancelled\n")
    assert (state, [*here.iterdir()]) == ("cancelled", [])
    # It can be fetched anew: the place was only slow.
    again = await jp.ok("file", "get", shared, "here", "--wait=1m")
    assert (here / "cat.png").read_bytes() == CONTENT
    assert again.output == f"{here}/cat.png\n"


async def test_what_came_into_a_pipe_is_the_beginning_and_the_rest_does_not_come(jp, shared):
    process = await jp.start("file", "get", shared, "--output", "-")
    first = await process.stdout.read(1000)
    process.send_signal(signal.SIGINT)
    more, errors = await process.communicate()
    assert (process.returncode, b"is cancelled" in errors) == (INTERRUPTED, True)
    assert CONTENT.startswith(first + more)
    assert len(first + more) < len(CONTENT)
    assert set((await states(jp)).values()) == {"cancelled"}


async def test_of_several_files_each_is_told_of(jp, distant, between, alice, here):
    entry = await posted(jp, "one", "two")
    between.hold("Download", behind="Download")
    process = await distant.start("blog", "fetch", entry, "here", "--wait")
    await between.held()
    _, said = await interrupted(process)
    *_, (id, state) = (await states(jp)).items()
    assert f"transfer {id} is {state}; what is fetched may be on its way" in said


async def posted(jp, *names):
    """Return what an entry is called that comes with files."""
    for each in names:
        (jp.directory / each).write_text("leaves")
    files = (word for each in names for word in ("--file", each))
    return (await jp.ok("blog", "post", "Look", *files, "--wait")).output.strip()


async def test_a_file_of_an_entry_is_cancelled_while_its_server_does_not_answer(
    jp, distant, between, server, alice, here
):
    entry = await posted(jp, "tea.txt")
    server.pause()
    hold_once_begun(between, "Download")
    process = await distant.start("blog", "fetch", entry, "here", "--wait")
    await between.held()
    await alice.wait_transfer(lambda each: each["direction"] == "in" and each["state"] == "running")
    _, said = await interrupted(process)
    server.unpause()
    assert said.endswith(" is cancelled\n")
    assert "cancelled" in (await states(jp)).values()
    assert [*here.iterdir()] == []


async def test_a_file_that_is_cancelled_while_it_goes_is_not_sent_later(
    jp, distant, between, server, alice, meet
):
    bob = await meet(server, "bob")
    (jp.directory / "big").write_bytes(CONTENT)
    await jp.ok("file", "limit")  # it is known by now where files are taken
    server.pause()
    hold_once_begun(between, "Send")
    process = await distant.start("file", "send", bob.jid, "big", "--wait")
    await between.held()
    await alice.wait_transfer(lambda each: each["state"] == "running")
    output, said = await interrupted(process)
    server.unpause()
    assert said == f"jp: interrupted; transfer {output.strip()} is cancelled\n"
    await jp.ok("message", "send", bob.jid, "no file")
    await bob.wait_for("no file")
    assert [each.body for each in bob.received] == ["no file"]


@pytest.mark.parametrize("is_done", [False, True], ids=["on its way", "done"])
async def test_a_blog_that_is_not_written_to_the_end_is_not_there(
    jp, distant, between, alice, is_done
):
    await jp.ok("blog", "post", "First.", "--wait")
    between.hold("Export", answer=is_done)
    process = await distant.start("blog", "export", "garden.atom")
    await between.held()
    path = jp.directory / "garden.atom"
    assert await interrupted(process) == ("", f"jp: interrupted; {path} is not written\n")
    assert not path.exists()
    await jp.ok("blog", "export", "garden.atom")
    assert "First." in path.read_text()


async def test_what_was_taken_of_an_import_waits_and_is_given_up_as_it_is_said(jp, alice):
    entry = FEED[FEED.index("<entry>") : FEED.index("</feed>")]
    many = "".join(entry.replace("urn:one", f"urn:{number}") for number in range(400))
    (jp.directory / "feed.atom").write_text(FEED.replace(entry, many))
    await jp.ok("blog", "create", "/copy")
    await jp.ok("blog", "list", "/copy")
    await jp.ok("profile", "disconnect")
    process = await jp.start("blog", "import", "feed.atom", "/copy", "--wait=1d")
    watching = await jp.start("watch", "Blog.OutgoingChanged", "--json")
    while not (await jp.ok("blog", "outgoing", "--json")).records:
        await watching.stdout.readline()
    watching.terminate()
    await watching.communicate()
    _, said = await interrupted(process)
    assert "what was taken of the file is published; `jp blog discard-pending /copy` ends" in said
    given_up = 0
    while (await jp.ok("blog", "outgoing")).output:  # some were just being taken
        given_up += int((await jp.ok("blog", "discard-pending", "/copy")).output)
    assert 0 < given_up <= 400
