"""Some people write a blog together, at a service, and another may read it and no more."""

import pytest

pytestmark = pytest.mark.components


@pytest.fixture
def blog(server):
    """A blog of a group, which the librarian may make (on ejabberd everybody)."""
    server.add_account("librarian")
    return f"pubsub.{server.domain} garden"


async def write(terminal, title, outcome):
    """Publish a post in the blog that is shown, which ends so."""
    terminal.submit(f":publish {title}")
    await terminal.wait_for(f"Draft: {title}")
    await terminal.wait_for("Leaves and water")
    terminal.submit(":publish-draft")
    await terminal.wait_for(outcome)


async def look(terminal, blog, *titles):
    """Show the blog, once it has these posts, with the newest marked."""
    terminal.submit(f":blog {blog}")
    for each in titles:
        await terminal.wait_for(each)
    terminal.press("g", "g")


async def take_back(terminal, meant):
    """Take the marked post back, once it was asked what that means."""
    terminal.submit(":retract")
    await terminal.wait_for("Take a post back")
    await terminal.wait_for(meant)
    terminal.submit("y")


@pytest.mark.every_server
async def test_a_group_writes_a_blog_and_others_read_it(server, user, ready, editor, blog):
    terminals = []
    for name in ("librarian", "alice", "bob", "carol"):
        await user(server, name)
        terminals.append(await ready(name))
    owner, alice, bob, carol = terminals
    owner.submit(f":blog-create {blog} The garden")
    await owner.wait_for("Blog: The garden")
    owner.submit(f":blog-writers publishers {server.jid('alice')}, {server.jid('bob')}")
    await owner.wait_for("its owner and .*alice.*, bob")
    for each in (alice, bob, carol):
        each.submit(f":blog {blog}")
        await each.wait_for("nothing was written here yet")
        each.submit(":follow")
        await each.wait_for("Blog: The garden")
    await write(alice, "Of Alice", '"Of Alice" is published')
    await owner.wait_for("Of Alice")  # which follows what it has made
    await write(bob, "Of Bob", '"Of Bob" is published')
    for each in terminals:
        await look(each, blog, "Of Alice", "Of Bob")
    await write(carol, "Of Carol", "it was not published")
    carol.submit(":discard")
    await carol.wait_for("Discard a post")
    carol.submit("y")
    await carol.wait_gone("Of Carol")
    await look(carol, blog, "Of Bob")
    await take_back(carol, "It is of bob")
    await carol.wait_for("could not be taken back")
    await take_back(owner, "It is of bob")
    await owner.wait_gone("Of Bob")
    await alice.wait_gone("Of Bob")
    await alice.wait_for("me +Of Alice")
    await take_back(alice, "It is gone as soon as its service knows")
    await alice.wait_for("nothing was written here yet")
