"""Messages that speak to the user: found by name, counted while unread, and nobody else's doing."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument
from backendd.core.profiles import Settings
from backendd.features.mentions import model
from backendd.features.profiles.model import WORD_LIMIT, WORDS_LIMIT, change
from tests.backendd.session.rooms import NICK, be_back, enter, join, live_in, say

pytestmark = pytest.mark.every_server

REFERENCE = "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:{}'/>"

REPLACE = "<replace xmlns='urn:xmpp:message-correct:0' id='{}'/>"
ANSWER = "<reply xmlns='urn:xmpp:reply:0' id='{}'/>"


def have(home, **settings):
    """Have these settings count for what comes from now on."""
    profile = home.inside.profile
    home.inside.profile = replace(profile, settings=change(profile.settings, settings))


async def count(home, peer):
    value = (await home.conversation(peer)).more.get("mentions")
    return value.value if value is not None else 0


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("bob: look", True),
        ("look, Bob!", True),
        ("(bob)", True),
        ("@bob", True),
        ("bobby", False),
        ("kebob", False),
        ("bob_2", False),
        ("b o b", False),
        ("BOB", True),
    ],
)
def test_a_name_counts_as_a_word_of_its_own(text, is_meant):
    assert model.found(text, ["bob"]) == (["bob"] if is_meant else [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("[bob]", "hi [bob], you"),
        ("c++", "c++? yes"),
        ("🐢", "a🐢b"),
        ("花子", "花子さんは"),
        ("Jürgen", "hallo Ju\u0308rgen"),
        ("a.b", "to a.b"),
    ],
)
def test_a_name_of_any_signs_is_found_as_it_is_written(name, text):
    assert model.found(text, [name]) == [name]
    assert model.found("to axb", ["a.b"]) == []


@pytest.mark.parametrize(
    "words", [[""], ["x" * (WORD_LIMIT + 1)], list(map(str, range(WORDS_LIMIT + 1)))]
)
def test_words_to_highlight_are_few_and_say_something(words):
    with pytest.raises(InvalidArgument, match="highlight"):
        change(Settings(), {"highlight": words})


def test_words_to_highlight_are_kept_once_and_clean():
    settings = change(Settings(), {"highlight": ["Tea", "tea", " green\u202e  tea "]})
    assert settings.highlight == ["tea", "green tea"]


async def test_in_a_room_the_nick_speaks_to_the_user_and_is_counted_until_read(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "hello all")
    say(ann, address, f"{NICK}: hello")
    say(ann, address, "and home, too")
    message = await home.until_message(address, f"{NICK}: hello")
    last = await home.until_message(address, "and home, too")
    assert message.more == {"mention": True, "mentioned": [NICK]}
    assert last.more == {}
    assert await count(home, address) == 1
    await home.call(names.MESSAGES, "mark_read", address, last.id, {})
    assert await count(home, address) == 0
    await home.call(names.MESSAGES, "mark_unread", address, message.id, {})
    assert await count(home, address) == 1


async def test_the_first_that_speaks_to_the_user_is_told_until_it_is_read(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    for body in ("hello all", f"{NICK}: one", f"{NICK}: two", "and all"):
        say(ann, address, body)
    last = await home.until_message(address, "and all")
    one = await home.until_message(address, f"{NICK}: one")
    two = await home.until_message(address, f"{NICK}: two")
    assert (await home.conversation(address)).more["first_mention"] == one.id
    await home.call(names.MESSAGES, "mark_read", address, one.id, {})
    assert (await home.conversation(address)).more["first_mention"] == two.id
    await home.call(names.MESSAGES, "mark_read", address, last.id, {})
    assert "first_mention" not in (await home.conversation(address)).more


async def test_what_we_say_ourselves_speaks_to_nobody(make_inmate, room):
    address, _ = room
    home = await make_inmate()
    await home.send(address, f"i am {NICK}")
    message = await home.until_message(address, f"i am {NICK}", "sent")
    assert message.more == {}


async def test_own_words_count_everywhere_and_the_nick_in_its_room_alone(
    make_inmate, room, make_peer
):
    address, ann = room
    home = await make_inmate()
    have(home, highlight=["tea"])
    other = await make_peer()
    other.chat(home.jid, f"{NICK}, i am out")
    other.chat(home.jid, "Tea?")
    say(ann, address, "there is tea")
    assert (await home.until_message(other.jid, f"{NICK}, i am out")).more == {}
    assert (await home.until_message(other.jid, "Tea?")).more["mentioned"] == ["tea"]
    assert (await home.until_message(address, "there is tea")).more["mentioned"] == ["tea"]


async def test_a_correction_speaks_to_the_user_by_the_words_of_its_own_text(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    have(home, highlight=["tea", "cake"])
    peer.chat(home.jid, "tea?", id="m")
    await home.until_message(peer.jid, "tea?")
    for body, words in (
        ("cake?", ["cake"]),
        ("bread?", None),
        ("tea and cake", ["tea", "cake"]),
    ):
        peer.chat(home.jid, body, more=REPLACE.format("m"))
        message = await home.until_message(peer.jid, body)
        assert (message.more["mention"], message.more.get("mentioned")) == (True, words)
    assert await count(home, peer.jid) == 1


async def test_everyone_is_meant_only_where_the_user_wants_it(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "@all wake up")
    assert (await home.until_message(address, "@all wake up")).more == {}
    have(home, highlight_everyone=True)
    say(ann, address, "@here again; a@all.example")
    message = await home.until_message(address, "@here again; a@all.example")
    assert message.more["mentioned"] == ["@here"]


async def test_whom_a_message_refers_to_is_spoken_to_whatever_it_says(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    for body, to in (
        ("one", home.jid),
        ("two", f"{address}/{NICK}"),
        ("three", f"{address}/ann"),
    ):
        say(ann, address, body, more=REFERENCE.format(to))
    last = await home.until_message(address, "three")
    assert await count(home, address) == 2
    assert last.more == {}
    assert (await home.until_message(address, "one")).more == {"mention": True}


async def test_in_a_room_an_answer_to_what_we_said_speaks_to_us(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    await home.send(address, "who has tea?")
    ours = await home.until_message(address, "who has tea?", "sent")
    say(ann, address, "i have", more=ANSWER.format(ours.stanza_id))
    theirs = await home.until_message(address, "i have")
    say(ann, address, f"{NICK}, here", more=ANSWER.format(ours.stanza_id))
    say(ann, address, "from ceylon", more=ANSWER.format(theirs.stanza_id))
    last = await home.until_message(address, "from ceylon")
    assert theirs.more["mention"] is True
    assert "mentioned" not in theirs.more
    assert (await home.until_message(address, f"{NICK}, here")).more["mentioned"] == [NICK]
    assert "mention" not in last.more
    assert await count(home, address) == 2


async def test_between_two_people_an_answer_is_nothing_special(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await home.send(peer.jid, "who has tea?")
    ours = await home.until_message(peer.jid, "who has tea?", "sent")
    peer.chat(home.jid, "i have", more=ANSWER.format(ours.origin_id))
    answer = await home.until_message(peer.jid, "i have")
    assert answer.more["reply_to"] == ours.id
    assert "mention" not in answer.more


async def test_what_the_archive_has_of_the_time_one_was_away_is_counted_as_well(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    say(ann, address, "before")
    await home.until_message(address, "before")
    await home.session.disconnect()
    say(ann, address, f"hey {NICK}")
    await ann.sync()
    await be_back(home, address)
    await home.until_message(address, f"hey {NICK}")
    assert await count(home, address) == 1


async def test_a_flood_that_names_us_is_counted_once_each(make_inmate, room):
    address, ann = room
    home = await make_inmate()
    for number in range(300):
        say(ann, address, f"{NICK} " * 50 + str(number))
    await home.until_message(address, f"{NICK} " * 50 + "299")
    assert await count(home, address) == 300


async def test_what_was_said_before_a_change_of_nick_speaks_to_the_user_by_the_old_one(
    make_inmate, room
):
    address, ann = room
    home = await make_inmate()
    await home.session.disconnect()
    await ann.until(lambda: "unavailable" in ann.shows_of(address))
    say(ann, address, f"{NICK}, are you there?")
    say(ann, address, "mole is an animal")
    await ann.sync()
    await home.execute("UPDATE nick_held SET since = since - 3600000000")
    await home.come_back()
    await home.call(names.ROOMS, "set_nick", address, "mole", {})
    await home.online()
    await home.until_bodies(address, [f"{NICK}, are you there?", "mole is an animal"])
    first, _ = await home.messages(address)
    assert first.more == {"mention": True, "mentioned": [NICK]}
    say(ann, address, "mole, hello")
    message = await home.until_message(address, "mole, hello")
    assert message.more["mentioned"] == ["mole"]


async def test_in_a_room_without_ids_what_we_said_under_an_old_nick_is_ours(
    make_home, make_peer, room
):
    address, _ = room
    home = await live_in(await make_home(), gives_ids=False)
    await enter(home, address)
    other = await make_peer(home.account, resource="other")
    await join(other, address, "other client")
    await home.execute("UPDATE nick_held SET nick = 'other client'")
    await home.session.disconnect()
    say(other, address, "it was me")
    await other.sync()
    await home.come_back()
    home = await live_in(home, gives_ids=False)
    await home.until_bodies(address, ["it was me"])
    assert [each.direction for each in await home.messages(address)] == ["out"]
