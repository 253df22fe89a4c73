"""How messages ask to be shown: spoilers (XEP-0382), and no styles (XEP-0393)."""

import pytest

from backendd.api.errors import TooLarge
from backendd.core import xml
from tests.features.test_replies import answers, talking

SPOILER, STYLING = "urn:xmpp:spoiler:0", "urn:xmpp:styling:0"


@pytest.mark.every_server
async def test_a_spoiler_of_theirs_says_that_it_is_one_and_of_what(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    about = f"<spoiler xmlns='{SPOILER}'>the \u202eend\n</spoiler>"
    peer.chat(home.jid, "both die", id="s", more=about)
    peer.chat(home.jid, "no hint", more=f"<spoiler xmlns='{SPOILER}'/>")
    peer.chat(home.jid, "&gt; _ &lt;", more=f"<unstyled xmlns='{STYLING}'/>")
    first = await home.until_message(peer.jid, "both die")
    assert first.more == {"spoiler": True, "spoiler_about": "the end"}
    assert (await home.until_message(peer.jid, "no hint")).more == {"spoiler": True}
    assert (await home.until_message(peer.jid, "> _ <")).more == {"unstyled": True}


@pytest.mark.every_server
async def test_ours_say_so_as_well(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    await home.send(peer.jid, "both die", spoiler=True, spoiler_about="the end")
    await home.send(peer.jid, "> _ <", unstyled=True)
    await peer.until(lambda: len(peer.bodies()) == 2)
    first, second = (m for m in peer.messages() if xml.child(m, xml.CLIENT, "body") is not None)
    assert xml.child_text(first, SPOILER, "spoiler") == "the end"
    assert xml.child(second, STYLING, "unstyled") is not None
    ours = await home.until_message(peer.jid, "both die", "sent")
    assert ours.more == {"spoiler": True, "spoiler_about": "the end"}
    with pytest.raises(TooLarge):
        await home.send(peer.jid, "much", spoiler_about="x" * 201)


async def test_who_answers_a_spoiler_does_not_tell_what_it_says(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "both die", id="s", more=f"<spoiler xmlns='{SPOILER}'/>")
    spoiler = await home.until_message(peer.jid, "both die")
    await home.send(peer.jid, "oh no", reply_to=spoiler.id)
    await peer.until(lambda: peer.bodies() == ["> (spoiler)\noh no"])
    assert (await home.until_message(peer.jid, "oh no")).more["quote"] == "(spoiler)"
    peer.chat(home.jid, "sorry", more=answers("s"))
    assert (await home.until_message(peer.jid, "sorry")).more["quote"] == "(spoiler)"


REPLACE = "<replace xmlns='urn:xmpp:message-correct:0' id='{}'/>"


def spoiler(about=""):
    return f"<spoiler xmlns='{SPOILER}'>{about}</spoiler>"


async def test_a_spoiler_is_about_what_the_newest_text_says(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "one", id="s", more=spoiler("the beginning"))
    peer.chat(home.jid, "two", more=REPLACE.format("s") + spoiler("the end"))
    assert (await home.until_message(peer.jid, "two")).more["spoiler_about"] == "the end"
    peer.chat(home.jid, "three", more=REPLACE.format("s"))
    corrected = await home.until_message(peer.jid, "three")
    assert (corrected.more["spoiler"], corrected.more["spoiler_about"]) == (True, "the end")


async def test_what_becomes_a_spoiler_by_its_correction_is_not_quoted(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    peer.chat(home.jid, "they marry", id="s")
    peer.chat(home.jid, "both die", more=REPLACE.format("s") + spoiler())
    corrected = await home.until_message(peer.jid, "both die")
    assert corrected.more["spoiler"]
    await home.send(peer.jid, "oh no", reply_to=corrected.id)
    assert (await home.until_message(peer.jid, "oh no")).more["quote"] == "(spoiler)"
