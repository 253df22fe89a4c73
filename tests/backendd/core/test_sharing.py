"""Files are read out of messages however they are told of, and told of so that all read them."""

import base64
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import fallbacks, file_addresses, shared_files, sharing, xml
from backendd.core.encoding import encode
from backendd.core.shared_files import SharedFile

URL = "https://x.example/a/summit.jpg"
KEY = (
    "8c3d050e9386ec173861778f" + "68e9af38a97aaf82faa4063b4d0878a61261534410c8a84331eaac851759f587"
)
SECRET = f"aesgcm://x.example/a/tr%C3%A8s%20cool.jpg#{KEY}"
DIGEST = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
HASH = f"<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>{DIGEST}</hash>"
ABOUT = (
    "<media-type>image/jpeg</media-type><name>summit.jpg</name><size>3032449</size>"
    f"<desc>From the top</desc>{HASH}"
)
WAY = "<url-data xmlns='http://jabber.org/protocol/url-data' target='{}'/>"
LINK = "<x xmlns='jabber:x:oob'><url>{}</url></x>"
BODY = "<body>{}</body>"


def file_sharing(about=ABOUT, *addresses, more=""):
    ways = "".join(map(WAY.format, addresses))
    return (
        f"<file-sharing xmlns='urn:xmpp:sfs:0'{more}><file xmlns='urn:xmpp:file:metadata:0'>"
        f"{about}</file><sources>{ways}</sources></file-sharing>"
    )


def media_sharing(about=ABOUT, *addresses):
    ways = "".join(f"<reference xmlns='urn:xmpp:reference:0' uri='{each}'/>" for each in addresses)
    return (
        "<reference xmlns='urn:xmpp:reference:0' type='data'>"
        "<media-sharing xmlns='urn:xmpp:sims:1'>"
        f"<file xmlns='urn:xmpp:jingle:apps:file-transfer:5'>{about}</file>"
        f"<sources>{ways}</sources></media-sharing></reference>"
    )


def message(*children):
    return fromstring(f"<message xmlns='jabber:client'>{''.join(children)}</message>")


def read(*children):
    return sharing.read(message(*children))


@pytest.mark.parametrize("told", [file_sharing, media_sharing])
def test_all_that_is_said_of_a_file_is_read(told):
    (file,) = read(told(ABOUT, URL))
    assert (file.name, file.mime, file.size) == ("summit.jpg", "image/jpeg", 3032449)
    assert (file.description, file.url, file.is_encrypted) == ("From the top", URL, False)
    assert file.hashes == {"sha-256": base64.b64decode(DIGEST)}


def test_one_file_that_is_told_of_in_every_way_is_one():
    told = [file_sharing(ABOUT, URL), media_sharing(ABOUT, URL), LINK.format(URL)]
    (file,) = read(*told, BODY.format(URL))
    assert (file.name, file.addresses) == ("summit.jpg", (URL,))


def test_what_one_way_leaves_out_another_adds():
    bare = "<name>summit.jpg</name><size>3032449</size>"
    (file,) = read(file_sharing(bare), media_sharing(ABOUT, URL), LINK.format(URL))
    assert (file.mime, file.url, len(file.hashes)) == ("image/jpeg", URL, 1)


def test_files_of_the_same_content_are_as_many_as_are_told_of():
    one, two = (ABOUT.replace("summit", name) for name in ("one", "two"))
    files = read(file_sharing(one, URL), file_sharing(two, URL + "2"))
    assert [file.name for file in files] == ["one.jpg", "two.jpg"]


def test_several_addresses_of_a_file_are_kept_in_their_order():
    others = [f"https://y.example/{n}" for n in range(3)]
    (file,) = read(file_sharing(ABOUT, *others), LINK.format(others[1]))
    assert file.addresses == tuple(others)


@pytest.mark.parametrize("disposition", ["inline", "attachment", "", "form-data"])
def test_how_it_wants_to_be_shown_is_one_of_two_or_nothing(disposition):
    (file,) = read(file_sharing(ABOUT, URL, more=f" disposition='{disposition}'"))
    assert (file.disposition or "") == disposition.replace("form-data", "")


def test_small_pictures_of_it_are_no_files():
    small = "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='cid:sha1+00@bob.xmpp.org'/>"
    assert len(read(file_sharing(ABOUT + small, URL))) == 1


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (URL, 1),
        (f"Look\n{URL}", 1),
        ("Look", 1),
        ("", 1),
        (f"Look at {URL} please", 0),
        (f"{URL}, you see", 0),
    ],
)
def test_a_link_in_the_middle_of_what_is_said_is_one_of_its_words(said, count):
    assert len(read(BODY.format(said), LINK.format(URL))) == count


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (SECRET, 1),
        (f"{SECRET}\ndata:image/jpeg,/9j/4AAQ", 1),
        (SECRET.replace(KEY, "0" * 8 + KEY), 1),
        (f"look {SECRET}", 0),
        (f"{SECRET}\nlook", 0),
        (f"{SECRET}\ndata:image/jpeg,/9j/4AAQ\nlook", 0),
        (SECRET.replace(KEY, KEY[:-1]), 0),
        (SECRET.replace("aesgcm", "https"), 0),
        (URL, 0),
    ],
)
def test_a_secret_address_that_is_all_that_is_said_is_a_file(said, count):
    files = read(BODY.format(said))
    assert [file.is_encrypted for file in files] == [True] * count


REFUSED = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,hi",
    "https:///nowhere",
    "https://me:secret@x.example/a",
    "https://good.example&#92;@evil.example/a",
    "https://x.example:99999/a",
    "https://[::1/a",
    "ftp://x.example/a",
    "xmpp:a@x.example",
    "/etc/passwd",
    "https://x.example/a&#10;Cookie: b",
    "https://x.example/a\u202egpj.exe",
    "https://x.example/" + "a" * file_addresses.LONGEST,
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_no_address_of_a_file_is_none(address):
    (file,) = read(file_sharing(ABOUT, address))
    assert (file.name, file.url) == ("summit.jpg", "")
    assert read(LINK.format(address)) == ()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://x.example/my cat.jpg", "https://x.example/my%20cat.jpg"),
        ("https://x.example/Übung\u3000.txt", "https://x.example/Übung%E3%80%80.txt"),
        (" http://192.168.0.2:8080/a?b=c#d ", "http://192.168.0.2:8080/a?b=c#d"),
    ],
)
def test_blanks_and_umlauts_leave_an_address_whole(written, address):
    (file,) = read(LINK.format(written), BODY.format(written))
    assert file.url == address
    assert shared_files.words(written, [file]) == ""


@pytest.mark.parametrize(
    "about",
    [
        "<size>-1</size>",
        "<size>1e9</size>",
        f"<size>{2**63}</size>",
        "<size>" + "9" * 100_000 + "</size>",
        "<media-type>text</media-type>",
        "<media-type>text/html\u202e&lt;</media-type>",
        "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>not base64!</hash>",
        "<hash xmlns='urn:xmpp:hashes:2' algo='../sha'>bm90</hash>",
        "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>" + "QUFB" * 1000 + "</hash>",
    ],
)
def test_what_makes_no_sense_of_a_file_is_left_out(about):
    (file,) = read(file_sharing(about, URL))
    assert (file.size, file.mime, file.hashes) == (None, "", {})


def test_names_and_descriptions_are_one_harmless_line_of_bounded_length():
    (file,) = read(
        file_sharing("<name>a\u202egpj\u009b.exe&#10;b</name><desc>x&#10;" + "y" * 5000 + "</desc>")
    )
    assert (file.name, len(file.description)) == ("agpj.exe b", 1000)


def test_of_very_many_files_and_addresses_the_first_are_read():
    many = [f"https://x.example/{n}" for n in range(1000)]
    (file,) = read(file_sharing(ABOUT, *many))
    assert file.addresses == tuple(many[: shared_files.MOST_ADDRESSES])
    files = read(*(file_sharing(f"<name>{n}</name>", each) for n, each in enumerate(many)))
    assert len(files) == sharing.MOST


FILE = SharedFile("summit.jpg", "image/jpeg", 3032449, {"sha-256": b"d"}, "Top", (URL,), "inline")
OTHER = SharedFile("b.txt", size=0, addresses=("https://x.example/b.txt",))
HIDDEN = SharedFile("cool.jpg", addresses=(SECRET,))


def told(said, *files):
    said = shared_files.text_with(said, files)
    children = [xml.element(xml.CLIENT, "body", text=said)] if said else []
    stanza = xml.element(xml.CLIENT, "message", children=children)
    sharing.put(stanza, files)
    return fromstring(encode(stanza, namespace="").decode())


@pytest.mark.parametrize("said", ["", "Look", "Look\nthere"])
@pytest.mark.parametrize("files", [(FILE,), (FILE, OTHER)])
def test_what_is_told_of_files_is_read_again(said, files):
    stanza = told(said, *files)
    assert tuple(replace(each, id="") for each in sharing.read(stanza)) == files
    rest = fallbacks.without(stanza, sharing.SHARING)
    assert xml.child_text(rest, xml.CLIENT, "body") == said


def test_a_text_is_told_as_it_is_wherever_the_addresses_stand():
    stanza = xml.element(xml.CLIENT, "message", children=[xml.element(xml.CLIENT, "body")])
    stanza[0].text = f"{URL}\nis this\n{URL}\n\nor not {URL}"
    sharing.put(stanza, [FILE])
    rest = fallbacks.without(stanza, sharing.SHARING)
    assert xml.child_text(rest, xml.CLIENT, "body") == f"\nis this\n\nor not {URL}"


def test_a_single_file_is_linked_to_as_older_programs_want_it():
    stanza = told("", FILE)
    link = xml.child(stanza, xml.LINK, "x")
    assert (
        xml.child_text(link, xml.LINK, "url") == xml.child_text(stanza, xml.CLIENT, "body") == URL
    )
    assert xml.child(told("", FILE, OTHER), xml.LINK, "x") is None
    (older,) = map(sharing.read_reference, stanza.iterfind(sharing.REFERENCE_TAG))
    assert (older.name, older.url, older.hashes) == ("summit.jpg", URL, FILE.hashes)


def test_each_of_several_files_has_an_id_of_its_own():
    ids = [each.get("id") for each in told("", FILE, OTHER).iterfind(sharing.SHARING_TAG)]
    assert len(set(ids)) == 2
    assert all(ids)


def test_nothing_but_the_text_tells_of_a_secret_address():
    stanza = told("", HIDDEN)
    assert xml.child_text(stanza, xml.CLIENT, "body") == SECRET
    assert len(stanza) == 1


def test_a_file_without_an_address_is_told_of_all_the_same():
    (file,) = sharing.read(told("soon", SharedFile("later.bin", size=5)))
    assert (file.name, file.url) == ("later.bin", "")


@given(st.text())
def test_an_address_that_is_read_is_read_as_it_is(written):
    address = file_addresses.read(f"https://x.example/{written}")
    assert file_addresses.read(address) == address
    assert "\n" not in address


def test_a_text_keeps_all_that_is_no_address_alone():
    said = f"\n  one\n{URL}\n\ntwo {URL}\n"
    assert shared_files.words(said, [FILE]) == f"  one\n\ntwo {URL}"
    assert shared_files.words(said, [OTHER]) == said


def test_a_line_tells_of_a_file_to_who_reads_no_more():
    assert shared_files.line(FILE) == f"file: summit.jpg, 3.03 MB, {URL}"
    assert shared_files.line(SharedFile()) == "file: without a name"
