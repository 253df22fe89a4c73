"""Directories of people: found, asked by what they say, and told as rows."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import FormRejected, NotSupported
from backendd.core import asked, xml
from backendd.features.directories import stanza
from backendd.xmpp.faults import StanzaError

NS = f"xmlns='{stanza.SEARCH}'"
TAG = f"{{{stanza.SEARCH}}}query"


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
def call(home):
    async def call(member, *args):
        return await home.call(names.SERVICES, member, *args)

    return call


class Directory:
    """Somebody who keeps one; `found` is what any search finds."""

    def __init__(self, peer):
        self.address = peer.stream.full_jid
        self.question = f"<query {NS}><instructions>Who?</instructions><first/><nick/></query>"
        self.found = f"<query {NS}/>"
        self.searched = []
        self.refusal = None
        peer.stream.on_request("get", TAG, self._asked)
        peer.stream.on_request("set", TAG, self._searched)

    async def _asked(self, iq):
        return fromstring(self.question)

    async def _searched(self, iq):
        if self.refusal:
            raise self.refusal
        self.searched.append({xml.split(each.tag)[1]: each.text for each in iq[0]})
        return fromstring(self.found)


@pytest.fixture
async def directory(home, make_peer):
    return Directory(await make_peer())


@pytest.mark.every_server(but=["prosody"])  # it has none
async def test_the_directory_of_the_server_is_found_and_searched(home, make_peer, call):
    peer = await make_peer()
    nick = f"Nick of {peer.jid.partition('@')[0]}"
    await peer.ask("set", None, f"<vCard xmlns='vcard-temp'><NICKNAME>{nick}</NICKNAME></vCard>")
    form = await call("search_form", "")
    assert "nick" in {each.var for each in form.fields}
    found = await call("search", "", {"nick": [nick]})
    assert [row["jid"] for row in found.items] == [[peer.jid]]
    assert "jid" in {each.var for each in found.reported}


async def test_a_server_without_a_directory_says_so(call):
    with pytest.raises(NotSupported, match="has no directory"):
        await call("search_form", "")


async def test_a_directory_without_forms_is_asked_by_what_it_names(directory, call):
    directory.found = (
        f"<query {NS}><item jid='ann@x.localhost'><first>Ann\u202e</first><nick/></item>"
        "<item jid='bob@x.localhost'><nick>bob</nick></item></query>"
    )
    form = await call("search_form", directory.address)
    assert (form.instructions, [each.var for each in form.fields]) == (["Who?"], ["nick", "first"])
    assert not any(each.required for each in form.fields)
    found = await call("search", directory.address, {"first": ["Ann"]})
    assert directory.searched == [{"first": "Ann"}]
    assert found.items == [
        {"jid": ["ann@x.localhost"], "first": ["Ann"]},
        {"jid": ["bob@x.localhost"], "nick": ["bob"]},
    ]
    assert found.reported[0].type == "jid-single"


async def test_what_a_directory_refuses_is_said_and_can_be_asked_anew(directory, call):
    directory.refusal = StanzaError("not-acceptable", "too little", kind="modify")
    with pytest.raises(FormRejected, match="too little"):
        await call("search", directory.address, {"first": ["A"]})
    with pytest.raises(FormRejected, match=r"^age: "):
        await call("search", directory.address, {"age": ["5"]})
    directory.refusal = None
    assert (await call("search", directory.address, {"first": ["An"]})).items == []


async def test_of_people_without_end_the_first_thousand_are_told(directory, call):
    rows = "".join(f"<item jid='u{n}@x.localhost'/>" for n in range(5000))
    directory.found = f"<query {NS}>{rows}</query>"
    found = await call("search", directory.address, {})
    assert len(found.items) == 1000


def test_nothing_at_all_is_an_empty_question():
    assert asked.decode(None, stanza.SEARCH).form.fields == ()
    assert stanza.decode_found(fromstring("<iq xmlns='jabber:client'/>")).items == ()
