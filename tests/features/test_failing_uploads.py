"""What goes wrong on the way of a file to the server: how each ends, and what is said of it."""

import asyncio

import pytest

from backendd.api import names
from backendd.features.uploads.service import TRIES
from tests.backendd.files.webserver import serving
from tests.features.test_uploads import send, until_state
from tests.lab import component
from tests.lab.component import Component, error, info
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

UPLOAD = "urn:xmpp:http:upload:0"
CONTENT = b"what it says, " * 50_000


class Hosting(Component):
    """A place for files that answers as a test says: with addresses, or an error."""

    def __init__(self, server, port):
        super().__init__(server, "files", port)
        self.put = self.get = ""
        self.headers = ""
        self.place = None  # returns the address for each file, where they have one of their own
        self.refusal = None
        self.asked = 0

    def answer(self, asked, to):
        if asked.tag == f"{{{component.INFO}}}query":
            return info("store", "file", "Files", [UPLOAD])
        if asked.tag != f"{{{UPLOAD}}}request":
            return None
        self.asked += 1
        if self.refusal is not None:
            return self.refusal
        if self.place is not None:
            self.put = self.get = self.place(asked)
        put = f"<put url='{self.put}'>{self.headers}</put><get url='{self.get}'/>"
        return f"<slot xmlns='{UPLOAD}'>{put}</slot>"


@pytest.fixture(scope="module")
def lenient(tmp_path_factory):
    """A server whose place for files is made up."""
    (port,) = free_ports(1)
    settings = component.settings(f"files.{DOMAIN}", port)
    with Prosody(tmp_path_factory.mktemp("lenient"), settings=settings) as server:
        yield server, port


@pytest.fixture
async def hosting(lenient):
    service = await Hosting(*lenient).connect()
    yield service
    await service.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def short_pauses(monkeypatch):
    """Have nobody wait between two tries."""
    monkeypatch.setattr("backendd.features.uploads.service._PAUSE_S", 0.0)


@pytest.fixture
async def pair(make_home, make_peer, lenient):
    """Somebody with this server, and a peer there."""
    server, _ = lenient
    peer = await make_peer(server=server)
    return await (await make_home(server=server)).online(), peer


async def failed(home, peer, file):
    """Return the transfer of a file that fails, as its message does; nothing is sent."""
    id = await send(home, peer.jid, file)
    found = await until_state(home, id, "failed")
    message = await home.until_message(peer.jid, "", "failed")
    assert message.error == found.error
    await home.send(peer.jid, "last")
    await peer.until(lambda: "last" in peer.bodies())
    assert set(peer.bodies()) == {"last"}
    return found


async def test_what_the_service_refuses_is_told_with_its_words(pair, hosting, file):
    home, peer = pair
    more = f"<file-too-large xmlns='{UPLOAD}'><max-file-size>5</max-file-size></file-too-large>"
    hosting.refusal = error("modify", "not-acceptable", "only five bytes", more)
    name, sentence = (await failed(home, peer, file)).error
    assert (name, "takes no file of 700 kB (only five bytes)" in sentence) == ("TooLarge", True)
    assert hosting.asked == 1


async def test_who_may_put_nothing_there_is_told(pair, hosting, file):
    home, peer = pair
    hosting.refusal = error("auth", "forbidden", "only for members", "")
    name, sentence = (await failed(home, peer, file)).error
    assert (name, "only for members" in sentence) == ("NotAllowed", True)
    assert hosting.asked == 1


async def test_a_service_that_can_not_now_is_asked_again(pair, hosting, file, short_pauses):
    home, peer = pair
    hosting.refusal = error("wait", "internal-server-error", "", "")
    assert (await failed(home, peer, file)).error[0] == "ServerError"
    assert hosting.asked == TRIES


async def test_a_quota_that_is_used_up_is_told(pair, hosting, file):
    home, peer = pair
    more = f"<retry xmlns='{UPLOAD}' stamp='2027-01-01T00:00:00Z'/>"
    hosting.refusal = error("wait", "resource-constraint", "your quota is used up", more)
    assert "your quota is used up" in (await failed(home, peer, file)).error[1]
    assert hosting.asked == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://a@b.example/",
    ],
)
async def test_an_address_that_can_be_none_is_refused(pair, hosting, file, address):
    async def taking(asked):
        await asked.take()
        await asked.say("201 Created")

    home, peer = pair
    async with serving(taking) as server:
        for hosting.put, hosting.get in ((address, server.url()), (server.url(), address)):
            assert (await failed(home, peer, file)).error[0] == "ServerError"
        assert server.asked == []


async def test_an_address_with_blanks_and_umlauts_is_told_as_one(pair, hosting, file):
    async def taking(asked):
        await asked.take()
        await asked.say("201 Created")

    home, peer = pair
    async with serving(taking) as server:
        hosting.put = hosting.get = server.url("/pl\u00e4ne f\u00fcr mich.txt")
        id = await send(home, peer.jid, file)
        await until_state(home, id, "done")
        await peer.until(peer.bodies)
        assert peer.bodies() == [server.url("/pl\u00e4ne%20f\u00fcr%20mich.txt")]
        (asked,) = server.asked
    assert asked.target == "/pl%C3%A4ne%20f%C3%BCr%20mich.txt"


async def test_a_file_that_is_too_large_for_the_web_server_fails(pair, hosting, file):
    async def too_large(asked):
        await asked.take()
        await asked.say("413 Payload Too Large")

    home, peer = pair
    async with serving(too_large) as server:
        hosting.put = hosting.get = server.url()
        found = await failed(home, peer, file)
        assert found.error[0] == "TooLarge"
        assert len(server.asked) == 1


async def test_what_broke_in_the_middle_is_sent_once_it_goes(pair, hosting, file, short_pauses):
    tries = []

    async def once(asked):
        tries.append(asked)
        if len(tries) == 1:
            await asked.reader.readexactly(1000)
        else:
            await asked.take()
            await asked.say("201 Created")

    home, peer = pair
    async with serving(once) as server:
        hosting.put = server.url()
        hosting.get = server.url("/of/letter.txt")
        id = await send(home, peer.jid, file)
        await until_state(home, id, "done")
        await peer.until(lambda: peer.bodies() == [hosting.get])
    assert tries[-1].body == CONTENT
    assert hosting.asked == 2  # each try has a place of its own


async def test_what_breaks_again_and_again_fails(pair, hosting, file, short_pauses):
    async def breaking(asked):
        await asked.reader.readexactly(1000)

    home, peer = pair
    async with serving(breaking) as server:
        hosting.put = hosting.get = server.url()
        assert (await failed(home, peer, file)).error[0] == "HostUnreachable"


async def test_the_headers_of_a_place_go_along_and_no_others(pair, hosting, file):
    async def taking(asked):
        await asked.take()
        await asked.say("201 Created")

    home, peer = pair
    async with serving(taking) as server:
        hosting.put = hosting.get = server.url()
        hosting.headers = (
            "<header name='authorization'>Basic\n Zm9v</header><header name='X-Evil'>1</header>"
        )
        id = await send(home, peer.jid, file)
        await until_state(home, id, "done")
        (asked,) = server.asked
    assert asked.headers["authorization"] == "Basic Zm9v"
    assert "x-evil" not in asked.headers


async def test_a_daemon_that_is_killed_amid_sends_the_file_once(pair, hosting, file):
    begun = []

    async def stalling(asked):
        begun.append(asked)
        if len(begun) == 1:
            await asked.reader.readexactly(1000)
            await asked.reader.read()  # until they hang up
        else:
            await asked.take()
            await asked.say("201 Created")

    home, peer = pair
    async with serving(stalling) as server:
        hosting.put = hosting.get = server.url()
        id = await send(home, peer.jid, file)
        await home.until(lambda: begun)
        await home.crash()
        await home.come_back()
        await home.online()
        await until_state(home, id, "done")
        await home.send(peer.jid, "last")
        await peer.until(lambda: "last" in peer.bodies())
    assert peer.bodies() == [hosting.get, "last"]


async def test_a_cancelled_upload_ends_at_once_and_sends_nothing(pair, hosting, file):
    async def stalling(asked):
        await asked.reader.read()

    home, peer = pair
    async with serving(stalling) as server:
        hosting.put = hosting.get = server.url()
        id = await send(home, peer.jid, file)
        await home.until(lambda: server.asked)
        await home.call(names.FILES, "cancel", id)
        await server.until_hung_up()
    await home.until_message(peer.jid, "", "failed")


async def test_an_upload_goes_on_while_offline_and_is_told_of_online(pair, hosting, file):
    is_offline = asyncio.Event()

    async def waiting(asked):
        await is_offline.wait()
        await asked.take()
        await asked.say("201 Created")

    home, peer = pair
    async with serving(waiting) as server:
        hosting.put = hosting.get = server.url()
        id = await send(home, peer.jid, file)
        await home.until(lambda: server.asked)
        await home.session.disconnect()
        is_offline.set()
        await until_state(home, id, "done")
        assert peer.bodies() == []
        await home.online()
        await peer.until(lambda: peer.bodies() == [hosting.get])
    assert len(server.asked) == 1
