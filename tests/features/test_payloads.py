"""What has no body leaves one line, for the other one saw it arrive."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core import inbound, jid
from backendd.core.inbound import Context
from backendd.core.messages import BODY_LIMIT
from backendd.core.payloads import Line, Payload, Payloads
from backendd.features.messages.payloads import UNKNOWN
from backendd.inbound import INBOUND
from tests.features.test_receipts import ASK, befriended, receipts

OMEMO = (
    "<encrypted xmlns='{0}'><header sid='1'><key rid='2'>a2V5</key></header>"
    "<payload>cGF5bG9hZA==</payload></encrypted>"
)
KEYS = OMEMO.replace("<payload>cGF5bG9hZA==</payload>", "")
LEGACY, NEWER = "eu.siacs.conversations.axolotl", "urn:xmpp:omemo:2"
NAMED = "<encryption xmlns='urn:xmpp:eme:0' namespace='{0}'{1}/>"
FALLBACK = "<body>I sent you an encrypted message</body>"
LINK = "<x xmlns='jabber:x:oob'><url>https://x.example/a%20b</url>{}</x>"
FILE = """<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>
    <name>summit.jpg</name><size>3032449</size></file><sources>
    <url-data xmlns='http://jabber.org/protocol/url-data' target='https://x.example/s.jpg'/>
    </sources></file-sharing>"""
REFERENCE = """<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing
    xmlns='urn:xmpp:sims:1'><file xmlns='urn:xmpp:jingle:apps:file-transfer:5'><name>a.txt</name>
    <size>12</size></file><sources><reference xmlns='urn:xmpp:reference:0' uri='xmpp:a@x/b?jingle'/>
    <reference xmlns='urn:xmpp:reference:0' uri='https://x.example/a'/></sources></media-sharing>
    </reference>"""
DIRECT = "<x xmlns='jabber:x:conference' jid='cave@rooms.x' reason='Witches only'/>"
MEDIATED = (
    "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='Crone@x/desk'>"
    "<reason>Witches only</reason></invite></x>"
)
DECLINED = "<x xmlns='http://jabber.org/protocol/muc#user'><decline from='hag@x'/></x>"
CALL = (
    "<propose xmlns='urn:xmpp:jingle-message:0' id='c1'>"
    "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='{}'/></propose>"
)
URL = "https://x.example/a%20b"
STANDS_IN = (
    "<body>text</body><fallback xmlns='urn:xmpp:fallback:0' for='{}'>"
    "<body start='0' end='{}'/></fallback>"
)
XHTML = (
    "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
    "<body xmlns='http://www.w3.org/1999/xhtml'>{}</body></html>"
)

LINES = [
    (OMEMO.format(LEGACY), "system", "OMEMO", "encrypted with OMEMO, which"),
    (OMEMO.format(NEWER) + FALLBACK, "system", "OMEMO 2", "encrypted with OMEMO 2, which"),
    (OMEMO.format(LEGACY) + NAMED.format(LEGACY, "") + FALLBACK, "system", "OMEMO", "encrypted"),
    ("<openpgp xmlns='urn:xmpp:openpgp:0'>x</openpgp>", "system", "OpenPGP for XMPP", "encrypted"),
    ("<x xmlns='jabber:x:encrypted'>x</x>" + FALLBACK, "system", "Legacy OpenPGP", "encrypted"),
    (NAMED.format("urn:xmpp:otr:0", ""), "system", "OTR", "encrypted with OTR, which"),
    (NAMED.format("urn:x:y", " name='Rot13'") + FALLBACK, "system", "Rot13", "encrypted with Rot"),
    (NAMED.format("urn:x:y", ""), "system", "urn:x:y", "encrypted with urn:x:y, which"),
    (LINK.format(""), "message", "", "https://x.example/a%20b"),
    (LINK.format("<desc>Look</desc>"), "message", "", "Look\nhttps://x.example/a%20b"),
    (FILE, "system", "", "file: summit.jpg, 3.03 MB, https://x.example/s.jpg"),
    (REFERENCE, "system", "", "file: a.txt, 12 bytes, https://x.example/a"),
    (DIRECT, "invite", "", "invitation to the room cave@rooms.x: Witches only"),
    (MEDIATED, "invite", "", "crone@x invites to this room: Witches only"),
    (MEDIATED + DIRECT, "invite", "", "crone@x invites to this room: Witches only"),
    (MEDIATED + "<body>You are invited</body>", "invite", "", "You are invited"),
    (DECLINED, "system", "", "hag@x declines the invitation to this room"),
    (CALL.format("audio"), "system", "", "a call, which"),
    (CALL.format("video"), "system", "", "a call with video, which"),
    (FILE + "<body>https://x.example/s.jpg</body>", "message", "", "https://x.example/s.jpg"),
    (FILE + REFERENCE, "system", "", "file: summit.jpg, 3.03 MB, https://x.example/s.jpg\nfile: a"),
    (FILE + FILE.replace("s.jpg'", "t.jpg'"), "system", "", "file: summit.jpg, 3.03 MB, https"),
    (FILE + CALL.format("audio"), "system", "", "file: summit.jpg"),
    (OMEMO.format(LEGACY) + FILE, "system", "OMEMO", "encrypted with OMEMO, which"),
    (FILE + STANDS_IN.format("urn:xmpp:sfs:0", 4), "system", "", "file: summit.jpg, 3.03 MB"),
    (FILE + "<body>look at this</body>", "message", "", "look at this"),
    (LINK.format("<desc>Look</desc>") + f"<body>{URL}</body>", "message", "", f"Look\n{URL}"),
    (LINK.format("") + f"<body>{URL}</body>", "message", "", URL),
    (XHTML.format("<p>Hi <b>you</b></p><p>a<br/>b</p>"), "message", "", "Hi you\na\nb"),
    (XHTML.format("<ul><li>one</li><li>two</li></ul>"), "message", "", "one\ntwo"),
    (XHTML.format("<img src='x.png' alt='a cat'/> &amp; me"), "message", "", "a cat & me"),
    (XHTML.format("<style>b{}</style>a\u202eb"), "message", "", "ab"),
    (XHTML.format("fine") + "<body>plain</body>", "message", "", "plain"),
    ("<x xmlns='urn:x:unknown'/>" + STANDS_IN.format("urn:x:unknown", 4), "message", "", "text"),
    ("<subject>Maintenance\nat ten</subject>", "message", "", "Maintenance at ten"),
    ("<subject>a\u202eb\u009bc</subject>", "message", "", "abc"),
]  # fmt: skip
NOTHING = [
    KEYS.format(LEGACY),
    KEYS.format(NEWER) + NAMED.format(NEWER, ""),
    "<active xmlns='http://jabber.org/protocol/chatstates'/>",
    "<received xmlns='urn:xmpp:receipts' id='a'/>",
    "<displayed xmlns='urn:xmpp:chat-markers:0' id='a'/>",
    "<subject/><body> </body>",
    "<x xmlns='jabber:x:oob'/>",
    "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:a@x'/>",
    "<retract xmlns='urn:xmpp:jingle-message:0' id='c1'/>",
    "<event xmlns='http://jabber.org/protocol/pubsub#event'/>",
    XHTML.format("<p> </p><br/>"),
]


def decoded(children, kind="chat"):
    message = fromstring(
        f"<message xmlns='jabber:client' id='m' type='{kind}' from='a@x/1'>{children}</message>"
    )
    context = Context(jid.parse("me@x"), 1)
    envelope = inbound.resolve(context, inbound.arrived(context, message, 1))
    return INBOUND.read(context, envelope).new


@pytest.mark.parametrize(("children", "kind", "encryption", "line"), LINES)
def test_each_payload_has_its_line(children, kind, encryption, line):
    draft = decoded(children)
    assert draft.body.startswith(line)
    assert (draft.type, draft.encryption, draft.state) == (kind, encryption, "unread")


@pytest.mark.parametrize("children", NOTHING)
def test_what_tells_a_person_nothing_leaves_no_line(children):
    assert decoded(children) is None


SUBJECT = "<subject>Down\u202e at\nten</subject>"


@pytest.mark.parametrize(
    ("children", "body"),
    [
        (SUBJECT + "<body>Back at noon</body>", "Down at ten\nBack at noon"),
        ("<body>Back at noon</body>" + SUBJECT, "Down at ten\nBack at noon"),
        (SUBJECT + "<body>Down at ten</body>", "Down at ten"),
        (SUBJECT + "<body> Down  at ten\nfor an hour</body>", " Down  at ten\nfor an hour"),
        (SUBJECT + DIRECT + "<body>Come</body>", "Down at ten\nCome"),
        ("<subject> </subject><body>Back at noon</body>", "Back at noon"),
    ],
)
def test_a_subject_is_the_first_line_of_what_is_said(children, body):
    draft = decoded(children)
    assert (draft.body, draft.said, draft.is_truncated) == (body, "", False)


def test_a_subject_makes_another_message_and_none_that_is_too_long():
    one, two = decoded("<body>yes</body>"), decoded(SUBJECT + "<body>yes</body>")
    assert one.payload != two.payload
    long = decoded(f"<subject>{'s' * 5000}</subject><body>{'b' * BODY_LIMIT}</body>")
    assert (len(long.body), long.is_truncated) == (BODY_LIMIT, True)


def test_lines_that_read_the_same_are_not_the_same():
    one, two = OMEMO.format(LEGACY), OMEMO.format(LEGACY).replace("cGF5", "aGF5")
    assert decoded(one).body == decoded(two).body
    assert decoded(one).payload != decoded(two).payload
    swapped = one.replace("<header sid='1'><key rid='2'>", "<header sid=\"1\"><key  rid='2'>")
    assert decoded(one).payload == decoded(swapped).payload


def write(peer, to, children, **attributes):
    shown = "".join(f" {name}='{value}'" for name, value in attributes.items())
    peer.write(
        f"<message to='{to}' type='chat'{shown}>{children}<store xmlns='urn:xmpp:hints'/></message>"
    )


async def test_the_line_is_unread_and_asks_for_a_receipt_as_any_message(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    write(peer, home.jid, OMEMO.format(LEGACY) + ASK, id="e1")
    await peer.until(lambda: receipts(peer) == ["e1"])
    (message,) = await home.messages(peer.jid)
    assert (message.type, message.encryption, message.state) == ("system", "OMEMO", "unread")
    assert message.source == "live"
    assert (await home.conversation(peer.jid)).unread == 1


async def test_the_line_is_there_once_from_live_carbon_and_archive(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    write(peer, home.jid, CALL.format("audio"), id="1")
    write(peer, other.stream.full_jid, OMEMO.format(LEGACY), id="2")
    write(other, peer.jid, LINK.format(""), id="3")
    peer.chat(home.jid, "live")
    await home.until_message(peer.jid, "live")

    async def lines():
        return sorted((m.direction, m.type) for m in await home.messages(peer.jid))

    told = [("in", "message"), ("in", "system"), ("in", "system"), ("out", "message")]
    await home.until_message(peer.jid, "https://x.example/a%20b")
    assert await lines() == told
    await home.session.disconnect()
    write(peer, home.jid, CALL.format("video"), id="4")
    write(peer, home.jid, OMEMO.format(NEWER), id="5")
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 1")
    peer.chat(home.jid, "last")
    await peer.sync()
    await home.online()
    await home.until_message(peer.jid, "last")
    assert await lines() == sorted([*told, ("in", "system"), ("in", "system"), ("in", "message")])
    newest = (await home.messages(peer.jid))[-3:]
    assert {m.state for m in newest} == {"unread"}


def test_a_feature_reads_what_nothing_else_knows():
    payload = Payload("{urn:xmpp:jingle-message:0}propose", lambda element: Line("ring", element))
    payloads = Payloads((payload, *UNKNOWN))
    message = fromstring(
        "<message xmlns='jabber:client'><propose xmlns='urn:xmpp:jingle-message:0'/></message>"
    )
    assert payloads.find(message).body == "ring"


def test_markup_nested_without_end_costs_in_proportion_and_is_read():
    depth = 20_000
    nested = XHTML.format("<span>" * depth + "deep" + "</span>" * depth)
    assert decoded(nested).body == "deep"
