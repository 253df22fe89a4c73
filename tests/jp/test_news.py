"""What `jp watch` tells people of what happens: a line a thing, and nothing twice."""

import pytest

from jp.commands.watch.news import News

BOB = "bob@example.org"
IN = {"id": 11, "peer": BOB, "direction": "in", "body": "tea?", "state": "unread"}
OUT = {"id": 12, "peer": BOB, "direction": "out", "body": "yes", "state": "pending"}


@pytest.fixture
def news():
    """Of somebody who had ten messages before."""
    made = News([])
    made.newest["alice"] = 10
    return made


def told(news, event, profile="alice", **args):
    return [": ".join(filter(None, each)) for each in news.of(profile, event, args)]


def of_message(news, message):
    return told(news, "Messages.Changed", messages=[message])


def test_how_far_a_message_is_is_not_told(news):
    assert of_message(news, OUT) == [f"message: you to {BOB}: yes"]
    for state in ("sent", "delivered", "displayed"):
        assert of_message(news, {**OUT, "state": state}) == []
    failed = {**OUT, "state": "failed", "error": ("Timeout", "no answer")}
    assert of_message(news, failed) == [f"failed: you to {BOB}: yes (not sent: no answer)"]
    assert of_message(news, failed) == []


def test_what_becomes_of_a_message_is_told_once(news):
    assert of_message(news, IN) == [f"message: {BOB}: tea?"]
    edited = {**IN, "body": "coffee?", "edited": True}
    for _ in range(2):
        assert of_message(news, edited) in ([f"edited: {BOB}: coffee?"], [])
    liked = {**edited, "reactions": {"👍": [BOB]}}
    assert of_message(news, liked) == [f"reaction: {BOB}: 👍 {BOB}: coffee?"]
    assert of_message(news, liked) == []
    own = {"reactions": {"👍": [BOB], "🎉": ["me"]}, "reactions_own": {"🎉": "me"}}
    assert of_message(news, {**edited, **own, "reactions_pending": ["🎉"]}) == []
    assert of_message(news, {**edited, **own}) != []
    assert of_message(news, {**edited, "reactions": {}}) == []
    assert of_message(news, {**IN, "retracted": True, "body": ""}) == [f"retracted: {BOB}"]


def test_of_a_message_from_before_only_what_became_of_it_is_told(news):
    old = {**OUT, "id": 3, "state": "displayed"}
    assert of_message(news, old) == []
    assert of_message(news, {**old, "reactions": {"👍": [BOB]}}) != []
    assert of_message(news, {**IN, "id": 4, "edited": True}) == [f"edited: {BOB}: tea?"]


def test_nobody_is_told_of_who_is_ignored(news):
    assert of_message(news, {**IN, "ignored": True}) == []


def test_the_text_of_a_spoiler_is_not_told(news):
    hidden = {**IN, "spoiler": True, "spoiler_about": "the end"}
    assert of_message(news, hidden) == [f"message: {BOB}: (spoiler): the end"]


@pytest.mark.parametrize(
    ("event", "args"),
    [
        ("Messages.ConversationsChanged", {"conversations": [{"peer": BOB, "unread": 2}]}),
        ("Messages.OlderChanged", {"peer": BOB, "older": "end"}),
        ("Rooms.OccupantsChanged", {"room": "tea@x", "changed": [{"nick": "ann"}], "left": []}),
        ("Roster.ResourcesChanged", {"resources": [{"resource": "phone"}]}),
        ("Blog.DraftsChanged", {"drafts": [{"id": "1"}], "gone": []}),
        ("Profile.PropertiesChanged", {"changed": {"Syncing": True}, "invalidated": []}),
    ],
)
def test_what_says_nothing_that_has_to_be_done_is_told_to_who_names_it(news, event, args):
    assert told(news, event, **args) == []
    assert told(News([event.partition(".")[0]]), event, **args) == []
    assert len(told(News([event]), event, **args)) == 1


def test_who_names_the_signal_is_told_each_state(news):
    named = News(["Messages.Changed"])
    assert of_message(named, OUT) == [f"message: you to {BOB}: yes (pending)"]
    assert of_message(named, {**OUT, "state": "sent"}) == [f"message: you to {BOB}: yes (sent)"]


def test_a_file_is_told_of_when_it_begins_and_when_it_is_over(news):
    file = {"id": 5, "peer": BOB, "name": "a.png", "size": 100, "state": "running"}
    said = [told(news, "Files.Changed", transfers=[{**file, "done": done}]) for done in (1, 50, 99)]
    assert said == [[f"file: {BOB}: a.png running, 1 %"], [], []]
    assert told(news, "Files.Changed", transfers=[{**file, "state": "done"}]) != []


def test_a_presence_is_told_when_it_is_another(news):
    for shown in ("online", "away"):
        contact = {"jid": BOB, "show": shown}
        assert told(news, "Roster.Changed", contacts=[contact]) == [f"presence: {BOB}: {shown}"]
        assert told(news, "Roster.Changed", contacts=[contact]) == []
    assert told(news, "Roster.Changed", "mia", contacts=[contact]) != []


def test_what_was_so_before_is_not_told(news):
    contact = {"jid": BOB, "show": "away"}
    news.know("alice", "Roster.Changed", {"contacts": [contact]})
    assert told(news, "Roster.Changed", contacts=[contact]) == []
    assert told(news, "Roster.Changed", contacts=[{**contact, "show": "dnd"}]) != []


def test_a_state_and_a_warning_of_a_profile_are_told(news):
    assert told(news, "Profile.PropertiesChanged", changed={"State": "online"}) == ["state: online"]
    warnings = {"Warnings": [{"word": "nickname", "text": "it can't be told"}]}
    said = told(news, "Profile.PropertiesChanged", changed=warnings)
    assert said == ["warning: it can't be told"]


def test_what_is_said_of_a_post_is_told_and_that_it_was_read_is_not(news):
    post = {"service": BOB, "id": "1", "title": "Beans", "last": {"author": "Mia", "body": "How?"}}
    said = told(news, "Blog.DiscussionsChanged", discussions=[post])
    assert said == ["comment: Mia on Beans: How?"]
    read = {"service": BOB, "id": "1", "title": "Beans", "liked_by": BOB}
    assert told(news, "Blog.DiscussionsChanged", discussions=[read]) == []


def test_who_likes_a_post_is_told_and_that_it_was_seen_is_not(news):
    liked = {"service": BOB, "id": "1", "title": "Beans", "new_likes": 1, "new_likers": [BOB]}
    assert told(news, "Blog.DiscussionsChanged", discussions=[liked]) == [f"like: {BOB}: Beans"]
    seen = {"service": BOB, "id": "1", "title": "Beans", "liked_by": BOB}
    assert told(news, "Blog.DiscussionsChanged", discussions=[seen]) == []
