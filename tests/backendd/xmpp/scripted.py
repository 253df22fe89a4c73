"""A small XMPP server in TLS that misbehaves on demand: what no real server can be made to do."""

import asyncio
import base64
import contextlib
import hashlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, XMLPullParser

from backendd.core.xml import split
from backendd.xmpp.account import Account
from backendd.xmpp.names import ACK, ACK_REQUEST, IQ, SASL_NS, SESSION_NS, SM_NS, STANZAS
from tests.backendd.xmpp.scram import Verifier
from tests.lab.authority import Authority
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST

DOMAIN = "s.localhost"
HEADER = (
    "<?xml version='1.0'?><stream:stream from='{}' id='1' version='1.0'"
    " xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
)


@dataclass
class Script:
    """How the server behaves; may be changed while it runs."""

    mechanisms: tuple[str, ...] = ("PLAIN",)
    bindings: tuple[str, ...] = ()  # what XEP-0440 names
    refusals: tuple[str, ...] = ()  # SASL conditions that answer each login, "" lets one pass
    starttls: bool = True
    management: bool = True
    resumable: bool = True
    binds: bool = True  # and does not end the stream over it
    enables: bool = True  # answers <enable/>
    session: str = ""  # offers one as of RFC 3921, and answers: silent, refuse
    acknowledges: bool = True  # answers <r/>
    answers: bool = True  # answers iq of type get
    # accept, refuse, refuse-h: says what it has, silent: nothing, or error: ends the stream
    resume: str = "accept"
    resumed: str = "listen"  # listen, deaf: takes nothing on it, or close: ends it at once
    refuses: Callable[[str], bool] = lambda _: False  # closes the stream on such a body
    condition: str = "policy-violation"  # why, in a stream error; "" closes without a word
    after_resumed: str = ""  # sent with the answer to resume
    limits: str = ""
    features: str = ""  # more of them, once authenticated
    bound: str = ""  # the bare address that is bound, where it isn't the user's
    before_enabled: str = ""  # sent between the two answers of bind and enable
    on_features: Callable[["Client"], str | None] = lambda _: None  # sent instead of features
    on_silence: Callable[[], None] = lambda: None  # called when a set-up waits for it in vain


@dataclass
class Client:
    """One connection to the server, and the numbers of its stream."""

    server: "Scripted"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    resumed: bool = False
    secured: bool = False
    authenticated: bool = False
    is_closed: bool = False
    elements: list[Element] = field(default_factory=list)
    scram: Verifier | None = None
    depth: int = 0  # of the elements that are open
    parser: XMLPullParser = field(default_factory=lambda: XMLPullParser(("start", "end")))

    def send(self, xml: str) -> None:
        self.writer.write(xml.encode())

    def send_error(self, condition: str) -> None:
        """End the stream with an error."""
        self.send(
            f"<stream:error><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
            "</stream:error></stream:stream>"
        )

    def abort(self) -> None:
        # Python 3.11.2 raises AttributeError for a TLS transport that is closed already.
        if not self.writer.transport.is_closing():
            self.writer.transport.abort()

    def acks(self) -> list[int]:
        """The numbers the client has acknowledged on this connection."""
        return [int(each.get("h", "-1")) for each in self.elements if each.tag == ACK]

    def bodies(self) -> list[str]:
        """The texts of the messages that came on this connection."""
        found = (each.findtext("{jabber:client}body") for each in self.elements)
        return [body for body in found if body is not None]


class Scripted:
    """Serves `user` of a domain with the password `secret`."""

    def __init__(
        self, directory: Path, script: Script | None = None, *, domain: str = DOMAIN
    ) -> None:
        self.domain = domain
        self.script = script or Script()
        self.authority = Authority(directory / "ca")
        certificate, key = self.authority.issue(directory, domain)
        self.certificate = ssl.PEM_cert_to_DER_cert(certificate.read_text())
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(certificate, key)
        self.tls.sni_callback = self._note_name
        self.port = 0
        self.named: list[str] = []  # what it was called, in streams and in TLS
        self.clients: list[Client] = []
        self.passwords: list[str] = []
        self.logins: list[str] = []  # mechanism and channel binding of each try
        self.handled = 0  # stanzas the server has, of the current stream
        self.refused = 0  # messages it closed the stream on
        self.messages: list[str] = []  # bodies it has, over all connections
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    def account(self, **more: object) -> Account:
        return Account(
            f"user@{self.domain}",
            "secret",
            host=HOST,
            port=self.port,
            ca_file=str(self.authority.ca_file),
            **more,  # type: ignore[arg-type]
        )

    @property
    def client(self) -> Client:
        """The newest connection."""
        return self.clients[-1]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for client in self.clients:
            client.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def be_one_with(self, other: "Scripted") -> None:
        """Be another machine of the same domain: show its certificate."""
        self.authority, self.tls = other.authority, other.tls

    def acknowledge(self) -> None:
        """Acknowledge what has come, unasked."""
        self.client.send(f"<a xmlns='{SM_NS}' h='{self.handled}'/>")

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(condition)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        client = Client(self, reader, writer, len(self.clients))
        self.clients.append(client)
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await self._serve(client)
        writer.close()

    async def _serve(self, client: Client) -> None:
        while data := await client.reader.read(65536):
            client.parser.feed(data)
            for event, element in list(client.parser.read_events()):
                client.depth += 1 if event == "start" else -1
                if event == "start" and client.depth == 1:
                    self.named.append(element.get("to", ""))
                    self._open(client)
                elif event == "end" and client.depth == 1 and not client.is_closed:
                    client.elements.append(element)
                    if await self._take(client, element):
                        break
                elif event == "end" and client.depth == 0:
                    client.send("</stream:stream>")
                    return
            await client.writer.drain()
            async with self._changed:
                self._changed.notify_all()

    def _note_name(self, _: object, name: str | None, __: object) -> None:
        self.named.append(name or "")

    def _restart(self, client: Client) -> None:
        client.parser = XMLPullParser(("start", "end"))
        client.depth = 0

    def _open(self, client: Client) -> None:
        client.send(HEADER.format(self.domain))
        special = self.script.on_features(client)
        if special is not None:
            client.send(special)
            return
        features = self.script.limits
        if not client.secured:
            if self.script.starttls:
                features += "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
        elif not client.authenticated:
            names = "".join(f"<mechanism>{name}</mechanism>" for name in self.script.mechanisms)
            features += f"<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{names}</mechanisms>"
            types = "".join(f"<channel-binding type='{each}'/>" for each in self.script.bindings)
            if types:
                features += (
                    f"<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>{types}"
                    "</sasl-channel-binding>"
                )
        else:
            features += "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" + self.script.features
            if self.script.session:
                features += f"<session xmlns='{SESSION_NS}'/>"
            if self.script.management:
                features += f"<sm xmlns='{SM_NS}'/>"
        client.send(f"<stream:features>{features}</stream:features>")

    async def _take(self, client: Client, element: Element) -> bool:
        """Answer one element; True when the stream begins anew."""
        name = split(element.tag)[1]
        if name == "starttls":
            client.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
            await client.writer.drain()
            await client.writer.start_tls(self.tls)
            client.secured = True
            self._restart(client)
            return True
        if name in ("auth", "response"):
            return self._authenticate(client, element)
        if client.resumed and self.script.resumed == "deaf":
            return self._ignore(element)
        if element.tag in STANZAS and not self._binds(client, element):
            self._stanza(client, element)
        elif element.tag == ACK_REQUEST and self.script.acknowledges:
            client.send(f"<a xmlns='{SM_NS}' h='{self.handled}'/>")
        elif name == "enable":
            self._enable(client)
        elif name == "resume":
            self._resume(client, element.get("previd", ""))
        return False

    def _ignore(self, element: Element) -> bool:
        if element.tag == ACK_REQUEST:
            self.script.on_silence()
        return False

    def _enable(self, client: Client) -> None:
        if not self.script.enables:
            self.script.on_silence()
            return
        self.handled = 0
        client.send(self.script.before_enabled)
        sm_id = f"stream-{client.number + 1}"
        resume = f"resume='true' id='{sm_id}' max='60'" if self.script.resumable else ""
        client.send(f"<enabled xmlns='{SM_NS}' {resume}/>")

    def _authenticate(self, client: Client, element: Element) -> bool:
        """Take a step of a login; True when it succeeded."""
        data = base64.b64decode(element.text or "")
        mechanism = element.get("mechanism", "")
        if mechanism:
            refusals = self.script.refusals
            refusal = refusals[min(len(self.logins), len(refusals) - 1)] if refusals else ""
            self.logins.append(f"{mechanism} {data.decode().split(',')[0]}")
            if refusal:
                client.send(f"<failure xmlns='{SASL_NS}'><{refusal}/></failure>")
                return False
        if mechanism == "PLAIN":
            self.passwords.append(data.decode().split("\0")[-1])
            return self._succeed(client, "")
        if mechanism:
            client.scram = Verifier("secret", self._channel(client))
            client.send(f"<challenge xmlns='{SASL_NS}'>{client.scram.challenge(data)}</challenge>")
            return False
        proof = client.scram.prove(data) if client.scram is not None else ""
        if proof:
            return self._succeed(client, proof)
        client.send(f"<failure xmlns='{SASL_NS}'><not-authorized/></failure>")
        return False

    def _succeed(self, client: Client, data: str) -> bool:
        client.send(f"<success xmlns='{SASL_NS}'>{data}</success>")
        client.authenticated = True
        self._restart(client)
        return True

    def _channel(self, client: Client) -> dict[str, bytes]:
        """Return the channel bindings that a login on this connection may name."""
        secured = client.writer.get_extra_info("ssl_object")
        known = {"tls-server-end-point": hashlib.sha256(self.certificate).digest()}
        if secured.version() != "TLSv1.3":
            known["tls-unique"] = secured.get_channel_binding("tls-unique")
        offered = self.script.bindings or ("tls-unique",)
        return {kind: data for kind, data in known.items() if kind in offered}

    def _binds(self, client: Client, element: Element) -> bool:
        if element.find(f"{{{SESSION_NS}}}session") is not None:
            if self.script.session == "refuse":
                client.send(f"<iq type='error' id='{element.get('id')}'/>")
            else:
                self.script.on_silence()
            return True
        bind = element.find("{urn:ietf:params:xml:ns:xmpp-bind}bind")
        if bind is None:
            return False
        if not self.script.binds:
            client.send_error("internal-server-error")
            return True
        resource = bind.findtext("{urn:ietf:params:xml:ns:xmpp-bind}resource") or "given"
        client.send(
            f"<iq type='result' id='{element.get('id')}'>"
            "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
            f"<jid>{self.script.bound or f'user@{self.domain}'}/{resource}</jid></bind></iq>"
        )
        return True

    def _stanza(self, client: Client, element: Element) -> None:
        body = element.findtext("{jabber:client}body")
        if body is not None and self.script.refuses(body):
            self.refused += 1
            client.is_closed = True
            if self.script.condition:
                client.send_error(self.script.condition)
            else:
                client.abort()
            return
        self.handled += 1
        if body is not None:
            self.messages.append(body)
        if element.tag == IQ and element.get("type") == "get" and self.script.answers:
            to = element.get("to", "")
            client.send(f"<iq type='result' id='{element.get('id')}' from='{to}'/>")

    def _resume(self, client: Client, sm_id: str) -> None:
        if self.script.resume == "accept":
            client.resumed = True
            client.send(f"<resumed xmlns='{SM_NS}' previd='{sm_id}' h='{self.handled}'/>")
            client.send(self.script.after_resumed)
            if self.script.resumed == "close":
                client.send_error("not-well-formed")
        elif self.script.resume == "error":
            client.send_error("internal-server-error")
        elif self.script.resume == "silent":
            self.script.on_silence()
        else:
            h = f"h='{self.handled}'" if self.script.resume == "refuse-h" else ""
            client.send(
                f"<failed xmlns='{SM_NS}' {h}>"
                "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"
            )
