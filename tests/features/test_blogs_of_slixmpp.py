"""What is published is read back by slixmpp, element by element, with no code of ours between."""

from urllib.parse import unquote

import pytest

from backendd.api import names
from tests.features.slixmpp_client import other
from tests.features.test_publishing import published
from tests.lab.server import DOMAIN

__all__ = ["other"]

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BLOG = names.BLOG
SERVICE = f"pubsub.{DOMAIN}"
MICROBLOG = "urn:xmpp:microblog:0"


async def items(other, service, node):
    answer = await other.client.plugin["xep_0060"].get_items(service, node)
    return {each["id"]: each["payload"] for each in answer["pubsub"]["items"]}


def said(entry):
    """Return what an entry holds, as names of elements, attributes and texts, in its order."""
    return [
        (each.tag.removeprefix(ATOM), dict(each.attrib), (each.text or "").strip())
        for each in entry
    ]


def only(found, name):
    return [each for each in found if each[0] == name]


GIVEN = {
    "title": "Über Tee", "markdown": "# Why\n\nLeaves *and* [water](https://a.example/w)\n\n- one",
    "tags": ["tea", "hot water"],
    "enclosures": [{"url": "https://a.example/b c.png", "mime": "image/png", "title": "ä.png"}],
}  # fmt: skip


def check(entry, home, service, node, id):
    """Fail unless an entry is what `GIVEN` says, in the form that other programs read."""
    assert entry.tag == f"{ATOM}entry"
    found = said(entry)
    assert only(found, "title") == [("title", {"type": "text"}, "Über Tee")]
    ((_, _, atom_id),) = only(found, "id")
    assert unquote(atom_id) == f"xmpp:{service}?;node={node};item={id}"
    ((_, _, published_at),) = only(found, "published")
    ((_, _, updated_at),) = only(found, "updated")
    assert published_at.endswith("Z")
    assert published_at <= updated_at
    author = entry.find(f"{ATOM}author")
    assert author.findtext(f"{ATOM}uri") == f"xmpp:{home.jid}"
    assert author.findtext(f"{ATOM}name") == home.account
    text, markup = entry.findall(f"{ATOM}content")
    assert (text.get("type"), markup.get("type")) == ("text", "xhtml")
    assert text.text == "Why\n\nLeaves and water (https://a.example/w)\n\n- one"
    (div,) = markup
    assert div.tag == f"{XHTML}div"
    assert [each.tag.removeprefix(XHTML) for each in div] == ["h1", "p", "ul"]
    assert div.find(f"{XHTML}p/{XHTML}a").get("href") == "https://a.example/w"
    assert [each[1] for each in only(found, "category")] == [{"term": "tea"}, {"term": "hot water"}]
    enclosure, replies = [each[1] for each in only(found, "link")]
    assert enclosure == {
        "rel": "enclosure", "href": "https://a.example/b c.png", "type": "image/png",
        "title": "ä.png",
    }  # fmt: skip
    assert (replies["rel"], replies["title"]) == ("replies", "comments")
    assert set(replies) == {"rel", "title", "href"}
    at, _, comments = replies["href"].partition("?;node=")
    assert at == f"xmpp:{home.jid}"
    assert ":" not in comments
    assert unquote(comments) == f"urn:xmpp:microblog:0:comments/{id}"
    assert {each[0] for each in found} == {
        "title", "id", "published", "updated", "author", "content", "category", "link",
    }  # fmt: skip


@pytest.mark.every_server
async def test_an_entry_at_the_own_account(make_home, other):
    home = await (await make_home()).online()
    mine = await published(home, GIVEN)
    found = await items(other, home.jid, MICROBLOG)
    check(found[mine.id], home, home.jid, MICROBLOG, mine.id)


@pytest.mark.every_server
async def test_an_entry_at_a_service(make_home, server, other, request):
    server.add_account("librarian")  # Prosody lets only administrators make nodes
    node = f"news {request.node.name}"
    home = await (await make_home("librarian")).online()
    mine = await published(home, GIVEN, service=SERVICE, node=node)
    found = await items(other, SERVICE, node)
    check(found[mine.id], home, SERVICE, node, mine.id)


@pytest.mark.every_server
async def test_a_comment_a_like_and_an_answer_to_a_comment(make_home, other):
    home = await (await make_home()).online()
    bob = await (await make_home()).online()
    mine = await published(home)
    at = (home.jid, "", mine.id)
    first = await bob.call(BLOG, "comment", *at, "Milk first", {})
    second = await home.call(BLOG, "comment", *at, "Never", {"parent": first})
    await bob.call(BLOG, "like", *at, True, {})

    for each in (home, bob):

        async def is_over(each=each):
            return not await each.count("outbox")

        await each.until(is_over)
    found = await items(other, home.jid, f"urn:xmpp:microblog:0:comments/{mine.id}")
    assert set(found) == {first, second}
    for id, who, title, answered in (
        (first, bob, "Milk first", f"xmpp:{home.jid}?;node={MICROBLOG};item={mine.id}"),
        (
            second, home, "Never",
            f"xmpp:{home.jid}?;node=urn:xmpp:microblog:0:comments/{mine.id};item={first}",
        ),
    ):  # fmt: skip
        entry = found[id]
        assert entry.findtext(f"{ATOM}title") == title
        assert entry.find(f"{ATOM}author").findtext(f"{ATOM}uri") == f"xmpp:{who.jid}"
        (answers,) = entry.findall("{http://purl.org/syndication/thread/1.0}in-reply-to")
        assert unquote(answers.get("href")) == answered
    node = f"urn:xmpp:pubsub-attachments:1/xmpp:{home.jid}?;node={MICROBLOG.replace(':', '%3A')}"
    liked = await items(other, home.jid, f"{node};item={mine.id}")
    assert list(liked) == [bob.jid]
    (noticed,) = liked[bob.jid]
    assert noticed.tag == "{urn:xmpp:pubsub-attachments:1}noticed"
    assert noticed.get("timestamp").endswith("Z")
