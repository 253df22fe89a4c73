"""`jp service` with one that asks: captchas, registration, a directory, commands of stages."""

import base64
import hashlib
from xml.sax.saxutils import quoteattr

import pytest

from backendd.core import bits, registration
from tests.lab import component
from tests.lab.component import Component, error, info
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

PICTURE = b"\x89PNG\r\n\x1a\nred"
CID = f"sha1+{hashlib.sha1(PICTURE, usedforsecurity=False).hexdigest()}@bob.xmpp.org"
CAPTCHA, SEARCH = "urn:xmpp:captcha", "jabber:iq:search"
COMMANDS = "http://jabber.org/protocol/commands"
FORM = "jabber:x:data"
CHALLENGE = """<message from='robot@{me}' to={to} id='c1'><body>Are you a robot?</body>
<x xmlns='jabber:x:oob'><url>https://example.org/c1</url></x>
<captcha xmlns='urn:xmpp:captcha'><x xmlns='jabber:x:data' type='form'>
<field type='hidden' var='FORM_TYPE'><value>urn:xmpp:captcha</value></field>
<field type='hidden' var='from'><value>robot@{me}</value></field>
<field type='hidden' var='challenge'><value>c1</value></field>
<field type='hidden' var='sid'><value>{sid}</value></field>
<field var='qa' label='The colour of this' type='text-single'><required/>
<media xmlns='urn:xmpp:media-element'><uri type='image/png'>cid:{cid}</uri></media></field>
</x></captcha></message>"""


def form(kind, *fields):
    """Return a form (XEP-0004): its fields as (name, attributes, what is in it)."""
    inside = "".join(f"<field var='{name}' {said}>{more}</field>" for name, said, more in fields)
    return f"<x xmlns='{FORM}' type='{kind}'>{inside}</x>"


class Robot(Component):
    """Asks whoever writes to it; one registers with it, looks people up, and has it do things."""

    def __init__(self, server, port):
        super().__init__(server, "ask", port)
        self.filled = []
        self.declined = []
        self.registered = {}

    def on_message(self, message):
        if message.get("type") == "error":
            self.declined.append(message.get("id"))
            return
        to, sid = quoteattr(message.get("from")), message.get("id")
        self.write(CHALLENGE.format(me=self.address, to=to, sid=sid, cid=CID))

    def answer(self, asked, to):
        namespace, _, name = asked.tag[1:].partition("}")
        said = {
            (component.INFO, "query"): self._info,
            (bits.NAMESPACE, "data"): self._data,
            (CAPTCHA, "captcha"): self._captcha,
            (registration.NAMESPACE, "query"): self._register,
            (SEARCH, "query"): self._search,
            (COMMANDS, "command"): self._command,
            ("urn:xmpp:extdisco:2", "services"): self._services,
        }.get((namespace, name))
        return said(asked) if said else None

    def _info(self, asked):
        features = (CAPTCHA, registration.NAMESPACE, SEARCH, COMMANDS)
        return info("component", "generic", "The robot", features)

    def _data(self, asked):
        picture = base64.b64encode(PICTURE).decode()
        return f"<data xmlns='{bits.NAMESPACE}' cid='{CID}' type='image/png'>{picture}</data>"

    def _captcha(self, asked):
        self.filled.append(values(asked))
        return "" if values(asked)["qa"] == "red" else error("modify", "not-acceptable")

    def _register(self, asked):
        namespace = registration.NAMESPACE
        if asked.find(f"{{{namespace}}}remove") is not None:
            self.registered = {}
        elif asked.find(f"{{{FORM}}}x") is not None:
            self.registered = values(asked)
        else:
            fields = (
                ("nick", "type='text-single' label='Name'", "<required/>"),
                ("key", "type='text-private' label='Key'", "<required/>"),
            )
            return f"<query xmlns='{namespace}'>{form('form', *fields)}</query>"
        return ""

    def _search(self, asked):
        if asked.find(f"{{{FORM}}}x") is None:
            return f"<query xmlns='{SEARCH}'>{form('form', ('first', _LINE, ''))}</query>"
        found = values(asked)["first"]
        field = "<field var='{}'><value>{}</value></field>"
        item = field.format("first", found) + field.format("jid", "ann@example.org")
        reported = "".join(f"<field var='{each}' label='{each}'/>" for each in ("first", "jid"))
        x = f"<reported>{reported}</reported><item>{item}</item>"
        return f"<query xmlns='{SEARCH}'><x xmlns='{FORM}' type='result'>{x}</x></query>"

    def _command(self, asked):
        head = f"<command xmlns='{COMMANDS}' node='brew' sessionid='s1'"
        if asked.get("node") == "look":
            note = "<note type='info'>It is cold.</note>"
            return f"<command xmlns='{COMMANDS}' node='look' status='completed'>{note}</command>"
        if asked.get("action") == "cancel":
            return f"{head} status='canceled'/>"
        if asked.find(f"{{{FORM}}}x") is None:
            return (
                f"{head} status='executing'><actions execute='complete'><complete/></actions>"
                + (f"{form('form', ('what', _LINE, '<required/>'))}</command>")
            )
        cup = form(
            "result", ("cup", f"{_LINE} label='Cup'", f"<value>{values(asked)['what']}</value>")
        )
        return f"{head} status='completed'><note type='info'>It is hot.</note>{cup}</command>"

    def _services(self, asked):
        one = "<service type='stun' host='stun.example.org' port='3478' transport='udp'/>"
        return f"<services xmlns='urn:xmpp:extdisco:2'>{one}</services>"


_LINE = "type='text-single'"


def values(asked):
    """Return what is filled in, by field."""
    return {each.get("var"): "".join(each.itertext()) for each in asked.iter(f"{{{FORM}}}field")}


@pytest.fixture
def server(tmp_path):
    """A server at which the robot sits."""
    (port,) = free_ports(1)
    settings = component.settings(f"ask.{DOMAIN}", port)
    with Prosody(tmp_path / "server", settings=settings) as own:
        own.asking = port
        yield own


@pytest.fixture
async def robot(server, user):
    """It, and the user, alice, who is online."""
    await user(server, "alice")
    service = await Robot(server, server.asking).connect()
    yield service
    await service.close()


async def challenged(jp, robot, text):
    """Write to the robot; return what it asks."""
    await jp.ok("message", "send", f"robot@{robot.address}", text)
    while not (found := (await jp.ok("service", "challenges", "--json")).records):
        await jp("watch", "Services", "--count", "1", "--limit", "200ms")
    return found[0]


async def test_a_captcha_is_shown_answered_wrongly_and_then_rightly(jp, robot):
    asked = await challenged(jp, robot, "hello")
    id = str(asked["id"])
    assert (asked["about"], asked["text"]) == (f"robot@{robot.address}", "Are you a robot?")
    assert "Are you a robot?" in (await jp.ok("service", "challenges")).output
    shown = (await jp.ok("service", "answer", id)).output
    assert "qa" in shown
    assert "The colour of this" in shown
    assert f"cid:{CID}" in shown
    form = (await jp.ok("service", "answer", id, "--json")).record
    (field,) = (each for each in form["fields"] if each["var"] == "qa")
    uri = field["media"][0]["uri"]
    await jp.ok("service", "media", str(asked["jid"]), uri, "seen.png")
    assert (jp.directory / "seen.png").read_bytes() == PICTURE
    again = await jp("service", "media", str(asked["jid"]), uri, "seen.png")
    assert (again.code, "exists" in again.errors) == (1, True)
    empty = await jp("service", "answer", id, "--set", "qa=")
    assert (empty.code, empty.output) == (1, "")
    await jp.ok("service", "answer", id, "--set", "qa=red")
    assert robot.filled[-1]["qa"] == "red"
    assert (await jp.ok("service", "challenges")).output == ""
    late = await jp("service", "answer", id, "--set", "qa=red")
    assert (late.code, "nobody waits for it" in late.errors) == (1, True)


async def test_what_is_answered_wrongly_is_told_and_asked_no_more(jp, robot):
    id = str((await challenged(jp, robot, "hello"))["id"])
    ended = await jp("service", "answer", id, "--set", "qa=blue")
    assert (ended.code, ended.output, "Traceback" in ended.errors) == (1, "", False)
    assert robot.filled[-1]["qa"] == "blue"


async def test_a_captcha_is_declined(jp, robot):
    id = str((await challenged(jp, robot, "hello"))["id"])
    await jp.ok("service", "decline", id)
    assert (await jp.ok("service", "challenges")).output == ""
    assert (await jp("service", "decline", id)).code == 1
    await jp.ok("service", "info", robot.address)  # who answers has read what came before
    assert robot.declined == ["c1"]


async def test_one_registers_with_a_service_and_ends_that(jp, robot):
    shown = (await jp.ok("service", "register", robot.address)).output
    assert "nick" in shown
    assert "secret" in shown
    words = ("service", "register", robot.address, "--set", "nick=ally")
    await jp.ok(*words, given="sesame\n")
    assert robot.registered["nick"] == "ally"
    assert robot.registered["key"] == "sesame"
    ended = await jp("service", "register", robot.address, "--ask", given="sesame\n")
    assert (ended.code, "wants nick" in ended.errors) == (1, True)
    await jp.ok("service", "unregister", robot.address)
    assert robot.registered == {}


async def test_a_directory_is_asked_and_answers_with_rows(jp, robot):
    assert "first" in (await jp.ok("service", "search", robot.address)).output
    found = await jp.ok("service", "search", robot.address, "--set", "first=Ann", "--json")
    assert found.records == [{"first": "Ann", "jid": "ann@example.org"}]
    assert (
        "ann@example.org"
        in (await jp.ok("service", "search", robot.address, "--set", "first=Ann")).output
    )


async def test_a_command_of_stages_is_shown_and_run(jp, robot):
    shown = await jp.ok("service", "command", robot.address, "brew")
    assert "what" in shown.output
    ended = await jp("service", "command", robot.address, "brew", "--set", "that=tea")
    assert (ended.code, ended.output) == (1, "")
    done = await jp.ok("service", "command", robot.address, "brew", "--set", "what=tea")
    assert "Cup" in done.output
    assert "tea" in done.output
    assert "It is hot." in done.errors
    alone = await jp.ok("service", "command", robot.address, "look")
    assert (alone.output, alone.errors) == ("It is cold.\n", "")
    alone = await jp.ok("service", "command", robot.address, "look", "--json")
    assert alone.record == {"text": "It is cold."}


async def test_what_services_tell_beside_is_printed(jp, robot, server):
    told = await jp.ok("service", "external", robot.address, "--json")
    assert (told.record["host"], told.record["port"]) == ("stun.example.org", 3478)
    assert "stun" in (await jp.ok("service", "external", robot.address)).output
    up = await jp.ok("service", "activity", server.domain, "--json")
    assert int(up.record["time"]) > 0
    await jp.ok("account", "vcard", "--set", "fn=Alice")
    card = await jp.ok("service", "vcard", server.jid("alice"), "--json")
    assert card.record["fn"] == "Alice"
