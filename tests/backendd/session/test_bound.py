"""The address that the server gives a login is the account's own, if the history is that one's."""

import pytest

from backendd.api.errors import ServerError
from backendd.core import xml
from tests.backendd.session.partial import ARCHIVE, PEER, Kept, Partial
from tests.backendd.session.test_trust import CARBON
from tests.backendd.xmpp.scripted import DOMAIN

OTHER = f"user.name@{DOMAIN}"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


async def test_the_address_that_is_bound_first_is_the_accounts_own_and_it_is_said(
    make_home, partial
):
    partial.script.bound = OTHER
    partial.archive = [Kept("1", "kept")]
    home = await (await make_home("user", server=partial)).online()
    await home.until_message(PEER, "kept")
    carbon = CARBON.format(kind="sent", sender=f"{OTHER}/phone", to=PEER)
    partial.client.send(f"<message from='{OTHER}'>{carbon}</message>")
    assert (await home.until_message(PEER, "forged")).direction == "out"
    assert [(w.word, w.subject) for w in home.inside.warnings] == [("address", OTHER)]
    told = list(home.inside.warnings)
    await home.session.disconnect()
    await home.online()
    assert list(home.inside.warnings) == told


async def test_a_process_that_resumes_still_knows_the_bound_address(make_home, partial):
    partial.script.bound = OTHER
    home = await (await make_home("user", server=partial)).online()
    await home.crash()
    await home.come_back()
    await home.online()
    assert partial.client.resumed
    assert home.inside.own == OTHER


async def test_another_address_than_that_of_the_history_is_refused_with_a_sentence(
    make_home, partial
):
    partial.archive = [Kept("1", "kept")]
    home = await (await make_home("user", server=partial)).online()
    await home.until_message(PEER, "kept")
    await home.session.disconnect()
    partial.script.bound = OTHER
    asked = partial.count(ARCHIVE)
    with pytest.raises(ServerError, match="two histories"):
        await home.session.connect()
    assert not any(each.tag == xml.PRESENCE for each in partial.client.elements)
    assert partial.count(ARCHIVE) == asked
    assert home.inside.own == f"user@{DOMAIN}"
    await home.session.disconnect()
    partial.script.bound = ""
    await home.online()


async def test_the_same_address_written_otherwise_is_no_other(make_home, partial):
    partial.script.bound = "USER@S.localhost"
    home = await (await make_home("user", server=partial)).online()
    assert home.inside.own == f"user@{DOMAIN}"
    assert list(home.inside.warnings) == []
