"""The elements of the specifications are read as they are printed there."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core import xml
from backendd.jingle import blocks, candidates, descriptions, elements, names, reasons
from backendd.jingle.blocks import InBand
from backendd.jingle.candidates import Candidate, Transport
from backendd.jingle.descriptions import File, Range
from backendd.jingle.elements import Content
from backendd.jingle.ports import Proxy
from backendd.jingle.reasons import Reason

OFFER = """
<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate'
        initiator='romeo@montague.example/dr4hcr0st3lup4c' sid='851ba2'>
  <content creator='initiator' name='a-file-offer' senders='initiator'>
    <description xmlns='urn:xmpp:jingle:apps:file-transfer:5'>
      <file>
        <date>1969-07-21T02:56:15Z</date>
        <desc>This is a test. If this were a real file...</desc>
        <media-type>text/plain</media-type>
        <name>test.txt</name>
        <range/>
        <size>6144</size>
        <hash xmlns='urn:xmpp:hashes:2' algo='sha-1'>w0mcJylzCn+AfvuGdqkty2+KP48=</hash>
      </file>
    </description>
    <transport xmlns='urn:xmpp:jingle:transports:s5b:1' mode='tcp' sid='vj3hs98y'
               dstaddr='972b7bf47291ca609517f67f86b5081086052dad'>
      <candidate cid='hft54dqy' host='192.168.4.1' port='5086' priority='8257636' type='direct'
                 jid='romeo@montague.example/dr4hcr0st3lup4c'/>
      <candidate cid='hutr46fe' host='24.24.24.1' port='5087' priority='8258636' type='direct'
                 jid='romeo@montague.example/dr4hcr0st3lup4c'/>
      <candidate cid='xmdh4b7i' host='198.51.100.8' port='7625' priority='7878787' type='proxy'
                 jid='streamer.shakespeare.lit'/>
    </transport>
  </content>
</jingle>
"""
FILE = File(
    "test.txt", 6144, "text/plain", 0, "This is a test. If this were a real file...",
    {"sha-1": bytes.fromhex("c3499c2729730a7f807efb8676a92dcb6f8a3f8f")}, (), Range(),
)  # fmt: skip


def test_the_offer_of_a_file():
    said = elements.decode(fromstring(OFFER))
    assert (said.action, said.sid, said.reason) == ("session-initiate", "851ba2", None)
    (content,) = said.contents
    assert (content.creator, content.name, content.senders) == (
        "initiator",
        "a-file-offer",
        "initiator",
    )
    assert descriptions.decode(content.description) == FILE
    transport = candidates.decode(content.transport)
    assert transport.sid == "vj3hs98y"
    assert transport.destination == "972b7bf47291ca609517f67f86b5081086052dad"
    assert [each.cid for each in transport.candidates] == ["hutr46fe", "hft54dqy", "xmdh4b7i"]
    assert transport.candidates[-1] == Candidate(
        "xmdh4b7i", "198.51.100.8", 7625, "streamer.shakespeare.lit", 7878787, "proxy"
    )


def test_what_is_written_is_read_as_it_was_meant():
    file = File("ä b.txt", 7, "text/x", 5_000_000, "two\nlines", {"sha-256": b"x" * 32},
                ("blake2b-256",), Range(3, 4))  # fmt: skip
    assert descriptions.decode(descriptions.encode(file)) == file
    transport = Transport("s", (Candidate("c", "2001:db8::1", 1, "a@b.example/c", 9),), "name")
    assert candidates.decode(candidates.encode(transport, is_initiator=True)) == transport
    assert blocks.decode(blocks.encode(InBand("s", 77))) == InBand("s", 77)
    reason = Reason("media-error", "too much", "file-too-large")
    jingle = xml.element(names.JINGLE, "jingle", {}, [reasons.encode(reason)])
    assert reasons.decode(jingle) == reason


@pytest.mark.parametrize("condition", ["failed-transport", "failed-application"])
def test_a_reason_that_is_written_as_dino_does_is_the_one_that_it_means(condition):
    reason = Reason(condition.replace("-", "_"))
    jingle = xml.element(names.JINGLE, "jingle", {}, [reasons.encode(reason)])
    assert reasons.decode(jingle).condition == condition


def test_an_empty_hash_says_only_which_one_comes_later():
    description = fromstring(
        "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><size>1</size>"
        "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'/>"
        "<hash xmlns='urn:xmpp:hashes:2' algo='nonsense'>AAAA</hash>"
        "<hash xmlns='urn:xmpp:hashes:2' algo='sha-512'>?</hash></file></description>"
    )
    file = descriptions.decode(description)
    assert (file.hashes, file.hashes_used) == ({}, ("sha-256",))


def test_the_hash_of_a_part_is_not_that_of_the_file():
    checksum = fromstring(
        "<checksum xmlns='urn:xmpp:jingle:apps:file-transfer:5' creator='initiator' name='a'>"
        "<file><range offset='2048' length='1024'>"
        "<hash xmlns='urn:xmpp:hashes:2' algo='sha-1'>kHp5RSzW/h7Gm1etSf90Mr5PC/k=</hash>"
        "</range></file></checksum>"
    )
    assert descriptions.decode_checksum(checksum) == {}
    whole = descriptions.encode_checksum(Content("initiator", "a"), FILE.hashes)
    assert descriptions.decode_checksum(whole) == FILE.hashes


@pytest.mark.parametrize(
    "candidate",
    [
        "cid='' host='192.0.2.1' jid='a@b.example' port='1' priority='1'",
        "cid='c' host='' jid='a@b.example' port='1' priority='1'",
        "cid='c' host='192.0.2.1' jid='' port='1' priority='1'",
        "cid='c' host='192.0.2.1' jid='a@b.example' port='65536' priority='1'",
        "cid='c' host='192.0.2.1' jid='a@b.example' port='x' priority='1'",
        "cid='c' host='192.0.2.1' jid='a@b.example' port='1' priority='1' type='magic'",
        "cid='c' host='a&#10;b' jid='a@b.example' port='1' priority='1'",
    ],
)
def test_a_candidate_that_cant_be_connected_to_is_left_out(candidate):
    transport = fromstring(
        f"<transport xmlns='urn:xmpp:jingle:transports:s5b:1' sid='s'><candidate {candidate}/>"
        "<candidate cid='good' host='192.0.2.1' jid='a@b.example' priority='1'/></transport>"
    )
    (left,) = candidates.decode(transport).candidates
    assert (left.cid, left.port, left.kind) == ("good", 1080, "direct")


def test_of_a_thousand_candidates_only_some_are_read():
    many = "".join(
        f"<candidate cid='{n}' host='192.0.2.1' jid='a@b.example' priority='{n}'/>"
        for n in range(1000)
    )
    transport = f"<transport xmlns='urn:xmpp:jingle:transports:s5b:1' sid='s'>{many}</transport>"
    assert len(candidates.decode(fromstring(transport)).candidates) == candidates.MOST


def test_a_proxy_says_where_it_is():
    iq = fromstring(
        "<iq xmlns='jabber:client' type='result'>"
        "<query xmlns='http://jabber.org/protocol/bytestreams'>"
        "<streamhost host='24.24.24.1' jid='streamer.example.com' port='7625'/>"
        "<streamhost host='' jid='broken.example.com' port='7625'/></query></iq>"
    )
    assert candidates.decode_proxies(iq) == (Proxy("streamer.example.com", "24.24.24.1", 7625),)


def test_blocks_are_counted_from_the_beginning_after_the_last_number():
    stream = InBand("s", 10)
    block = blocks.encode_data(stream, 65536, b"abc")
    assert block.get("seq") == "0"
    assert blocks.decode_data(block, stream, 65536) == b"abc"


def test_a_block_may_be_written_in_lines():
    block = xml.element(names.BLOCKS, "data", {"seq": "0"}, text="\n  YWJj\n  ZGVm\n")
    assert blocks.decode_data(block, InBand("s", 10), 0) == b"abcdef"
