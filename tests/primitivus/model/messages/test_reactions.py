"""Reactions of a record, and emojis by their names."""

from dataclasses import replace

import pytest

from backendd.api.records import Message
from primitivus.model.messages.reactions import reactions, toggled
from primitivus.model.wording import emojis


def message(**by):
    own = {emoji: "me@b" for emoji, who in by.items() if "me@b" in who}
    return Message(id=1, peer="bob@b", more={"reactions": {**by}, "reactions_own": own})


def test_an_emoji_is_added_to_ours_and_taken_away_again():
    held = message(**{"👍": ["bob@b", "me@b"], "🐢": ["bob@b"], "🎉": ["me@b"]})
    assert toggled(held, "🐢") == ["👍", "🎉", "🐢"]
    assert toggled(held, "👍") == ["🎉"]
    assert toggled(Message(id=1, peer="bob@b"), "👍") == ["👍"]


def test_one_that_only_asks_to_be_shown_as_an_emoji_is_the_same():
    assert toggled(message(**{"❤": ["me@b"]}), "❤️") == []


@pytest.mark.parametrize(
    ("word", "emoji"),
    [
        ("thumbsup", "👍"), (":thumbsup:", "👍"), ("+1", "👍"), ("Party", "🥳"), ("🐢", "🐢"),
        ("heart_eyes", "😍"), ("nothing-is-called-so", None), ("", None),
    ],
)  # fmt: skip
def test_an_emoji_is_found_by_its_names(word, emoji):
    assert emojis.find(word) == emoji


def test_any_word_of_a_name_leads_to_it():
    assert ("joy", "😂") in emojis.named("jo")
    assert ("party-popper", "🎉") in emojis.named("pop")
    assert not list(emojis.named("zzzzz"))


def test_what_others_in_a_room_have_reacted_is_never_said_again_as_ours():
    room = "cave@rooms.example.org"
    said = Message(kind="room", peer=room, more={"reactions": {"👍": [f"{room}/ann"]}})
    assert [(each.others, each.is_ours) for each in reactions(said)] == [((f"{room}/ann",), False)]
    assert toggled(said, "🎉") == ["🎉"]
    alone = replace(said, kind="private", peer=f"{room}/ann")
    assert not reactions(alone)[0].is_ours


def test_who_has_a_nick_that_was_ours_stands_beside_us():
    who = ["cave@b/us", "cave@b/ann", "cave@b/us"]
    more = {"reactions": {"👍": who}, "reactions_own": {"👍": "cave@b/us"}}
    said = Message(kind="room", peer="cave@b", more=more)
    assert reactions(said)[0][1:3] == (("cave@b/ann", "cave@b/us"), True)
