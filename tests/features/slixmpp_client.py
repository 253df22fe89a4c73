"""A client of slixmpp that moves files and reads nodes by that library's own means."""

import asyncio
import os
from xml.etree.ElementTree import Element, fromstring

import pytest
from slixmpp import ClientXMPP
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from backendd.jingle.names import FEATURES, JINGLE
from tests.backendd.session.home import new_account
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST

CONTENT = os.urandom(300_001)
PLUGINS = ("xep_0030", "xep_0060", "xep_0066", "xep_0363", "xep_0454")


class SlixmppClient:
    """What it was told: `messages`, and of sessions the `jingles`; `read` came in-band."""

    def __init__(self, server, account):
        self.jid = server.jid(account)
        self.messages, self.jingles = [], []
        self.read, self.is_closed = b"", False
        self._changed = asyncio.Event()
        self._port = server.port
        self.client = client = ClientXMPP(self.jid, server.password(account))
        client.ca_certs = server.ca_file
        client.enable_direct_tls = False  # a given port is tried with direct TLS first
        for plugin in PLUGINS:
            client.register_plugin(plugin)
        client.register_plugin("xep_0047", {"auto_accept": True, "max_block_size": 65535})
        client.add_event_handler("session_start", self._on_session)
        client.add_event_handler("message", self._on_message)
        client.add_event_handler("ibb_stream_data", self._on_data)
        client.add_event_handler("ibb_stream_end", self._on_end)
        matcher = MatchXPath(f"{{jabber:client}}iq/{{{JINGLE}}}jingle")
        client.register_handler(Callback("jingle", matcher, self._on_jingle))

    async def connect(self):
        self.client.connect(HOST, self._port)
        await self.until(lambda: self.client.boundjid.resource)
        return self

    async def close(self):
        await self.client.disconnect()

    async def until(self, condition):
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def upload(self, path):
        """Return the address of a file that is on the server by then."""
        return await self.client.plugin["xep_0363"].upload_file(path)

    def tell(self, to, url):
        """Tell of a file in the oldest way."""
        message = self.client.make_message(mto=to, mbody=url, mtype="chat")
        message["oob"]["url"] = url
        message.send()

    def say(self, to, body):
        self.client.make_message(mto=to, mbody=body, mtype="chat").send()

    async def ask(self, to, payload):
        iq = self.client.make_iq_set(ito=to)
        iq.append(payload if isinstance(payload, Element) else fromstring(payload))
        await iq.send()

    async def give(self, to, sid, data, block):
        """Bring bytes in-band."""
        plugin = self.client.plugin["xep_0047"]
        stream = await plugin.open_stream(to, sid=sid, block_size=block)
        await stream.sendall(data)
        await stream.close()

    def action(self, name):
        """Return what was last said of this kind in a session, None where nothing was."""
        return next((each for each in self.jingles if each.get("action") == name), None)

    async def _on_session(self, _):
        for feature in FEATURES:
            self.client.plugin["xep_0030"].add_feature(feature)
        await self.client.get_roster()
        self.client.send_presence()
        self._changed.set()

    def _on_message(self, message):
        self.messages.append(message)
        self._changed.set()

    def _on_data(self, stream):
        self.read += stream.read()
        self._changed.set()

    def _on_end(self, _):
        self.is_closed = True
        self._changed.set()

    def _on_jingle(self, iq):
        self.jingles.append(iq.xml[0])
        iq.reply().send()
        self._changed.set()


@pytest.fixture
async def other(server):
    """Such a client, of an account of its own."""
    client = await SlixmppClient(server, new_account(server)).connect()
    yield client
    await client.close()


@pytest.fixture
def file(tmp_path):
    """A file whose name has a blank, to be sent either way."""
    path = tmp_path / "a letter.txt"
    path.write_bytes(CONTENT)
    return path
