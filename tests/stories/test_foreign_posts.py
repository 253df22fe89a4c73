"""Somebody reads posts as other programs write them, and such as nobody should write."""

import pytest

from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_blogs import entry, item, open_blog

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"

MOVIM = f"""
<entry xmlns='{ATOM}'>
  <title>Ma journée</title>
  <id>7f9d2b3c-1111</id>
  <published>2026-01-01T10:00:00Z</published><updated>2026-01-01T10:00:00Z</updated>
  <author><name>bob</name><uri>xmpp:{{own}}</uri></author>
  <link rel='alternate' type='text/html' href='https://nl.movim.example/blog/1'/>
  <link rel='enclosure' href='https://a.example/b.png' type='image/png' title='b.png' length='12'/>
  <link rel='replies' title='comments'
    href='xmpp:{{own}}?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F7f9d2b3c-1111'/>
  <content type='text'>Du *texte*</content>
  <content type='xhtml'><div xmlns='{XHTML}'><p>Du <em>texte</em></p></div></content>
  <category term='vie'/>
  <generator uri='https://movim.eu' version='0.35'>Movim</generator>
</entry>"""
LIBERVIA = f"""
<entry xmlns='{ATOM}'>
  <title type='text'>A title</title>
  <title type='xhtml'><div xmlns='{XHTML}'>A <b>title</b></div></title>
  <content type='xhtml'><div xmlns='{XHTML}'><p>first</p><ul><li>second</li></ul></div></content>
  <content type='text'>first

* second</content>
  <author><name>bob</name><uri>xmpp:{{own}}</uri><email>bob@a.example</email></author>
  <updated>2026-01-02T10:00:00Z</updated><published>2026-01-02T10:00:00Z</published>
  <category term='verona'/><id>xmpp:{{own}}?;node=urn%3Axmpp%3Amicroblog%3A0;item=a-title</id>
  <link rel='replies' title='comments' type='application/atom+xml'
    href='xmpp:pubsub.a.example?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2Fa-title'/>
</entry>"""


async def write(peer, id, payload):
    await peer.ask("set", None, item(id, payload))


async def reading(server, user, ready):
    """Return a peer with a blog, and a terminal in which it can be read."""
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await open_blog(bob)
    return bob, await ready("alice")


@pytest.mark.every_server
async def test_posts_of_movim_and_libervia_are_read(server, user, ready):
    bob, terminal = await reading(server, user, ready)
    await write(bob, "7f9d2b3c-1111", MOVIM.format(own=bob.jid))
    await write(bob, "a-title", LIBERVIA.format(own=bob.jid))
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("A title")
    await terminal.wait_for("Ma journée")
    terminal.press("enter")
    for text in ("Post: A title", "first", "• second", "verona"):
        await terminal.wait_for(text)
    terminal.press("n")
    for text in ("Post: Ma journée", "Du texte", "vie", r"b\.png", "movim"):
        await terminal.wait_for(text)
    await bob.close()


@pytest.mark.every_server
async def test_pictures_and_links_lead_to_where_they_are_beside_the_post(server, user, ready):
    bob, terminal = await reading(server, user, ready)
    inner = "<p>See <img src='cup.png' alt='a cup'/> and <a href='/milk'>milk</a></p>"
    based, bare = (
        f"<entry xmlns='{ATOM}'{base}><title>{title}</title><content type='xhtml'>"
        f"<div xmlns='{XHTML}'>{inner}</div></content></entry>"
        for title, base in (("based", " xml:base='https://b.example/x/'"), ("bare", ""))
    )
    await write(bob, "a", based)
    await write(bob, "b", bare)
    terminal.submit(f":post xmpp:{bob.jid}?;node=urn%3Axmpp%3Amicroblog%3A0;item=a")
    await terminal.wait_for("Post: based")
    for text in (r"https://b\.example/x/cup\.png", r"https://b\.example/milk"):
        await terminal.wait_for(text)
    terminal.submit(f":post xmpp:{bob.jid}?;node=urn%3Axmpp%3Amicroblog%3A0;item=b")
    await terminal.wait_for("Post: bare")
    await terminal.wait_for("See a cup and milk")
    await bob.close()


@pytest.mark.every_server
async def test_what_nobody_should_write_does_no_harm_and_hides_nothing(server, user, ready):
    bob, terminal = await reading(server, user, ready)
    far = 24 * 365 * 50
    script = (
        f"<content type='xhtml'><div xmlns='{XHTML}'><script>bad()</script><style>p</style>"
        "<p onclick='bad()'>harmless <a href='javascript:bad()'>link</a></p></div></content>"
    )
    html = "<content type='html'>&lt;p&gt;un&lt;b&gt;closed &lt;img src=x onerror=bad()</content>"
    long = "<content type='text'>" + "word &lt;b&gt; \N{GRINNING FACE} " * 12_000 + "</content>"
    escapes = "a&#x9b;31m b\N{RIGHT-TO-LEFT OVERRIDE}c&#x85;d"
    await write(bob, "bare", f"<entry xmlns='{ATOM}'/>")
    await write(bob, "no-entry", "<nick xmlns='urn:example:nick'>x</nick>")
    await write(bob, "script", entry("Script", hours=1, inner=script))
    await write(bob, "html", entry("Tags", hours=2, inner=html))
    await write(bob, "long", entry("Long", hours=3, inner=long))
    await write(bob, "escapes", entry(escapes, hours=4))
    await write(bob, "forged", entry("Forged", hours=5, author="carol@x.localhost"))
    await write(bob, "future", entry("From tomorrow", hours=far))
    await write(bob, "a/b c é?;item=x", entry("Odd", hours=6))
    await write(bob, "plain", entry("The last one", hours=7))
    terminal.submit(f":blog {bob.jid}")
    for text in ("Script", "Tags", "Long", "Forged", "From tomorrow", "The last one"):
        await terminal.wait_for(text)
    assert "\x9b" not in terminal.text
    for id, text in (
        ("script", "harmless link"),
        ("html", "unclosed"),
        ("long", "word <b>"),
        ("escapes", "a31m bc"),
        ("forged", r"carol@x.localhost \?"),
        ("bare", "bob"),
        ("a/b c é?;item=x", "Post: Odd"),
    ):
        terminal.submit(f":post {encode(ItemAddress(bob.jid, MICROBLOG, id))}")
        await terminal.wait_for(text)
        assert "bad()" not in terminal.text
    await bob.ask(
        "set",
        None,
        "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>"
        f"<delete node='{MICROBLOG}'/></pubsub>",
    )
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("as it was read before")
    await bob.close()
