"""What is published while a service says nothing, or is away, waits until it is there again."""

import pytest

from backendd.api import names
from backendd.core.attachments import ATTACHMENTS
from backendd.core.entries import MICROBLOG
from backendd.session.missing import Patience
from tests.backendd.session.partial import PEER, PUBSUB, Partial
from tests.features.test_lost_answers import PAYLOAD, Shelf
from tests.features.test_publishing import got, publish, until_state
from tests.lab.component import error
from tests.lab.leaping import leap

BLOG = names.BLOG
ANSWER_S = 16.0  # more than an answer is waited for


class Taking(Shelf):
    """A blog to whose posts things can be attached."""

    def __call__(self, iq):
        is_like = iq[0][0].get("node", "").startswith(ATTACHMENTS)
        return "" if is_like and iq.get("type") == "set" else super().__call__(iq)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.account_can += (ATTACHMENTS,)
        server.pubsub = Taking()
        yield server


@pytest.fixture
async def home(make_home, partial):
    home = await make_home("user", server=partial)
    await home.restart_with(Patience(short_s=0.2, again_s=0.2, settled_s=0.2))
    await home.online()
    await home.until(lambda: not home.inside.missing.words)
    return home


async def unanswered(home, partial, since):
    """Have questions of pubsub get no answer, from when there were so many; return behind two."""
    for number in (1, 2):
        await partial.until(lambda number=number: partial.count(PUBSUB) >= since + number)
        leap(ANSWER_S)
        # What is answered otherwise keeps the connection.
        await home.send(PEER, f"still there {number}")
        await home.until_message(PEER, f"still there {number}", "sent")
    await partial.until(lambda: partial.count(PUBSUB) > since + 2)


async def test_an_entry_waits_for_a_server_that_does_not_answer(home, partial):
    partial.silent.add(PUBSUB)
    since = partial.count(PUBSUB)
    id = await publish(home, {"title": "one", "comments": False})
    await unanswered(home, partial, since)
    assert (await got(home, id)).state == "pending"
    await partial.answer(PUBSUB)
    await until_state(home, id, "published")
    assert partial.pubsub.changes == [("publish", id)]


@pytest.mark.parametrize(
    ("condition", "kind"), [("remote-server-timeout", "wait"), ("service-unavailable", "wait")]
)
async def test_an_entry_waits_for_a_server_that_is_busy(home, partial, condition, kind):
    partial.refused[PUBSUB] = (condition, kind)
    id = await publish(home, {"title": "one", "comments": False})
    before = partial.count(PUBSUB)
    await partial.until(lambda: partial.count(PUBSUB) > before + 2)
    assert (await got(home, id)).state == "pending"
    del partial.refused[PUBSUB]
    await until_state(home, id, "published")
    assert partial.pubsub.changes == [("publish", id)]


async def test_a_change_waits_until_it_is_known_that_nobody_else_has_changed_it(home, partial):
    id = await publish(home, {"title": "one", "comments": False})
    await until_state(home, id, "published")
    partial.leaves_open = lambda iq: iq.get("type") == "get" and iq[0].tag == PAYLOAD
    since = partial.count(PUBSUB)
    source, _ = await home.call(BLOG, "source", "", "", id, {})
    await publish(home, {**source, "title": "two"})
    await unanswered(home, partial, since)
    assert (await got(home, id)).state == "pending"
    assert partial.pubsub.title(id) == "one"
    partial.leaves_open = lambda _: False
    await until_state(home, id, "published")
    assert partial.pubsub.title(id) == "two"


@pytest.mark.parametrize("silence", [True, False], ids=["silent", "busy"])
async def test_a_like_waits_for_a_server_that_says_nothing(home, partial, silence):
    id = await publish(home, {"title": "one", "comments": False})
    await until_state(home, id, "published")
    since = partial.count(PUBSUB)
    if silence:
        partial.silent.add(PUBSUB)
    else:
        partial.refused[PUBSUB] = ("remote-server-timeout", "wait")
    await home.call(BLOG, "like", "", "", id, True)
    if silence:
        await unanswered(home, partial, since)
    else:
        await partial.until(lambda: partial.count(PUBSUB) > since + 2)
    assert await home.count("outbox") == 1
    assert (await got(home, id)).more["liked"]
    partial.refused.clear()
    await partial.answer(PUBSUB)

    async def is_sent():
        return not await home.count("outbox")

    await home.until(is_sent)
    published = [iq[0][0] for _, iq in partial.asked if iq.find("{*}pubsub/{*}publish") is not None]
    assert [each.get("node").partition("/")[0] for each in published] == [MICROBLOG, ATTACHMENTS]
    assert list(home.inside.warnings) == []


def busy(partial, times):
    """Have a server be busy so many times when it is to publish something."""
    takes, left = partial.pubsub, iter(range(times))

    def answer(iq):
        if iq.find("{*}pubsub/{*}publish") is not None and next(left, None) is not None:
            return error("wait", "resource-constraint", "come back later")
        return takes(iq)

    partial.pubsub = answer
    return takes


@pytest.mark.parametrize("what", ["an entry", "a like"])
async def test_what_a_busy_server_refuses_goes_out_again(home, partial, what):
    id = await publish(home, {"title": "one", "comments": False})
    await until_state(home, id, "published")
    shelf = busy(partial, 2)
    if what == "a like":
        await home.call(BLOG, "like", "", "", id, True)
    else:
        id = await publish(home, {"title": "two", "comments": False})

    async def is_sent():
        return not await home.count("outbox")

    await home.until(is_sent)
    assert list(home.inside.warnings) == []
    assert (await got(home, id)).state == "published"
    assert len(shelf.changes) == (1 if what == "a like" else 2)


async def test_what_a_server_is_too_busy_for_again_and_again_fails_with_what_it_says(home, partial):
    shelf = busy(partial, 3)
    id = await publish(home, {"title": "one", "comments": False})
    failed = await until_state(home, id, "failed")
    assert "come back later" in failed.error[1]
    assert shelf.changes == []


async def test_an_entry_in_doubt_is_asked_for_until_its_service_says_what_became_of_it(
    home, partial
):
    lost = []

    def says_nothing(iq):
        if iq.find("{*}pubsub/{*}publish") is not None and not lost:
            lost.append(iq)
            partial.refused[PUBSUB] = ("remote-server-timeout", "wait")
            return True
        return False

    partial.leaves_open = says_nothing
    id = await publish(home, {"title": "one", "comments": False})
    await partial.until(lambda: lost)
    since = partial.count(PUBSUB)
    await partial.until(lambda: partial.count(PUBSUB) > since + 2)
    assert (await got(home, id)).state == "pending"
    partial.refused.clear()
    await until_state(home, id, "published")
    assert partial.pubsub.changes == [("publish", id)]
