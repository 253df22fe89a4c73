"""Somebody moves their blog here: looks at what would come, and has it published."""

from tests.backendd.session.peer import Peer
from tests.features.test_publishing import read

ITEM = (
    "<item><title>On {0}</title><guid>https://old.example/{0}</guid><category>Drinks</category>"
    "<pubDate>{1}</pubDate><description>Hot {0}</description></item>"
)
DATES = {
    "tea": "Sun, 01 Mar 2020 10:00:00 GMT",
    "cocoa": "Mon, 02 Mar 2020 10:00:00 GMT",
    "milk": "Fri, 31 Dec 9999 10:00:00 GMT",
    "water": "",
}


async def test_a_blog_is_moved_here_by_its_file(server, user, tui, tmp_path):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    path = tmp_path / "old.xml"
    items = "".join(ITEM.format(*each) for each in DATES.items())
    path.write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f':blog-import "{path}"')
    await terminal.wait_for('into "your blog": 4 new')
    await terminal.wait_for("1 post: dated in the future")
    await terminal.wait_for("1 post: without a date")
    terminal.press("enter")
    await terminal.wait_for("Sure")
    terminal.press("y")
    await terminal.wait_for("4 posts are published")
    there = await read(bob, server.jid("alice"))
    assert {each.title for each in there.values()} == {f"On {each}" for each in DATES}
    terminal.submit(":blog-search #drinks cocoa")
    await terminal.wait_for("On cocoa  Hot cocoa")
    terminal.submit(f':blog-import "{path}"')
    await terminal.wait_for("would be published: 4 there already")
    await bob.close()
