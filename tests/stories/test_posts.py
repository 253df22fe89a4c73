"""Somebody reads what another has written in a blog, and another post to which it leads."""

from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_blogs import entry, item, open_blog

XHTML = "http://www.w3.org/1999/xhtml"


def content(inner):
    return f"<content type='xhtml'><div xmlns='{XHTML}'>{inner}</div></content>"


async def test_a_post_is_read_and_leads_to_another(server, user, tui):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await open_blog(bob)
    second = encode(ItemAddress(bob.jid, MICROBLOG, "second"))
    inner = (
        "<h1>Why</h1><p onclick='x'>For <b>the</b> taste</p><ul><li>green</li></ul>"
        f"<p><a href='{second}'>more</a></p><script>bad()</script>"
    )
    for id, said in (("second", "<p>Two of them</p>"), ("first", inner)):
        hours = 1 if id == "first" else 0
        written = entry(f"The {id}", hours=hours, inner=content(said), author=bob.jid)
        await bob.ask("set", None, item(id, written))
    first = encode(ItemAddress(bob.jid, MICROBLOG, "first"))
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":post {first}")
    for text in ("Post: The first", "Why", "For the taste", "• green", r"more\[1\]"):
        await terminal.wait_for(text)
    await terminal.wait_gone("bad")
    terminal.press("o")
    await terminal.wait_for("Post: The second")
    terminal.press("p")
    await terminal.wait_for("Post: The first")
    terminal.press("n")
    await terminal.wait_for("Two of them")
    terminal.press("q")
    await terminal.wait_for("Post: The first")
    await bob.close()
