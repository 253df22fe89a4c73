"""What others let one see that they follow: kept by their server, or said by a program."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidJid, UnknownItem
from backendd.core import pubsub
from tests.features.test_blogs import item
from tests.lab import component
from tests.lab.component import Component
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

BLOG = names.BLOG
LIST = "urn:xmpp:pubsub:subscription"
PUBLIC = "urn:xmpp:pps:0"


async def followed_by(home, who, **options):
    found, page = await home.call(BLOG, "followed_by", who, options)
    return [(each.service, each.node, each.title) for each in found], page["next"]


def said(server, node, title=""):
    named = f"<title>{title}</title>" if title else ""
    at = f"server='{server}' node='{node}'"
    return f"<subscription xmlns='{LIST}:0' {at}>{named}</subscription>"


@pytest.mark.every_server
async def test_the_list_that_a_program_has_published_is_read(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    options = {"access_model": "open", "persist_items": True, "max_items": "max"}
    await peer.stream.request("set", None, pubsub.create(LIST, options))
    for id, payload in (
        ("a", said("news.example.org", "tea", "On tea\n\u202e")),
        ("b", said("juliet@example.org", "urn:xmpp:microblog:0")),
        ("c", said("juliet@example.org", "urn:xmpp:microblog:0:comments/1")),
        ("d", "<something xmlns='else'/>"),
        ("e", said("", "x")),
    ):
        await peer.ask("set", None, item(id, payload, node=LIST))
    found, _ = await followed_by(home, peer.jid)
    assert sorted(each[:2] for each in found) == [
        ("juliet@example.org", "urn:xmpp:microblog:0"),
        ("news.example.org", "tea"),
    ]
    (title,) = [title for service, _, title in found if service == "news.example.org"]
    assert title.startswith("On tea")
    assert "\n" not in title


@pytest.mark.every_server
async def test_who_lets_nobody_see_it_is_said_so(make_home, make_peer, server):
    home, peer = await (await make_home()).online(), await make_peer()
    for who in (peer.jid, f"nobody@{server.domain}", server.domain):
        with pytest.raises(UnknownItem, match="lets nobody see what they follow"):
            await followed_by(home, who)
    with pytest.raises(InvalidJid):
        await followed_by(home, "@")


class Keeping(Component):
    """A server that keeps what is followed publicly."""

    def answer(self, asked, to):
        if asked.tag == f"{{{component.INFO}}}query":
            return component.info("pubsub", "pep", "", [PUBLIC])
        items = asked.find(f"{{{pubsub.PUBSUB}}}items")
        if items is None or items.get("node") != "urn:xmpp:pps:subscriptions:0":
            return component.error("cancel", "item-not-found")
        kept = f"<subscription xmlns='{PUBLIC}' node='news' jid='benvolio@montague.lit'/>"
        inside = f"<items node='urn:xmpp:pps:subscriptions:0'><item id='a'>{kept}</item></items>"
        return f"<pubsub xmlns='{pubsub.PUBSUB}'>{inside}</pubsub>"


async def test_what_a_server_keeps_itself_is_believed_instead(tmp_path, make_home):
    (port,) = free_ports(1)
    settings = component.settings(f"keeping.{DOMAIN}", port)
    with Prosody(tmp_path / "own", settings=settings) as server:
        service = await Keeping(server, "keeping", port).connect()
        home = await (await make_home(server=server)).online()
        found = await followed_by(home, f"romeo@{service.address}")
        await service.close()
    assert found == ([("benvolio@montague.lit", "news", "")], "")
