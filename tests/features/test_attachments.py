"""Files that messages tell of: by whatever way they come, and as long as the message does."""

import pytest

from backendd.api import attachments, names
from backendd.core import sharing, xml
from backendd.core.shared_files import SharedFile, text_with
from backendd.store import attachments as store
from tests.backendd.core.test_sharing import ABOUT, LINK, SECRET, URL, file_sharing, media_sharing
from tests.backendd.session.rooms import NICK, join, say
from tests.features.test_replies import answers, talking

KEPT = "<store xmlns='urn:xmpp:hints'/>"
REPLACE = "<replace xmlns='urn:xmpp:message-correct:0' id='{}'/>"
RETRACT = "<retract xmlns='urn:xmpp:message-retract:1' id='{}'/>"
SHA = "sha-256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def tell(peer, to, children, **attributes):
    shown = "".join(f" {name}='{value}'" for name, value in attributes.items())
    peer.write(f"<message to='{to}' type='chat'{shown}>{children}{KEPT}</message>")


def body(text):
    return f"<body>{text}</body>"


async def until_files(home, peer, count=1):
    """Return the newest message with the jid `peer`, once it tells of so many files."""

    async def found():
        messages = await home.messages(peer)
        if messages and len(attachments.of(messages[-1])) == count:
            return messages[-1]
        return None

    return await home.until(found)


async def search(home, query):
    return await home.call(names.MESSAGES, "search", query, {})


# -- theirs


@pytest.mark.every_server
async def test_a_file_of_theirs_is_told_with_all_that_is_known_of_it(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, URL) + LINK.format(URL) + body(URL))
    message = await until_files(home, peer.jid)
    (file,) = attachments.of(message)
    assert (file.index, file.name, file.mime, file.size) == (0, "summit.jpg", "image/jpeg", 3032449)
    assert (file.url, file.hash, file.description) == (URL, SHA, "From the top")
    assert not file.encrypted
    assert (message.body, message.type) == (URL, "message")
    assert attachments.told(message) == "summit.jpg (3.03 MB)"


TOLD = [
    (file_sharing(ABOUT, URL), "file: summit.jpg", "summit.jpg (3.03 MB)"),
    (media_sharing(ABOUT, URL) + body("Look"), "Look", "Look\nsummit.jpg (3.03 MB)"),
    (LINK.format(URL), URL, "summit.jpg"),
    (LINK.format(URL) + body(f"Look\n{URL}"), f"Look\n{URL}", "Look\nsummit.jpg"),
    (body(SECRET), SECRET, "très cool.jpg"),
    (file_sharing("<name>later.bin</name>"), "file: later.bin", "later.bin"),
    (
        file_sharing("<name>none.txt</name><size>0</size>"),
        "file: none.txt, 0 bytes",
        "none.txt (0 bytes)",
    ),
]


@pytest.mark.parametrize(("children", "said", "told"), TOLD)
async def test_whatever_tells_of_a_file_is_told_once(make_home, make_peer, children, said, told):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, children)
    message = await until_files(home, peer.jid)
    assert message.body.startswith(said)
    assert attachments.told(message) == told


async def test_several_files_keep_their_order(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    names_told = [f"{number}.jpg" for number in range(3)]
    told = "".join(file_sharing(f"<name>{each}</name>", URL + each) for each in names_told)
    tell(peer, home.jid, told + body("three"))
    files = attachments.of(await until_files(home, peer.jid, 3))
    assert [(file.index, file.name) for file in files] == [*enumerate(names_told)]


@pytest.mark.every_server
async def test_a_copy_brings_the_same_files_whichever_way_it_comes(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    tell(other, peer.jid, file_sharing(ABOUT, URL) + body(URL), id="carbon")
    carbon = await until_files(home, peer.jid)
    assert (carbon.direction, attachments.told(carbon)) == ("out", "summit.jpg (3.03 MB)")
    await home.session.disconnect()
    tell(peer, home.jid, file_sharing("<name>b.txt</name>", URL), id="archive")
    await peer.sync()
    await home.online()
    archived = await until_files(home, peer.jid)
    await home.until(lambda: not home.inside.is_syncing)
    assert [attachments.told(each) for each in await home.messages(peer.jid)] == [
        "summit.jpg (3.03 MB)",
        "b.txt",
    ]
    assert archived.source == "archive"


@pytest.mark.every_server
async def test_files_that_are_told_of_in_a_room_are_the_rooms(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    say(peer, address, URL, more=file_sharing(ABOUT, URL))
    message = await until_files(home, address)
    assert (message.sender, attachments.of(message)[0].hash) == (f"{address}/ann", SHA)


ATTACH = "<attach-to xmlns='urn:xmpp:message-attaching:1' id='{}'/>"


def sources(name, address, of="f"):
    """Return what says later where a file of another message is, to readers of every age."""
    way = f"<url-data xmlns='http://jabber.org/protocol/url-data' target='{address}'/>"
    named = f" id='{name}'" if name else ""
    note = "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:sfs:0'><body/></fallback>"
    told = ATTACH.format(of) + f"<sources xmlns='urn:xmpp:sfs:0'{named}>{way}</sources>"
    return told + note + body(address) + LINK.format(address)


async def until_urls(home, peer, *urls):
    async def are_told():
        messages = [each for each in await home.messages(peer) if attachments.of(each)]
        return [[file.url for file in attachments.of(each)] for each in messages] == [[*urls]]

    await home.until(are_told)


@pytest.mark.every_server
async def test_a_file_is_where_its_author_says_later(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    two = [file_sharing(f"<name>{each}.jpg</name>", more=f" id='{each}'") for each in "ab"]
    tell(peer, home.jid, "".join(two) + body("two"), id="f")
    await until_files(home, peer.jid, 2)
    tell(peer, home.jid, sources("b", URL))
    await until_urls(home, peer.jid, "", URL)
    tell(peer, home.jid, sources("a", URL + "2"))
    await until_urls(home, peer.jid, URL + "2", URL)
    assert await home.bodies(peer.jid) == ["hello", "two"]


async def test_what_is_added_too_early_counts_when_the_file_is_here(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, sources("", URL))
    early = await until_files(home, peer.jid)
    tell(peer, home.jid, file_sharing("<name>a.jpg</name>") + body("look"), id="f")
    message = await home.until_message(peer.jid, "look")
    assert [file.url for file in attachments.of(message)] == [URL]
    assert attachments.of(early)[0].url == URL


async def test_nobody_else_says_where_a_file_is(make_inmate, room, make_peer):
    address, peer = room
    home, other = await make_inmate(), await make_peer()
    await join(other, address, "eve")
    say(peer, address, "look", more=file_sharing("<name>a.jpg</name>"))
    message = await home.until_message(address, "look")
    tell_all = sources("", "https://evil.example/a.exe", of=message.stanza_id)
    other.write(f"<message to='{address}' type='groupchat'>{tell_all}</message>")
    forged = await home.until_message(address, "https://evil.example/a.exe")
    assert forged.sender == f"{address}/eve"
    (file,) = attachments.of(next(m for m in await home.messages(address) if m.id == message.id))
    assert file.url == ""
    tell_all = sources("", URL, of=message.stanza_id)
    peer.write(f"<message to='{address}' type='groupchat'>{tell_all}</message>")

    async def is_told():
        found = next(m for m in await home.messages(address) if m.id == message.id)
        return attachments.of(found)[0].url == URL

    await home.until(is_told)


# -- what becomes of them


async def test_a_correction_brings_its_own_files_and_takes_the_others(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, URL) + body(URL), id="f")
    message = await until_files(home, peer.jid)
    tell(peer, home.jid, file_sharing("<name>b.txt</name>", URL) + body("b") + REPLACE.format("f"))

    async def is_told(told):
        return attachments.told((await home.messages(peer.jid))[-1]) == told

    await home.until(lambda: is_told("b\nb.txt"))
    tell(peer, home.jid, body("no file") + REPLACE.format("f"))
    await home.until(lambda: is_told("no file"))
    (found,) = [each for each in await home.messages(peer.jid) if each.id == message.id]
    assert "attachments" not in found.more
    assert await home.count("attachment") == 0


async def test_what_is_corrected_before_it_is_here_brings_no_files(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, body("no file") + REPLACE.format("f"))
    await home.until_message(peer.jid, "no file")
    tell(peer, home.jid, file_sharing(ABOUT, URL) + body(URL), id="f")
    peer.chat(home.jid, "next")
    await home.until_message(peer.jid, "next")
    assert await home.bodies(peer.jid) == ["hello", "no file", "next"]
    assert await home.count("attachment") == 0


async def test_a_retraction_takes_the_files_along(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, URL) + body("Look"), id="f")
    message = await until_files(home, peer.jid)
    tell(peer, home.jid, RETRACT.format("f"))

    async def is_retracted():
        found = (await home.messages(peer.jid))[-1]
        return found.id == message.id and found.more.get("retracted") and found

    assert "attachments" not in (await home.until(is_retracted)).more
    assert await home.count("attachment") == 0
    assert await search(home, "summit") == []


async def test_a_file_is_found_by_its_name_and_what_is_said_of_it(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, "https://x.example/1") + body("Look"))
    await until_files(home, peer.jid)
    for query, snippet in (("summit.jpg", "Look summit.jpg (3.03 MB)"), ("top", "Look")):
        (hit,) = await search(home, query)
        assert (hit.body, hit.snippet) == ("Look", snippet)
    (hit,) = await search(home, "jpg summit look")
    assert [hit.snippet[at : at + n] for at, n in hit.ranges] == ["Look", "summit", "jpg"]
    await home.execute("INSERT INTO message_words (message_words) VALUES ('integrity-check')")
    await home.execute("DELETE FROM message")
    await home.execute("INSERT INTO message_words (message_words) VALUES ('integrity-check')")
    assert await home.count("attachment") == 0
    assert await search(home, "summit") == []


async def test_what_quotes_a_file_has_its_name(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, URL) + body(URL), id="f")
    message = await until_files(home, peer.jid)
    await home.send(peer.jid, "nice", reply_to=message.id)
    await peer.until(lambda: "> summit.jpg (3.03 MB)\nnice" in peer.bodies())
    ours = await home.until_message(peer.jid, "nice")
    assert ours.more["quote"] == "summit.jpg (3.03 MB)"
    peer.chat(home.jid, "isn't it", more=answers("f"))
    theirs = await home.until_message(peer.jid, "isn't it")
    assert theirs.more["quote"] == "summit.jpg (3.03 MB)"


# -- hostile ones


async def test_a_name_is_a_name_and_nothing_more(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing("<name>../../etc/.passwd\u202e</name>", URL))
    (file,) = attachments.of(await until_files(home, peer.jid))
    assert file.name == "passwd"


async def test_a_name_that_is_too_long_still_tells_what_the_file_is(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(f"<name>{'x' * 1000}.jpg</name>", URL))
    (file,) = attachments.of(await until_files(home, peer.jid))
    assert (len(file.name), file.name[-5:]) == (200, "x.jpg")


async def test_files_of_a_stranger_who_overdoes_it_are_bounded(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    many = [f"https://x.example/{number}" for number in range(30)]
    told = "".join(file_sharing(f"<name>{n}</name>", *many) for n in range(60))
    tell(peer, home.jid, told + body("x"))
    message = await until_files(home, peer.jid, sharing.MOST)
    assert all(file.url == many[0] for file in attachments.of(message))


async def test_no_address_leads_to_this_machine_or_a_program(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    tell(peer, home.jid, file_sharing(ABOUT, "javascript:alert(1)", "file:///etc/passwd"))
    (file,) = attachments.of(await until_files(home, peer.jid))
    assert file.url == ""


# -- ours


OURS = SharedFile("a b.txt", "text/plain", 12, {"sha-256": b"d" * 32}, addresses=(URL,))


async def send_file(home, peer, said, *files):
    """Have a message of ours tell of files, as whoever uploads them does."""
    message_id = await home.send(peer, text_with(said, files))
    await home.inside.store.write(lambda ledger: store.save(ledger, message_id, files))
    return message_id


@pytest.mark.every_server
@pytest.mark.parametrize("said", ["", "Look"])
async def test_ours_tell_of_their_files_to_readers_of_every_age(make_home, make_peer, said):
    home, peer = await make_home(), await make_peer()
    message_id = await send_file(home, peer.jid, said, OURS)
    await home.online()
    await peer.until(peer.bodies)
    (stanza,) = (
        each for each in peer.messages() if xml.child(each, xml.CLIENT, "body") is not None
    )
    assert xml.child_text(stanza, xml.CLIENT, "body") == text_with(said, [OURS])
    assert sharing.read(stanza) == (OURS,)
    assert xml.child(stanza, xml.LINK, "x") is not None
    message = await home.until_message(peer.jid, text_with(said, [OURS]), "sent", "delivered")
    assert (message.id, attachments.of(message)[0].name) == (message_id, "a b.txt")
    assert len(await home.messages(peer.jid)) == 1


async def test_ours_can_be_answered_while_it_waits_for_its_file(make_home, make_peer, tmp_path):
    home, peer = await make_home(), await make_peer()
    path = tmp_path / "a.txt"
    path.write_bytes(b"twelve bytes")
    await home.call(names.FILES, "send", peer.jid, str(path), {})
    waiting = await home.until_message(peer.jid, "", "pending")
    await home.send(peer.jid, "mind this one", reply_to=waiting.id)
    answer = await home.until_message(peer.jid, "mind this one")
    assert answer.more["quote"] == "a.txt (12 bytes)"


async def test_ours_in_a_room_comes_back_as_itself(make_inmate, room):
    address, peer = room
    home = await make_inmate()
    await home.session.disconnect()
    await send_file(home, address, "", OURS)
    await home.online()
    await peer.until(lambda: URL in peer.bodies())
    message = await home.until_message(address, URL, "sent", "delivered")
    assert message.sender == f"{address}/{NICK}"
    assert len(attachments.of(message)) == 1


async def test_a_correction_of_ours_tells_of_the_files_again(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    message_id = await send_file(home, peer.jid, "Lok", OURS)
    await home.online()
    await home.until_message(peer.jid, text_with("Lok", [OURS]), "sent", "delivered")
    await home.call(names.MESSAGES, "correct", message_id, text_with("Look", [OURS]), {})
    await peer.until(lambda: text_with("Look", [OURS]) in peer.bodies())
    assert sharing.read(peer.messages()[-1]) == (OURS,)
    (message,) = await home.messages(peer.jid)
    assert attachments.told(message) == "Look\na b.txt (12 bytes)"
