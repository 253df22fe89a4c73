"""Readers who are let in one by one: those of real servers, and what made up services say."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import NotSupported, UnknownItem
from backendd.core import forms
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.readers import ReaderRequestsChanged
from tests.features.test_blog_access import access, create, followed, give, may_read, set_reader
from tests.features.test_publishing import published
from tests.features.test_shut_out_readers import BOTH, NEITHER, may_say
from tests.lab import component
from tests.lab.component import Component
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

BLOG = names.BLOG
# Prosody 0.12 lets nobody be let in.
LETS_IN = pytest.mark.every_server(but=["prosody"])
AT = pytest.mark.parametrize("where", ["account", "service"])


def asked(node, who, *, more="", allow="<field var='pubsub#allow' type='boolean'/>"):
    return (
        "<x xmlns='jabber:x:data' type='form'><field var='FORM_TYPE' type='hidden'>"
        "<value>http://jabber.org/protocol/pubsub#subscribe_authorization</value></field>"
        f"<field var='pubsub#node'><value>{node}</value></field>"
        f"<field var='pubsub#subscriber_jid'><value>{who}</value></field>{more}{allow}</x>"
    )


async def waiting(home):
    return await home.call(BLOG, "reader_requests", {})


async def request(home):
    """Return what waits for an answer, once something does."""
    (found,) = await home.until(lambda: waiting(home))
    return found


async def answer(home, id, *, is_allowed=True):
    await home.call(BLOG, "accept_reader" if is_allowed else "deny_reader", id, {})


async def followed_by(home, service, node=MICROBLOG):
    for each in await home.call(BLOG, "subscriptions", {}):
        if (each.service, each.node) == (service, node):
            return each
    return None


@pytest.fixture
def at(where, server):
    """The service and the node of a blog: the empty one is the own account."""
    return (
        ("", MICROBLOG) if where == "account" else (f"pubsub.{server.domain}", f"in {id(server)}")
    )


@pytest.fixture
async def blog(make_home, at):
    """Somebody with a blog whose readers are let in, and what others call it."""
    home = await (await make_home()).online()
    service, node = at[0], f"{at[1]} {home.jid}" if at[0] else at[1]
    await create(home, service, node, access="authorize")
    return home, service or home.jid, node


@LETS_IN
@AT
async def test_who_is_let_in_reads_it_and_learns_that_and_who_is_not_does_not(
    blog, make_home, make_peer
):
    home, service, node = blog
    told = "" if service == home.jid else service
    mine = await published(home, {"title": "For some"}, service=told, node=node)
    bob, dave = await (await make_home()).online(), await (await make_home()).online()
    for who, is_allowed in ((bob, True), (dave, False)):
        await who.call(BLOG, "subscribe", service, node, {})
        assert (await followed_by(who, service, node)).pending
        found = await request(home)
        assert (found.service, found.node, found.jid) == (service, node, who.jid)
        await answer(home, found.id, is_allowed=is_allowed)
        assert await waiting(home) == []

        async def is_told(who=who):
            known = await followed_by(who, service, node)
            return known if not known.pending else None

        known = await who.until(is_told)
        assert (known.error[0] == "") is is_allowed, known.error
    assert await may_read(await make_peer(bob.account), service, node)
    peer = await make_peer(dave.account)
    assert not await may_read(peer, service, node)
    # What is said of it is for them as well.
    await followed(home, peer)
    comments = COMMENTS + mine.id
    assert await may_read(await make_peer(bob.account, resource="again"), home.jid, comments)
    assert not await may_read(peer, home.jid, comments)
    assert await access(home, told, node) == ("authorize", [bob.jid])


@LETS_IN
@AT
async def test_a_reader_is_let_in_unasked_and_taken_out_again(blog, make_home, make_peer):
    home, service, node = blog
    told = "" if service == home.jid else service
    mine = await published(home, {"title": "For some"}, service=told, node=node)
    bob, dave = await (await make_home()).online(), await make_peer()
    await bob.call(BLOG, "subscribe", service, node, {})
    await request(home)
    for who in (bob.jid, dave.jid):
        await set_reader(home, who, service=told, node=node)
    assert await waiting(home) == []
    assert (await access(home, told, node))[0] == "authorize"
    assert sorted((await access(home, told, node))[1]) == sorted([bob.jid, dave.jid])
    assert await may_read(dave, service, node)
    await followed(home, dave)
    assert await may_read(dave, home.jid, COMMENTS + mine.id)
    await set_reader(home, dave.jid, may_read=False, service=told, node=node)
    assert (await access(home, told, node))[1] == [bob.jid]
    await followed(home, dave)
    assert not await may_read(dave, service, node)
    assert not await may_read(dave, home.jid, COMMENTS + mine.id)
    peer = await make_peer(bob.account, resource="again")
    assert await may_read(peer, service, node)
    assert await may_read(peer, home.jid, COMMENTS + mine.id)
    with pytest.raises(UnknownItem, match="no reader"):
        await set_reader(home, dave.jid, may_read=False, service=told, node=node)


@LETS_IN
async def test_who_was_let_in_comments_on_what_is_there_and_on_what_is_written_later(
    make_home, make_peer
):
    home, bob = await (await make_home()).online(), await (await make_home()).online()
    await create(home, access="authorize")
    earlier = await published(home, {"title": "Earlier"})
    await bob.call(BLOG, "subscribe", home.jid, "", {})
    await answer(home, (await request(home)).id)
    await home.until(lambda: home.count("reader"))
    later = await published(home, {"title": "Later"})
    peer = await make_peer(bob.account, resource="reader")
    stranger = await make_peer()
    assert await may_read(peer, home.jid, COMMENTS + later.id)
    assert not await may_read(stranger, home.jid, COMMENTS + later.id)
    await followed(home, peer)
    for id in (earlier.id, later.id):
        assert await may_say(peer, home, id) == BOTH
        assert await may_say(stranger, home, id) == NEITHER


@LETS_IN
async def test_who_asks_while_nobody_is_there_is_asked_about_later(make_home):
    home, bob = await (await make_home()).online(), await (await make_home()).online()
    await create(home, access="authorize")
    await home.leave()
    await bob.call(BLOG, "subscribe", home.jid, "", {})
    await home.come_back()
    await home.online()
    assert (await request(home)).jid == bob.jid


@LETS_IN
@pytest.mark.parametrize("where", ["service"])
async def test_who_was_told_to_another_client_is_asked_about_once_we_come(
    blog, make_home, make_peer
):
    home, service, node = blog
    await home.leave()
    other = await make_peer(home.account, resource="other")
    bob = await (await make_home()).online()
    await bob.call(BLOG, "subscribe", service, node, {})
    await other.until(lambda: [each for each in other.messages() if forms.find(each) is not None])
    await other.close()
    await home.come_back()
    await home.online()
    found = await request(home)
    assert (found.service, found.node, found.jid) == (service, node, bob.jid)
    await home.leave()
    await home.come_back()
    await home.online()
    dave = await (await make_home()).online()
    await dave.call(BLOG, "subscribe", service, node, {})

    async def both():
        known = await waiting(home)
        return known if len(known) == 2 else None

    assert (await home.until(both))[0] == found
    # What was told before is no news.
    told = [each.jid for event in home.hub.of(ReaderRequestsChanged) for each in event.requests]
    assert told == [dave.jid]


@LETS_IN
async def test_a_request_and_an_answer_outlast_us_and_an_answer_is_given_once(make_home):
    home, bob = await (await make_home()).online(), await (await make_home()).online()
    await create(home, access="authorize")
    await bob.call(BLOG, "subscribe", home.jid, "", {})
    found = await request(home)
    await home.leave()
    await home.come_back()
    assert await waiting(home) == [found]
    # Two frontends, and nobody is connected.
    given = await asyncio.gather(
        *(answer(home, found.id, is_allowed=each) for each in (True, False)),
        return_exceptions=True,
    )
    assert [type(each) for each in given] == [type(None), UnknownItem]
    assert home.hub.of(ReaderRequestsChanged)[-1].gone == [found.id]
    await home.leave()
    await home.come_back()
    assert await waiting(home) == []
    await home.online()

    async def is_let_in():
        return not (await followed_by(bob, home.jid)).pending

    await bob.until(is_let_in)


@pytest.mark.every_server(but=["ejabberd"])
async def test_a_server_that_lets_nobody_be_let_in_says_so_and_the_blog_is_as_it_was(
    make_home,
):
    home = await (await make_home()).online()
    with pytest.raises(NotSupported, match="those whom you let in one by one"):
        await create(home, access="authorize")
    await create(home)
    with pytest.raises(NotSupported, match="those whom you let in one by one"):
        await give(home, "authorize")
    assert await access(home) == ("open", [])


class Library(Component):
    """A service that asks by the form alone, and keeps what it is answered."""

    def __init__(self, server, port):
        super().__init__(server, "library", port)
        self.answered = asyncio.Queue()

    def answer(self, asked, to):
        return component.error("cancel", "feature-not-implemented")

    def on_message(self, message):
        form = forms.find(message)
        if form is not None:
            self.answered.put_nowait((message.get("id"), {e.var: e.values for e in form.fields}))

    def ask(self, to, form, *, sender="", id="approve1"):
        self.write(f"<message from='{sender or self.address}' to='{to}' id='{id}'>{form}</message>")


@pytest.fixture
async def library(tmp_path):
    (port,) = free_ports(1)
    own = component.settings(f"library.{DOMAIN}", port)
    with Prosody(tmp_path / "own", settings=own) as server:
        service = await Library(server, port).connect()
        yield server, service
        await service.close()


@pytest.mark.parametrize("is_allowed", [True, False])
async def test_a_service_that_knows_the_form_alone_gets_it_once(library, make_home, is_allowed):
    server, service = library
    home = await (await make_home(server=server)).online()
    more = "<field var='pubsub#subid'><value>123-abc</value></field>"
    service.ask(home.jid, asked("news", "mia@x.localhost/phone", more=more))
    found = await request(home)
    assert (found.service, found.node, found.jid) == (service.address, "news", "mia@x.localhost")
    await answer(home, found.id, is_allowed=is_allowed)
    with pytest.raises(UnknownItem, match="answered already"):
        await answer(home, found.id)
    id, said = await service.answered.get()
    assert id == "approve1"
    assert said["pubsub#allow"] == ("true" if is_allowed else "false",)
    assert said["pubsub#subscriber_jid"] == ("mia@x.localhost",)
    assert (said["pubsub#node"], said["pubsub#subid"]) == (("news",), ("123-abc",))


async def test_the_same_request_again_is_one(library, make_home):
    server, service = library
    home = await (await make_home(server=server)).online()
    for id in ("one", "two"):
        service.ask(home.jid, asked("news", "mia@x.localhost"), id=id)
    service.ask(home.jid, asked("news", "zoe@x.localhost"))

    async def both():
        found = await waiting(home)
        return found if len(found) == 2 else None

    assert [each.jid for each in await home.until(both)] == ["mia@x.localhost", "zoe@x.localhost"]


async def test_what_no_service_of_ours_says_is_no_request(library, make_home, make_peer):
    server, service = library
    home = await (await make_home(server=server)).online()
    mallory = await make_peer(server=server)
    mallory.write(f"<message to='{home.jid}'>{asked(MICROBLOG, mallory.jid)}</message>")
    ours = await make_peer(home.account, server=server, resource="other")
    ours.write(f"<message to='{home.jid}'>{asked(MICROBLOG, mallory.jid)}</message>")
    for sender in (f"somebody@{service.address}", f"{service.address}/resource"):
        service.ask(home.jid, asked("news", mallory.jid), sender=sender)
    for bad in (
        asked("", mallory.jid),
        asked("news", ""),
        asked("news", mallory.jid, allow=""),
        asked("news", mallory.jid).replace("'form'", "'submit'"),
    ):
        service.ask(home.jid, bad)
    service.ask(home.jid, asked("news", "mia@x.localhost"))
    assert (await request(home)).jid == "mia@x.localhost"


async def test_more_requests_than_anybody_answers_push_out_the_oldest(
    library, make_home, monkeypatch
):
    monkeypatch.setattr("backendd.store.readers.MOST", 2)
    server, service = library
    home = await (await make_home(server=server)).online()
    for name in ("ann", "mia", "zoe"):
        service.ask(home.jid, asked("news", f"{name}@x.localhost"))

    async def names_of():
        found = [each.jid.partition("@")[0] for each in await waiting(home)]
        return found if found and found[-1] == "zoe" else None

    assert await home.until(names_of) == ["mia", "zoe"]
