"""What can't be made ready to be sent for now waits, and is tried again; no other waits with it."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, ServerError, Timeout
from backendd.core import xml
from backendd.session.feature import Feature
from backendd.session.missing import Patience
from backendd.session.part import Part
from backendd.xmpp.faults import StanzaNotSupported, StanzaUnreachable
from tests.backendd.session.partial import PEER, Partial

OTHER = "other@s.localhost"
SOON = Patience(short_s=0.2, again_s=0.01)
LATE = Patience(short_s=0.2, again_s=3600)


def _of(cause):
    """Return what says for people what another error says."""
    error = NotAllowed("nothing can be said there")
    error.__cause__ = cause
    return error


def _of_itself(error):
    """Return an error that is raised from itself, as one is that is explained by what it says."""
    error.__cause__ = error
    return error


PASSING = {
    "unanswered": Timeout("the server doesn't answer"),
    "wait": ServerError("refused: resource constraint", type="wait"),
    "unreachable": StanzaUnreachable("remote-server-timeout"),
    "explained": _of(StanzaNotSupported("service-unavailable", kind="wait")),
}
LASTING = {
    "explained": _of(StanzaNotSupported("service-unavailable")),
    "nowhere": StanzaUnreachable("remote-server-not-found"),
    "of itself": _of_itself(StanzaUnreachable("remote-server-not-found")),
}


class Asking(Part):
    """Asks somebody before "later" is sent, who answers with an `error`."""

    def __init__(self, home):
        self.error = None
        self.tried = asyncio.Semaphore(0)

    async def compose(self, composition):
        if xml.child_text(composition.stanza, xml.CLIENT, "body") == "later":
            self.tried.release()
            if self.error is not None:
                raise self.error


ASKING = Feature("asking", Asking)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


@pytest.fixture
def make_asking(make_home, partial):
    """Call it for a home that is online, and its part that asks and gets an error."""

    async def make(error, patience):
        home = await make_home("user", server=partial)
        await home.restart_with(patience, more=[ASKING])
        asking = next(part for part in home.session.parts if isinstance(part, Asking))
        asking.error = error
        return await home.online(), asking

    return make


async def waits(home, partial, asking):
    """Have something wait between others."""
    for body in ("before", "later", "behind"):
        await home.send(PEER, body)
    await asking.tried.acquire()
    await home.send(OTHER, "elsewhere")
    await partial.until(lambda: sorted(partial.messages) == ["before", "elsewhere"])


async def states(home):
    return {each.body: each.state for each in await home.messages(PEER)}


@pytest.mark.parametrize("error", PASSING.values(), ids=PASSING)
async def test_what_passes_leaves_it_pending_and_it_is_tried_until_it_goes_out_in_its_order(
    make_asking, partial, error
):
    home, asking = await make_asking(error, SOON)
    await waits(home, partial, asking)
    for _ in range(3):
        await asking.tried.acquire()
        assert await states(home) == {"before": "sent", "later": "pending", "behind": "pending"}
    asking.error = None
    await home.until_message(PEER, "behind", "sent")
    assert [each for each in partial.messages if each != "elsewhere"] == [
        "before", "later", "behind",
    ]  # fmt: skip


@pytest.mark.parametrize("error", LASTING.values(), ids=LASTING)
async def test_what_lasts_fails_it_at_once_and_holds_up_nothing(make_asking, partial, error):
    home, _ = await make_asking(error, SOON)
    for body in ("later", "behind"):
        await home.send(PEER, body)
    await home.until_message(PEER, "behind", "sent")
    assert (await home.until_message(PEER, "later", "failed")).error == (error.name, str(error))
    assert partial.messages == ["behind"]


async def test_with_the_next_connection_it_is_tried_at_once(make_asking, partial):
    home, asking = await make_asking(PASSING["unanswered"], LATE)
    await waits(home, partial, asking)
    asking.error = None
    home.cut()
    await home.until_message(PEER, "behind", "sent")
    assert partial.messages[-2:] == ["later", "behind"]


async def test_what_stands_behind_it_goes_out_at_once_where_it_is_discarded(make_asking, partial):
    home, asking = await make_asking(PASSING["unanswered"], LATE)
    await waits(home, partial, asking)
    waiting = await home.until_message(PEER, "later", "pending")
    await home.call(names.MESSAGES, "discard", waiting.id, {})
    await home.until_message(PEER, "behind", "sent")
    assert partial.messages[-1] == "behind"
