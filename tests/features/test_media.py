"""Pictures that come inside of forms (XEP-0231), above all captchas (XEP-0158), as files."""

import base64
import hashlib
import os
from xml.etree.ElementTree import Element

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, ServerError, TooLarge, UnknownItem
from backendd.core import bits, registration, xml
from backendd.features.registration.bus import AccountMembers, RegistrarMembers
from tests.backendd.session.home import new_account
from tests.features.test_registration import reached
from tests.lab import ejabberd
from tests.lab.ejabberd import Ejabberd

PICTURE = b"\x89PNG\r\n\x1a\nwhat it says"
QUERY = f"{{{registration.NAMESPACE}}}query"
DATA = f"{{{bits.NAMESPACE}}}data"


def cid(content):
    return f"sha1+{hashlib.sha1(content, usedforsecurity=False).hexdigest()}@bob.xmpp.org"


def data(name, content):
    written = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    return xml.element(bits.NAMESPACE, "data", {"cid": name, "type": "image/png"}, text=written)


class Asking:
    """A service whose form shows a picture, and which is asked for pictures."""

    def __init__(self, peer):
        self.address = peer.stream.full_jid
        self.brings = []
        self.has = {}
        self.asked = []
        peer.stream.on_request("get", QUERY, self._form)
        peer.stream.on_request("get", DATA, self._data)

    async def _form(self, iq):
        return xml.element(
            registration.NAMESPACE,
            "query",
            children=[xml.element(registration.NAMESPACE, "username"), *self.brings],
        )

    async def _data(self, iq):
        name = iq[0].get("cid")
        self.asked.append(name)
        return self.has.get(name, Element(DATA))


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
async def service(home, make_peer):
    return Asking(await make_peer())


@pytest.fixture
def media(home, service):
    """Call it for what is in the file of an address, once the form was asked for."""

    async def get(uri):
        await home.call(names.SERVICES, "register_form", service.address)
        return read(await home.call(names.SERVICES, "media", service.address, uri))

    return get


def read(file):
    with os.fdopen(file.detach(), "rb") as opened:
        return opened.read()


async def test_what_comes_inside_of_a_form_is_handed_out_without_asking(service, media):
    service.brings = [data(cid(PICTURE), PICTURE)]
    assert await media(f"cid:{cid(PICTURE)}") == PICTURE
    assert service.asked == []


async def test_what_a_form_only_names_is_asked_for(service, media):
    service.has = {"any name": data("any name", PICTURE)}
    assert await media("cid:any name") == PICTURE
    assert service.asked == ["any name"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"another picture", ServerError),
        ("!?", ServerError),
        ("", UnknownItem),
        (b"x" * (bits.MOST_BYTES + 4), TooLarge),
    ],
)
async def test_what_is_not_what_was_named_is_refused(service, media, content, error):
    name = cid(PICTURE)
    service.brings, service.has = [data(name, content)], {name: data(name, content)}
    with pytest.raises(error):
        await media(f"cid:{name}")


@pytest.mark.parametrize("uri", ["https://example.org/x.png", "cid:", "file:///etc/passwd"])
async def test_only_what_comes_inside_of_a_form_can_be_had_so(media, uri):
    with pytest.raises(InvalidArgument, match="cid:"):
        await media(uri)


async def test_pictures_without_end_push_the_oldest_out(service, media, monkeypatch):
    monkeypatch.setattr("backendd.session.bits.MOST_BYTES", 100)
    contents = [bytes([number]) * 40 for number in range(4)]
    service.brings = [data(cid(each), each) for each in contents]
    for each in contents:
        service.has[cid(each)] = data(cid(each), each)
    for each in contents:
        assert await media(f"cid:{cid(each)}") == each
    assert service.asked == [cid(each) for each in contents[:2]]


@pytest.fixture
async def accounts(make_home):
    home = await make_home()
    yield AccountMembers(RegistrarMembers(home.backend))
    await home.backend.tasks.stop()


@pytest.mark.skipif(ejabberd.missing() != "", reason=ejabberd.missing())
async def test_who_reads_the_picture_of_a_server_may_make_an_account(accounts, tmp_path):
    with Ejabberd(tmp_path / "server", captcha=True) as server:
        where = reached(server)
        values = {"username": [new_account(server) + "x"], "password": ["a"]}
        for is_read in (False, True):
            form = await accounts.registration_form(server.domain, **where)
            (asked,) = (each for each in form.fields if each.var == "ocr")
            (shown,) = asked.media
            assert shown.mime == "image/png"
            picture = read(await accounts.registration_media(server.domain, shown.uri, **where))
            values["ocr"] = [picture.removeprefix(PICTURE[:8]).decode() if is_read else "no"]
            if is_read:
                assert await accounts.register_account(server.domain, values, **where)
                continue
            with pytest.raises(ServerError):
                await accounts.register_account(server.domain, values, **where)
    with pytest.raises(UnknownItem, match="anew"):
        await accounts.registration_media(server.domain, shown.uri, **where)
