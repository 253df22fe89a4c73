"""Rooms: entered and left, shown with who is there, and what keeps one out."""

import re

import pytest

from backendd.api.errors import MembersOnly, NicknameInUse, NotSupported, RoomPasswordRequired
from backendd.api.records import Left, Occupant
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.rooms.room_service import RoomService
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.times import now_us
from primitivus.themes.symbols import UTF8
from tests.primitivus.fake import BOB

GARDEN = "garden@rooms.example.org"


@pytest.fixture
async def garden(pilot, account):
    """A room in which one is with ann and ben, shown."""
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/ann")
    people(account, "ben", "ann")
    account.enter(GARDEN, "me", subject="about gardens")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    await pilot.see("● ben")
    return pilot


def people(account, *nicks):
    """Have people in the room before one enters it."""
    account.occupants[GARDEN] = {nick: somebody(nick) for nick in nicks}


def somebody(nick, **more):
    return Occupant(**{"nick": nick, "role": "participant", "show": "online", **more})


def put_out(account, state, *error):
    """Let one be in the room no more."""
    account.occupants[GARDEN] = {}
    account.change_room(GARDEN, state=state, error=error)


def row_of(pilot, text):
    """Return which row of the screen has this text."""
    return next(number for number, row in enumerate(pilot.terminal.rows) if text in row)


async def see_at_the_side(pilot, *rows):
    """Return once the list at the right side holds this, from top to bottom."""

    def held():
        ends = [re.split("[│┃]", row)[-1].strip(" ▸") for row in pilot.terminal.rows[1:-2]]
        return [row for row in ends if row]

    await pilot.until(lambda: held() == list(rows), f"{rows} at the side")


async def test_a_room_is_entered_by_its_address_and_shown(pilot, account):
    await pilot.command(f"join {GARDEN} ann")
    await account.called("Join", GARDEN, "ann", "", False)
    await pilot.until(lambda: pilot.state.layout.place.peer == GARDEN)
    await pilot.see("1 here")
    assert pilot.state.mode == "insert"


async def test_join_alone_asks_which_room(pilot, account):
    await pilot.press("Esc", "M-j")
    await pilot.see("Enter a room")
    await pilot.type(f"{GARDEN}\nann\n\n")
    await account.called("Join", GARDEN, "ann", "", False)
    await pilot.until(lambda: pilot.state.layout.place.peer == GARDEN)
    await pilot.lose("Enter a room")


async def test_a_room_that_takes_a_password_asks_for_it_until_it_is_right(pilot, account):
    account.room_refusal = RoomPasswordRequired("this room takes a password")
    await pilot.command(f"join {GARDEN}")
    await pilot.see("Password: this room takes a password")
    await pilot.type("wrong\n")
    await account.called("Join", GARDEN, "", "wrong", False)
    await pilot.see("Password: this room takes a password")
    account.room_refusal = None
    await pilot.type("sesame\n")
    await pilot.see("1 here")
    assert "sesame" not in pilot.screen


async def test_where_a_nick_is_taken_another_is_asked_for(pilot, account):
    account.room_refusal = NicknameInUse("somebody has it")
    await pilot.command(f"join {GARDEN} ann")
    await pilot.see("Your nick: somebody has it")
    account.room_refusal = None
    await pilot.type("a\n\n")
    await account.called("Join", GARDEN, "anna", "", False)
    await pilot.see("1 here")


async def test_a_room_is_made_for_members_or_for_everybody(pilot, account):
    await pilot.command(f"create-room {GARDEN} public")
    await account.called("Join", GARDEN, "", "", True)
    await pilot.see("1 here")
    other = "cellar@rooms.example.org"
    await pilot.command(f"create-room {other}")
    await account.called("Join", other, "", "", False)


async def test_where_one_is_not_let_in_it_is_said_and_nothing_opens(pilot, account):
    account.room_refusal = MembersOnly("it is for members only")
    await pilot.command(f"join {GARDEN}")
    await pilot.see("it is for members only")
    assert pilot.state.layout.place.peer == BOB


async def test_a_name_of_no_room_is_proposed_on_the_own_server_and_never_entered_unasked(
    pilot, account
):
    await pilot.command("join Lab")
    await pilot.see('no room here is called "Lab"; :join lab@rooms.example.org enters it on')
    await pilot.command("join garden@elsewhere.example.net")
    await pilot.until(lambda: pilot.state.layout.place.peer == "garden@elsewhere.example.net")
    asked = [call for call in account.calls if call[0] in ("Service", "Join")]
    joined = ("Join", "garden@elsewhere.example.net", "", "", False)
    assert asked == [("Service",), joined]


async def test_a_room_is_made_by_its_name_on_the_own_server_for_who_agrees_to_the_address(
    pilot, account
):
    await pilot.command("create-room Lab public")
    await pilot.see("lab@rooms.example.org")
    await pilot.type("\n")
    await pilot.see("nothing was done")
    assert not [call for call in account.calls if call[0] == "Join"]
    await pilot.command("create-room Lab public")
    await pilot.see("lab@rooms.example.org")
    await pilot.type("y\n")
    await account.called("Join", "lab@rooms.example.org", "", "", True)
    await pilot.until(lambda: pilot.state.layout.place.peer == "lab@rooms.example.org")


async def test_where_the_own_server_has_no_rooms_none_is_made_by_its_name(pilot, account):
    account.room_refusal = NotSupported("example.org has no rooms")
    await pilot.command("create-room garden")
    await pilot.see('no room here is called "garden"; write an address: garden@')


async def test_a_name_of_no_room_completes_to_one_of_the_own_server_once_that_is_known(
    pilot, account
):
    await pilot.press("Esc")
    await pilot.type(":join la")
    await pilot.press("Tab")
    await account.called("Service")
    await pilot.until(lambda: pilot.state.account.of(RoomService).address)
    await pilot.press("Tab")
    await pilot.see(":join la@rooms.example.org")
    assert len([call for call in account.calls if call == ("Service",)]) == 1


async def test_a_name_in_the_dialog_becomes_an_address_to_agree_to(pilot, account):
    await pilot.press("Esc", "M-j")
    await pilot.see("Enter a room")
    await pilot.type("lab\n\n\n")
    await pilot.see("Room: lab would be this one, on your server")
    await pilot.see("lab@rooms.example.org")
    await pilot.type("\n\n\n")
    await account.called("Join", "lab@rooms.example.org", "", "", False)


async def test_where_the_own_server_has_no_rooms_an_address_is_to_be_written(pilot, account):
    account.room_refusal = NotSupported("example.org has no rooms")
    await pilot.command("join garden")
    await pilot.see('no room here is called "garden"; write an address: garden@')


async def test_however_long_a_nick_is_what_can_be_done_about_it_is_said(garden, account):
    account.change_room(GARDEN, nick="o" * 300)
    await garden.until(lambda: len(garden.state.account.of(Rooms).us(GARDEN)) == 300)
    await garden.command("nick")
    await garden.see(f"your nick in garden is {'o' * 30}…{'o' * 9}; :nick NICK")


async def test_of_what_is_too_long_for_the_status_line_the_end_is_said_as_well(garden, account):
    account.change_room(GARDEN, subject="roses " * 200)
    await garden.until(lambda: len(garden.state.account.of(Rooms).get(GARDEN).subject) > 1000)
    await garden.command("topic")
    await garden.see("the topic of garden is: roses")
    await garden.see("roses ; :topic TEXT changes it")


async def test_the_bar_tells_of_a_room_how_many_are_there_and_what_it_is_about(garden):
    assert "3 here" in garden.terminal.rows[0]
    assert '"about gardens"' in garden.terminal.rows[0]


async def test_the_topic_shows_in_one_line_in_full_and_not_at_all(garden, account):
    account.change_room(GARDEN, subject="about gardens\nand what grows there")
    await garden.see("about gardens and what")
    await garden.press("Esc", "M-s")
    await garden.see("topic = full")
    assert "about gardens" in garden.terminal.rows[1]
    assert "and what grows there" in garden.terminal.rows[2]
    assert "about gardens" not in garden.terminal.rows[0]
    await garden.press("M-s")
    await garden.see("topic = hidden")
    assert "about gardens" not in garden.screen
    await garden.press("M-s")
    await garden.see('"about gardens')


async def test_the_topic_is_told_changed_and_taken_away(garden, account):
    await garden.command("topic")
    await garden.see("the topic of garden is: about gardens; :topic TEXT changes it")
    await garden.command("topic what grows")
    await garden.see('"what grows"')
    await garden.command("topic ''")
    await garden.lose('"what grows"')
    await garden.command("topic")
    await garden.see("garden has no topic")


async def test_occupants_stand_at_the_side_those_who_decide_first(garden, account):
    account.appear(GARDEN, somebody("Zoe", role="moderator", show="dnd", status="digging"))
    await see_at_the_side(
        garden,
        *("Occupants 4", "Owners", "● me  you", "Moderators", "⊘ Zoe  digging"),
        *("Participants", "● ann", "● ben"),
    )


async def test_where_lists_fit_at_one_side_only_occupants_show_when_one_goes_there(garden):
    garden.resize(80, 24)
    await garden.lose("Occupants")
    assert "Conversations" in garden.screen
    await garden.press("Esc", "M-p")
    await garden.see("Occupants 3")
    assert "Conversations" not in garden.screen
    await garden.press("Esc")
    await garden.see("Conversations")
    garden.resize(20, 5)
    await garden.press("M-p", "j")
    await garden.see("● ann")


async def test_who_comes_and_goes_is_followed_and_the_mark_goes_on_with_a_new_nick(garden, account):
    await garden.press("Esc", "M-p")
    assert garden.state.focus == "occupants"
    await garden.press("j", "j")
    gone = Left(nick="ben", cause="nick", new_nick="benjamin")
    account.appear(GARDEN, somebody("benjamin"), left=[gone])
    await garden.see("benjamin")
    assert garden.state.layout.list_of(OccupantsPane).marked.peer == f"{GARDEN}/benjamin"
    account.appear(GARDEN, left=[Left(nick="ann", cause="left")])
    await garden.see("Occupants 2")
    await see_at_the_side(
        garden, "Occupants 2", "Owners", "● me  you", "Participants", "● benjamin"
    )


async def test_who_comes_and_goes_is_told_between_messages_where_that_is_asked_for(garden, account):
    known = garden.state.account.of(Rooms)
    await garden.until(lambda: known.occupants(GARDEN).are_all)
    account.appear(GARDEN, somebody("cat"))
    await garden.see("● cat")
    await garden.command("set room_presence all")
    account.appear(GARDEN, somebody("dan"), somebody("eve"))
    await garden.see("dan and eve entered")
    kick = Left(nick="cat", cause="kicked", actor="me", reason="too loud")
    account.appear(GARDEN, left=[Left(nick="eve", cause="left"), kick])
    await garden.see("dan entered")
    await garden.see("cat was kicked by me (too loud)")
    account.appear(GARDEN, *(somebody(f"n{number}") for number in range(300)))
    await garden.see("n0, n1, n2, n3, n4 and 295 more")
    account.message(GARDEN, "many", kind="room", sender=f"{GARDEN}/ann")
    await garden.see("many")
    await garden.command("set room_presence talking")
    account.appear(GARDEN, left=[Left(nick="n1", cause="left"), Left(nick="ann", cause="left")])
    await garden.see("ann left")
    assert "n1 and" not in garden.screen
    assert "n1 left" not in garden.screen


async def test_what_changes_in_a_room_is_told_between_messages_whoever_comes_and_goes(
    garden, account
):
    known = garden.state.account.of(Rooms)
    await garden.until(lambda: known.occupants(GARDEN).are_all)
    account.change_room(GARDEN, subject="about trees", subject_by="ann", subject_time=1)
    await garden.see("ann set the topic: about trees")
    account.change_room(GARDEN, subject="about grass", subject_by="ben", subject_time=2)
    await garden.see("ben set the topic: about grass")
    assert "set the topic: about trees" not in garden.screen
    account.appear(GARDEN, somebody("dan"), left=[Left(nick="ben", cause="left")])
    rename = Left(nick="ann", cause="nick", new_nick="anna")
    account.appear(GARDEN, somebody("anna"), left=[rename])
    await garden.see("ann is now anna")
    rename = Left(nick="anna", cause="nick", new_nick="annie")
    account.appear(GARDEN, somebody("annie"), left=[rename])
    await garden.see("ann is now annie")
    assert row_of(garden, "ben set the topic") < row_of(garden, "ann is now annie")
    account.message(GARDEN, "so it is", kind="room", sender=f"{GARDEN}/annie")
    await garden.see("so it is")
    kicked = [Left(nick=f"n{number}", cause="kicked") for number in range(300)]
    rename = Left(nick="dan", cause="nick", new_nick="danny")
    account.appear(GARDEN, somebody("danny"), left=[*kicked, rename])
    account.change_room(GARDEN, role="participant")
    await garden.see("295 more were removed")
    await garden.see("no longer a moderator")
    assert "danny entered" not in garden.screen
    assert "is now danny" not in garden.screen


async def test_what_happens_in_a_room_stands_line_by_line_with_when_it_did(garden, account):
    garden.resize(160, 24)
    account.change_room(GARDEN, subject="about trees", subject_by="me", subject_time=1)
    for reason in ("too loud", "still too loud"):
        kick = Left(nick="ben", cause="kicked", actor="ann", reason=reason)
        account.appear(GARDEN, left=[kick])
        account.appear(GARDEN, somebody("ben"))
    await garden.see("(still too loud)")
    rows = [row for row in garden.terminal.rows if re.search(r"topic: about|was kicked", row)]
    said = [re.search(r"(\d\d:\d\d) +(\w.*\S)", row).group(2) for row in rows]
    assert [each.partition("  ")[0] for each in said] == [
        "you set the topic: about trees",
        "ben was kicked by ann (too loud)",
        "ben was kicked by ann (still too loud)",
    ]


async def test_what_happens_in_a_room_where_nothing_was_said_is_told_there_and_stays_above(
    pilot, account
):
    account.enter(GARDEN, "me")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    account.change_room(GARDEN, subject="about trees", subject_by="me", subject_time=1)
    await pilot.see("you set the topic: about trees")
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/ann", time=now_us() + 1)
    await pilot.see("welcome")
    assert row_of(pilot, "set the topic") < row_of(pilot, "welcome")


async def test_what_was_said_before_comes_above_what_happened_before_it_was_here(pilot, account):
    account.enter(GARDEN, "me")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    account.change_room(GARDEN, subject="about trees", subject_by="me", subject_time=1)
    await pilot.see("you set the topic: about trees")
    account.message(GARDEN, "long ago", kind="room", sender=f"{GARDEN}/ann", time=1)
    await pilot.see("long ago")
    assert row_of(pilot, "long ago") < row_of(pilot, "set the topic")


async def test_who_is_put_out_finds_that_told_where_they_are_back(garden, account):
    garden.resize(160, 24)
    put_out(account, "out", "NotAllowed", "you were kicked out of garden by ann: too loud.")
    await garden.see("You are not in this room: you were")
    await garden.command("join")
    await garden.lose("You are not in this room")
    await garden.see("you were kicked out of garden by ann: too loud")


async def test_who_is_banned_is_told_also_in_a_room_that_nobody_looked_at(garden, account):
    await garden.command(f"chat {BOB}")
    await garden.lose("welcome")
    ban = Left(nick="ben", cause="banned", actor="ann", reason="spam")
    account.appear(GARDEN, left=[ban])
    await garden.command(f"chat {GARDEN}")
    await garden.see("ben was banned by ann (spam)")


async def test_the_list_of_occupants_is_narrowed_down_and_shown_whole_again(garden, account):
    await garden.press("Esc", "M-p", "/")
    await garden.type("NN\n")
    await see_at_the_side(garden, '1/3 with "NN"', "Participants", "● ann")
    await garden.press("Esc")
    await garden.see("Occupants 3")
    await garden.press("/")
    await garden.type("xyz\n")
    await garden.see("nobody; Esc shows all")


async def test_enter_on_an_occupant_writes_to_them_alone(garden, account):
    await garden.press("Esc", "M-p", "j", "Enter")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/ann")
    await garden.type("psst\n")
    await account.called("Send", f"{GARDEN}/ann", "psst")


async def test_somebody_in_the_room_is_found_by_nick(garden, account):
    await garden.command("query ben")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/ben")


async def test_who_has_a_nick_in_the_room_one_looks_at_is_meant_rather_than_a_contact(
    garden, account
):
    account.appear(GARDEN, somebody("bob"))
    await garden.see("Occupants 4")
    await garden.command("whois bob")
    await garden.see("not shown there")
    await garden.press("Esc")
    await garden.command("query bob")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/bob")
    await garden.see(f"this is bob of garden; {BOB} has that name too")
    await garden.command(f"chat {BOB}")
    await garden.until(lambda: garden.state.layout.place.peer == BOB)
    await garden.command("whois bob")
    await garden.see("each sees the other")


async def test_nicks_that_differ_only_in_capital_letters_are_told_apart_by_them(garden, account):
    account.appear(GARDEN, somebody("Ben"))
    account.appear(GARDEN, somebody("BEN"))
    await garden.see("Occupants 5")
    await garden.command("query bEN")
    await garden.see("are both here: write which of them")
    await garden.command("query Ben")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/Ben")


async def test_what_somebody_answers_of_ours_is_ours_under_an_earlier_nick(garden, account):
    more = {"reply_to": 1, "quote": "tea?", "quote_sender": f"{GARDEN}/digger", "quote_own": True}
    account.message(GARDEN, "yes", kind="room", sender=f"{GARDEN}/ann", more=more)
    await garden.see("> me: tea?")
    more = {"reply_to": 1, "quote": "or cake?", "quote_sender": f"{GARDEN}/ben"}
    account.message(GARDEN, "no", kind="room", sender=f"{GARDEN}/ann", more=more)
    await garden.see("> ben: or cake?")


async def test_all_is_told_of_a_room(garden, account):
    account.change_room(GARDEN, name="The Garden", avatar="a" * 40)
    await garden.until(lambda: garden.state.account.of(Rooms).get(GARDEN).avatar)
    await garden.command("whois")
    await garden.see(f"picture     {'a' * 40}")
    assert "about gardens" in garden.screen
    assert "no contact" not in garden.screen


async def test_a_nick_that_looks_like_another_has_a_sign_and_whois_tells_them_apart(
    garden, account
):
    account.appear(GARDEN, somebody("\u0430nn"))  # another a
    await garden.see("● ≈ann")
    account.message(GARDEN, "send me money", kind="room", sender=f"{GARDEN}/\u0430nn")
    await garden.see("≈\u0430nn          send me money")
    await garden.see("≈ann          welcome")
    await garden.command("whois \u0430nn")
    await garden.see("ann: here cyrillic small letter a, there latin small letter a")
    await garden.press("Esc")
    account.appear(GARDEN, left=[Left(nick="\u0430nn", cause="left")])
    await garden.lose("≈")


async def test_a_private_conversation_is_listed_and_titled_with_its_room(garden, account):
    await garden.command("query ben")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/ben")
    await garden.command("conversations on")
    await garden.see("ben in garden")
    assert "ben in garden" in garden.terminal.rows[0]


async def test_all_is_told_of_an_occupant(garden, account):
    account.appear(GARDEN, somebody("ann", affiliation="member", jid="ann@example.org"))
    known = garden.state.account.of(Rooms)
    await garden.until(lambda: known.occupant(f"{GARDEN}/ann").affiliation == "member")
    await garden.press("Esc", "M-p", "j", "w")
    await garden.see("ann@example.org")
    await garden.see("member")
    await garden.press("Esc")
    await garden.command("whois ben")
    await garden.see("not shown there")


async def test_a_nick_is_completed_while_one_writes(garden, account):
    account.message(GARDEN, "so", kind="room", sender=f"{GARDEN}/ben")
    await garden.see("so")
    await garden.press("Tab")
    await garden.see("> ben:")
    await garden.press("Esc", "i", "C-c")
    await garden.type("AN")
    await garden.press("Tab")
    await garden.see("> ann:")
    await garden.type("and be")
    await garden.press("Tab")
    await garden.see("> ann: and ben")


async def test_our_own_nick_is_told_and_changed(garden, account):
    await garden.command("nick")
    await garden.see("your nick in garden is me; :nick NICK changes it")
    await garden.command("nick the gardener")
    await account.called("SetNick", GARDEN, "the gardener")
    await garden.see("your nick in garden is now the gardener")


async def test_what_is_so_already_is_said_at_once_and_asked_of_nobody(garden, account):
    await garden.command("nick me")
    await garden.see("your nick in garden is me already")
    await garden.command("topic about gardens")
    await garden.see("garden has that topic already")
    await garden.command("topic ''")
    await account.called("SetSubject", GARDEN, "")
    await garden.command("topic ''")
    await garden.see("garden has no topic anyway")
    asked = [call for call in account.calls if call[0] in ("SetNick", "SetSubject")]
    assert asked == [("SetSubject", GARDEN, "")]


async def test_a_room_is_left_and_what_was_said_stays(garden, account):
    await garden.command("leave")
    await account.called("Leave", GARDEN)
    await garden.see("you have left garden")
    await garden.see("You are not in this room (:join enters it)")
    await garden.lose("Occupants")
    assert "welcome" in garden.screen
    await garden.command("join")
    await account.called("Join", GARDEN, "", "", False)
    await garden.lose("You are not in this room")


async def test_a_room_that_was_left_is_still_known_by_its_name(garden, account):
    await garden.command("leave")
    await garden.see("you have left garden")
    await garden.command(f"chat {BOB}")
    await garden.command("join garden")
    await account.called("Join", GARDEN, "", "", False)
    await garden.see("1 here")


async def test_to_close_a_room_is_to_leave_it_and_that_is_said(garden, account):
    await garden.command("close")
    await account.called("Leave", GARDEN)
    await garden.see(f"you have left garden; :join {GARDEN} enters it again")
    await garden.until(lambda: GARDEN not in garden.state.account.conversations)
    await garden.command("join garden")
    await account.called("Join", GARDEN, "", "", False)
    await garden.see("1 here")


async def test_who_leaves_a_room_that_is_entered_at_each_start_is_told_what_ends_that(
    garden, account
):
    account.change_room(GARDEN, bookmarked=True, autojoin=True)
    await garden.until(lambda: garden.state.account.of(Rooms).get(GARDEN).autojoin)
    await garden.command("leave")
    await garden.see(":autojoin off")
    await garden.see("at the next start")


async def test_to_close_a_room_from_which_one_was_put_out_leaves_nothing_of_it(garden, account):
    put_out(account, "out", "NotAllowed", "ann has kicked you.")
    await garden.see("ann has kicked you")
    await garden.command("close")
    await account.called("Leave", GARDEN)
    await garden.until(lambda: GARDEN not in garden.state.account.conversations)
    assert "you have left" not in garden.screen


@pytest.mark.parametrize(
    ("is_private", "who"), [(True, "only whom you :invite gets in"), (False, "anybody gets in")]
)
async def test_who_enters_a_room_that_was_not_there_learns_that_it_is_new_and_whose(
    pilot, account, is_private, who
):
    account.made = {"created": True, "members_only": is_private}
    await pilot.command(f"join {GARDEN}")
    await pilot.see("you are in garden; it is new and yours")
    await pilot.see(who)


@pytest.mark.parametrize("key", ["M-Up", "M-H"])
async def test_that_a_room_is_new_is_said_while_it_shows_and_can_be_looked_up_later(
    pilot, account, key
):
    account.made = {"created": True}
    await pilot.command(f"join {GARDEN}")
    await pilot.see("you are in garden; it is new and yours")
    # A key: what is typed takes what was said before off the line anyway.
    await pilot.press(key)
    await pilot.lose("it is new and yours")
    await pilot.command("log")
    await pilot.see("you are in garden; it is new and yours")


async def test_who_does_not_get_the_nick_that_was_asked_for_is_told(pilot, account):
    account.made = {"nick": "ann_"}
    await pilot.command(f"join {GARDEN} ann")
    await pilot.see("the nick ann couldn't be had, yours is ann_")


async def test_who_was_put_out_of_a_room_is_told_why_and_what_leads_back(garden, account):
    put_out(account, "out", "NotAllowed", "ann has kicked you: too loud.")
    await garden.see("You are not in this room: ann has kicked you: too loud (:join enters it)")
    account.enter(GARDEN, "me")
    await garden.lose("You are not in this room")


async def test_who_was_in_a_room_that_is_destroyed_goes_on_to_where_it_does(garden, account):
    hall = "hall@rooms.example.org"
    account.change_room(
        GARDEN, state="out", error=("UnknownRoom", "it was destroyed"), moved_to=hall
    )
    await garden.see(f"it was destroyed (:join enters {hall})")
    await garden.command("join")
    await account.called("Join", hall, "", "", False)
    await garden.until(lambda: garden.state.layout.place.peer == hall)


async def test_who_was_put_out_of_a_room_elsewhere_is_told_in_the_status_line(garden, account):
    await garden.command(f"chat {BOB}")
    put_out(account, "out", "NotAllowed", "ann has kicked you.")
    await garden.see(f"ann has kicked you (:join {GARDEN} enters it)")
    account.enter(GARDEN, "me")
    await garden.lose("ann has kicked you")


async def test_what_keeps_one_waiting_stands_above_with_what_helps(garden, account):
    put_out(account, "waiting", "RoomPasswordRequired", "the room takes a password")
    await garden.see("Not in this room: the room takes a password (:join asks for the password)")
    await garden.command("join")
    await garden.see("Password: the room takes a password")


async def test_who_may_only_read_in_a_room_is_told_so(garden, account):
    account.change_room(GARDEN, moderated=True, role="visitor")
    await garden.see(
        "You can only read here; moderators decide who may speak (:request-voice asks them)"
    )
    await garden.command("request-voice")
    await account.called("RequestVoice", GARDEN)
    await garden.see("the moderators of garden are asked")
    account.change_room(GARDEN, role="participant")
    await garden.lose("You can only read here")


async def test_whose_address_all_in_a_room_see_is_told_so_on_entering(pilot, account):
    account.change_room(GARDEN, nonanonymous=True)
    await pilot.command(f"join {GARDEN}")
    await pilot.see("you are in garden; everyone in garden sees your address")


async def test_while_one_is_not_connected_nothing_but_that_keeps_one_out_of_a_room(garden, account):
    put_out(account, "waiting", "", "")
    await garden.see("Not in this room (:join tries now)")
    account.become("connecting")
    await garden.see("Connecting as")
    assert "Not in this room" not in garden.screen


async def test_a_room_has_its_sign_in_the_list_and_its_colour_by_how_near_it_is(garden, account):
    signs = (UTF8.room, UTF8.room_waiting)

    def style():
        (row,) = [row for row in garden.terminal.styles if any("garden" in t for _, t in row[:4])][
            :1
        ]
        return [(style, text) for style, text in row if text in signs]

    await garden.command(f"chat {BOB}")
    await garden.until(lambda: style() == [("presence.online", UTF8.room)])
    put_out(account, "waiting", "", "")
    await garden.until(lambda: style() == [("presence.xa", UTF8.room_waiting)])


async def test_a_reaction_of_ours_is_known_as_ours_under_an_earlier_nick_and_taken_back(
    garden, account
):
    said = account.message(
        GARDEN, "shall we?", kind="room", sender=f"{GARDEN}/ann",
        more={
            "reactions": {"👍": [f"{GARDEN}/ben", f"{GARDEN}/digger"], "🎉": [f"{GARDEN}/me"]},
            "reactions_own": {"👍": f"{GARDEN}/digger"},
        },
    )  # fmt: skip
    await garden.see("👍 2 ben, me  🎉 me")
    await garden.command("react +1")
    await account.called("React", said.id, [])


async def test_an_action_is_told_of_our_nick_in_the_room(garden, account):
    account.change_room(GARDEN, nick="gardener")
    account.message(GARDEN, "/me digs", kind="room", out=True, sender=f"{GARDEN}/gardener")
    await garden.see("gardener digs")


async def test_five_thousand_occupants_come_page_by_page_and_once(pilot, account):
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/n0001")
    people(account, *(f"n{number:04}" for number in range(4999)))
    account.enter(GARDEN, "me")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    room = pilot.state.account.of(Rooms)
    await pilot.until(lambda: (held := room.occupants(GARDEN)) is not None and len(held) == 5000)
    held = room.occupants(GARDEN)
    await pilot.command("chat bob")
    await pilot.command(f"chat {GARDEN}")
    assert room.occupants(GARDEN) is held


async def test_who_comes_and_goes_where_nobody_looks_is_asked_for_when_somebody_does(
    garden, account
):
    await garden.command(f"chat {BOB}")
    account.appear(GARDEN, somebody("Zoe"))
    known = garden.state.account.of(Rooms)
    await garden.until(lambda: known.get(GARDEN).occupants == 4)
    assert known.occupants(GARDEN) is None
    await garden.command(f"chat {GARDEN}")
    await garden.see("Zoe")


async def test_the_conversation_of_an_occupant_tells_how_they_are(garden, account):
    await garden.command(f"chat {GARDEN}/ann")
    await garden.until(lambda: garden.state.layout.place.peer == f"{GARDEN}/ann")
    await garden.see("online")
    account.appear(GARDEN, left=[Left(nick="ann", cause="left")])
    await garden.see("not in the room")


async def test_a_private_conversation_shows_how_they_are_though_one_looks_elsewhere(
    garden, account
):
    ann = f"{GARDEN}/ann"
    await garden.command(f"chat {ann}")
    await garden.command(f"chat {BOB}")
    await garden.lose("Occupants")
    row = "● ann in garden"
    await garden.command("conversations on")
    await garden.see(row)
    account.appear(GARDEN, left=[Left(nick="ann", cause="left")])
    await garden.see("○ ann in garden")
    account.appear(GARDEN, somebody("ann"))
    await garden.see(row)


async def test_of_whom_one_talks_with_alone_it_is_asked_on_entering_their_room(pilot, account):
    for nick in ("ann", "zoe"):
        peer = f"{GARDEN}/{nick}"
        account.message(peer, "psst", kind="private", sender=peer)
    people(account, "Ann", "ANN", "ann", "annie")
    await pilot.command("conversations on")
    account.enter(GARDEN, "me")
    await pilot.see("● ann in garden")
    await pilot.see("○ zoe in garden")
    put_out(account, "out", "", "")
    await pilot.see("○ ann in garden")


async def test_whois_of_somebody_in_a_room_that_one_has_left_says_so(garden, account):
    await garden.command(f"chat {GARDEN}/ann")
    put_out(account, "out", "", "")
    await garden.see("you are not in the room")
    await garden.command("whois")
    await garden.see("presence    not known: you are not in the room")


async def test_the_rooms_are_there_again_when_the_backend_comes_back(fake, garden, account):
    await fake.crash()
    await garden.see("No backend since")
    del account.occupants[GARDEN]["ben"]
    await fake.start()
    await garden.see("Occupants 3")
    await garden.lose("● ben")


async def test_a_topic_that_is_too_long_to_show_in_full_says_so(garden, account):
    account.change_room(GARDEN, subject="\n".join(f"line {number}" for number in range(1, 40)))
    await garden.see("line 1")
    await garden.command("show-topic full")
    await garden.see("topic = full")
    shown = re.findall(r"line \d+…?", garden.screen)
    assert shown[0] == "line 1"
    assert [line for line in shown if line.endswith("…")] == shown[-1:]


async def test_the_occupants_take_keys_as_soon_as_a_key_has_gone_to_them(garden, account):
    assert garden.state.mode == "insert"
    await garden.press("M-p")
    assert (garden.state.focus, garden.state.mode) == ("occupants", "normal")
    await garden.press("M-p")
    assert garden.state.focus == "input"
    await garden.lose("Occupants 3")


async def test_a_contact_is_removed_by_name_though_an_occupant_has_it_as_a_nick(garden, account):
    account.appear(GARDEN, somebody("bob"))
    await garden.see("Occupants 4")
    await garden.command("remove bob")
    await garden.see("Remove a contact")
    await garden.see(BOB)


async def test_in_a_narrow_room_names_take_no_more_than_those_in_view_need(account, fly):
    def column_of(text):
        (row,) = (row for row in pilot.screen.splitlines() if text in row)
        return row.index(text)

    for number in range(30):
        nick = "maximilian-the-first" if number < 2 else "ann"
        account.message(GARDEN, f"line {number:02}", kind="room", sender=f"{GARDEN}/{nick}",
                        tell=False, state="read")  # fmt: skip
    account.record(GARDEN, kind="room")
    pilot = await fly(columns=60, rows=16).start(until="line 29")
    await pilot.command(f"chat {GARDEN}")
    await pilot.see("line 29")
    (row,) = (row for row in pilot.screen.splitlines() if "line 29" in row)
    start = row.index("│") if "│" in row else 0
    narrow = column_of("line 29") - start
    assert narrow <= len("│ 10:59  ann  ")
    await pilot.press("Esc", "PageUp", "PageUp", "PageUp", "PageUp")
    await pilot.see("line 00")
    wide = column_of("line 00") - start
    assert narrow < wide <= narrow + 12
    assert "maximi" in pilot.screen
    await pilot.press("G")
    await pilot.see("line 29")
    assert column_of("line 29") - start == wide
