"""What is around rooms: invitations, bookmarks, and what who decides there can do."""

import pytest

from backendd.api.errors import NotAllowed
from backendd.api.records import Affiliation, Form, FormField
from primitivus.model.questions.invitations import Invitations
from primitivus.model.rooms.banned import Banned
from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.app.test_rooms import GARDEN, people, somebody
from tests.primitivus.fake import BOB, MIA

CELLAR = "cellar@rooms.example.org"


@pytest.fixture
async def garden(pilot, account):
    """A room of ours, shown, with ann, whose address we see, and ben."""
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/ann")
    people(account, "ben")
    account.occupants[GARDEN]["ann"] = somebody("ann", jid=MIA)
    account.enter(GARDEN, "me")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    await pilot.see("● ben")
    return pilot


async def until_invited(pilot, count=1):
    await pilot.until(lambda: len(pilot.state.account.of(Invitations).listed()) == count)


# -- invitations


async def test_an_invitation_is_said_and_answered_by_keys(pilot, account):
    account.invite(CELLAR, MIA, reason="come down")
    await pilot.see(f"invites you to {CELLAR} (come down)")
    await pilot.command("next-notification")
    await pilot.see("Enter the room")
    await pilot.press("Enter")
    await account.called("AcceptInvitation", "1", "")
    await pilot.until(lambda: pilot.state.layout.place.peer == CELLAR)


async def test_an_invitation_is_kept_or_declined(pilot, account):
    account.invite(CELLAR, MIA)
    account.invite(GARDEN, MIA)
    await until_invited(pilot, 2)
    await pilot.command(f"decline {CELLAR} no time")
    await account.called("DeclineInvitation", "1", "no time")
    await pilot.command("accept-invitation")
    await account.called("AcceptInvitation", "2", "")
    await pilot.until(lambda: pilot.state.layout.place.peer == GARDEN)
    await pilot.command("accept-invitation")
    await pilot.see("nobody invites you")


async def test_one_enters_and_keeps_a_room_in_one_go(pilot, account):
    account.invite(CELLAR, MIA)
    await until_invited(pilot)
    await pilot.command(f"accept-invitation {CELLAR} keep mole")
    await account.called("AcceptInvitation", "1", "mole")
    await account.called("Bookmark", CELLAR, {"autojoin": True})


async def test_one_enters_the_first_room_and_keeps_it_without_naming_it(pilot, account):
    account.invite(CELLAR, MIA)
    await until_invited(pilot)
    await pilot.command("accept-invitation keep mole")
    await account.called("AcceptInvitation", "1", "mole")
    await account.called("Bookmark", CELLAR, {"autojoin": True})


async def test_one_is_asked_once_and_invitations_outlive_the_frontend(pilot, account):
    account.invite(CELLAR, MIA, reason="come down")
    await until_invited(pilot)
    await pilot.command("requests")
    await pilot.see(f"or :decline {CELLAR}")
    account.emit("org.primitivus.Backend1.Rooms", "InvitationsChanged", [], ["1"])
    await pilot.until(lambda: not pilot.state.account.of(Invitations).listed())
    await pilot.command("invitation")
    await pilot.see("nobody invites you")


async def test_an_invitation_is_named_by_its_room_and_completed_so(pilot, account):
    account.invite(CELLAR, MIA)
    account.invite(GARDEN, MIA)
    await until_invited(pilot, 2)
    await pilot.command("decline Cellar")
    await account.called("DeclineInvitation", "1", "")
    await pilot.command("accept-invitation attic")
    await pilot.see('nobody invites you to "attic"')
    await pilot.press("Esc")
    await pilot.type(":accept-invitation gar")
    await pilot.press("Tab")
    await pilot.see(f":accept-invitation {GARDEN}")


async def test_the_word_that_keeps_a_room_is_completed_where_no_room_is_named(pilot, account):
    account.invite(CELLAR, MIA)
    await until_invited(pilot)
    await pilot.press("Esc")
    await pilot.type(":accept-invitation ke")
    await pilot.press("Tab")
    await pilot.see(":accept-invitation keep")
    await pilot.press("Esc")
    await pilot.type(f":accept-invitation {CELLAR} k")
    await pilot.press("Tab")
    await pilot.see(f":accept-invitation {CELLAR} keep")


async def test_somebody_is_invited_by_name_to_the_room_one_looks_at(garden, account):
    await garden.command("invite bob come in")
    await account.called("Invite", GARDEN, BOB, "come in", "")
    await garden.see(f"{BOB} was invited to")


async def test_one_invites_only_to_a_room_where_one_is(garden, account):
    account.change_room(GARDEN, state="out", error=("Banned", "you were banned by ann"))
    await garden.until(lambda: not garden.state.account.of(Rooms).is_wanted(GARDEN))
    await garden.command("invite bob come in")
    await garden.see('you are not in "garden": :join enters it')
    assert not [call for call in account.calls if call[0] == "Invite"]


async def test_one_invites_to_rooms_only(pilot):
    await pilot.command(f"invite {BOB}")
    await pilot.see("this isn't a room")


# -- bookmarks


async def test_a_room_is_kept_and_not(garden, account):
    await garden.command("bookmark The Garden")
    await account.called("Bookmark", GARDEN, {"autojoin": True, "name": "The Garden"})
    await garden.see("is bookmarked; :unbookmark ends that")
    await garden.command("autojoin off")
    await account.called("Bookmark", GARDEN, {"autojoin": False})
    await garden.see("not entered when you connect")
    await garden.command("autojoin")
    await garden.see("not entered when you connect; :autojoin on changes that")
    await garden.command("autojoin toggle")
    await garden.see("is entered when you connect")
    await garden.command("unbookmark")
    await account.called("Unbookmark", GARDEN)
    await garden.see("is no longer bookmarked")


async def test_a_room_that_is_kept_goes_by_its_name_before_it_was_ever_entered(pilot, account):
    account.change_room(CELLAR, name="Wines", bookmarked=True, autojoin=True)
    await pilot.until(lambda: pilot.state.account.of(Rooms).bookmarked())
    await pilot.command("join wines")
    await account.called("Join", CELLAR, "", "", False)


# -- who decides


async def test_who_is_named_leaves_and_who_is_marked_only_after_a_question(garden, account):
    await garden.command("kick ben too loud")
    await account.called("SetRole", GARDEN, "ben", "none", "too loud")
    await garden.see("ben had to leave")
    await garden.command("occupants on")
    await garden.press("j", "x")
    await garden.see("Sure? y/N")
    await garden.type("\n")
    await garden.lose("Sure? y/N")
    assert ("SetRole", GARDEN, "ann", "none", "") not in account.calls
    await garden.press("x")
    await garden.see("Sure? y/N")
    await garden.type("y\n")
    await account.called("SetRole", GARDEN, "ann", "none", "")


@pytest.mark.parametrize(
    "line",
    [
        "kick Jules bad manners",
        "ban Jules bad manners",
        "voice Jules",
        "moderator jules",
        "affiliate Jules member",
        "ignore Jules",
        "whois Jules",
        "chat Jules",
    ],
)
async def test_who_writes_the_begin_of_a_nick_is_told_which_one_and_how_to_write_it(
    garden, account, line
):
    account.appear(GARDEN, somebody("Jules the dragon"), somebody("Julesy"))
    await garden.see("Jules the dragon")
    await garden.command(line)
    await garden.see(f'nobody here is called "{line.split()[1]}"; perhaps you mean')
    assert "'Jules the dragon' or \"Julesy\"" in garden.state.notice.text
    assert garden.state.notice.text.endswith("a nick with blanks needs quotes")


@pytest.mark.parametrize("line", ["voice Jules the dragon", "ignore Jules the dragon"])
async def test_who_leaves_out_quotes_is_told_of_them(garden, line):
    await garden.command(line)
    await garden.see("(usage: ")
    assert garden.state.notice.text.endswith("; a name with blanks needs quotes)")


async def test_a_nick_is_meant_in_small_and_capital_letters(garden, account):
    await garden.command("kick BEN too loud")
    await account.called("SetRole", GARDEN, "ben", "none", "too loud")


async def test_who_is_nobody_there_is_not_asked_of_the_room(garden, account):
    await garden.command("kick zoe")
    await garden.see('nobody here is called "zoe"; :occupants shows who is')
    await garden.command("ban zoe")
    await garden.see('nobody here is called "zoe"; an address works as well')
    assert not [call for call in account.calls if call[0] in ("SetRole", "SetAffiliation")]


async def test_who_is_banned_is_so_by_address(garden, account):
    await garden.command("ban ben")
    await garden.see('the room does not show you the address of "ben"')
    await garden.command("ban ann spam")
    await garden.see("Sure? y/N")
    await garden.type("y\n")
    await account.called("SetAffiliation", GARDEN, MIA, "outcast", "spam")
    await garden.command(f"unban {MIA}")
    await account.called("SetAffiliation", GARDEN, MIA, "none", "")


async def test_all_who_are_at_a_server_are_banned_by_its_name_unless_it_is_a_nick(garden, account):
    await garden.command("ban spam.example of course")
    await garden.see("Everybody at spam.example")
    await garden.type("y\n")
    await account.called("SetAffiliation", GARDEN, "spam.example", "outcast", "of course")
    await garden.see("everybody at spam.example is banned")
    await garden.command("unban spam.example")
    await account.called("SetAffiliation", GARDEN, "spam.example", "none", "")
    account.appear(GARDEN, somebody("ann.example", jid=MIA))
    await garden.until(lambda: "ann.example" in garden.screen)
    await garden.command("ban ann.example")
    await garden.see("ann.example")
    await garden.type("y\n")
    await account.called("SetAffiliation", GARDEN, MIA, "outcast", "")


@pytest.mark.parametrize(
    "line",
    ["kick me", "ban me", "ban alice@example.org", "affiliate me outcast", "kick"],
)
async def test_nobody_puts_themselves_out_and_is_asked_whether_to(garden, account, line):
    if line == "kick":
        await garden.command("occupants on")
        await garden.until(lambda: garden.state.focus == "occupants")
    await garden.command(line)
    await garden.see("that is you, whom you can't")
    assert garden.state.view.shown_popup is None
    assert not [call for call in account.calls if call[0] in ("SetRole", "SetAffiliation")]


@pytest.fixture
def outcasts(account):
    """Two who are banned."""
    account.affiliations[GARDEN] = {
        BOB: Affiliation(jid=BOB, affiliation="outcast", reason="spam"),
        "zoe@example.org": Affiliation(jid="zoe@example.org", affiliation="outcast"),
    }


@pytest.mark.usefixtures("outcasts")
async def test_who_is_banned_is_chosen_to_be_let_in_again(garden, account):
    await garden.command("unban")
    await garden.see("2 banned")
    await garden.see(f"{BOB}  spam")
    await garden.type("bob")
    await garden.press("Enter")
    await account.called("SetAffiliation", GARDEN, BOB, "none", "")
    del account.affiliations[GARDEN]
    await garden.command("unban")
    await garden.see("nobody is banned")


@pytest.mark.usefixtures("outcasts")
async def test_who_is_banned_completes_itself_once_the_room_has_said_it(garden, account):
    await garden.press("Esc", ":")
    await garden.type("unban z")
    await garden.press("Tab")
    await account.called("Affiliations", GARDEN, "outcast")
    banned = garden.state.account.of(Banned)
    await garden.until(lambda: banned.listed(GARDEN))
    await garden.press("Tab")
    await garden.see("unban zoe@example.org")


async def test_somebody_may_speak_or_decide(garden, account):
    await garden.command("voice ben off")
    await account.called("SetRole", GARDEN, "ben", "visitor", "")
    await garden.see("ben may not speak")
    await garden.command("moderator ben")
    await account.called("SetRole", GARDEN, "ben", "moderator", "")


async def test_what_the_room_refuses_is_said(garden, account):
    account.room_refusal = NotAllowed("this room lets only its moderators do this")
    await garden.command("kick ben")
    await garden.see("lets only its moderators do this")


@pytest.mark.parametrize(
    ("affiliation", "line", "said"),
    [
        ("member", "kick ben", 'only moderators of "garden" may kick somebody: "ann"'),
        ("member", "ban ann", 'only admins and owners of "garden" may ban somebody'),
        ("member", "unban", 'only admins and owners of "garden" may see who is banned'),
        ("member", f"unban {MIA}", 'only admins and owners of "garden" may let somebody in again'),
        ("member", "affiliate ann outcast", 'only admins and owners of "garden" may make somebody'),
        ("admin", "affiliate ann owner", 'only owners of "garden" may make somebody an owner'),
        ("admin", "destroy", 'only owners of "garden" may destroy it'),
    ],
)
async def test_who_may_not_is_told_who_may_before_anything_is_asked(
    garden, account, affiliation, line, said
):
    us = somebody("me", affiliation=affiliation)
    account.appear(GARDEN, us, somebody("ann", role="moderator", jid=MIA))
    account.change_room(GARDEN, role=us.role, affiliation=affiliation)
    rooms = garden.state.account.of(Rooms)
    await garden.until(lambda: rooms.get(GARDEN).affiliation == affiliation)
    await garden.command(line)
    await garden.see(said)
    assert garden.state.view.popup is None
    asked = {name for name, *_ in account.calls}
    assert asked.isdisjoint({"SetRole", "SetAffiliation", "Affiliations", "Destroy"})


async def test_who_is_what_is_listed_and_changed_from_there(garden, account):
    account.affiliations[GARDEN] = {
        each.jid: each
        for each in (
            Affiliation(jid=account.jid, affiliation="owner"),
            Affiliation(jid=BOB, affiliation="outcast", reason="spam"),
        )
    }
    await garden.command("affiliations")
    await garden.see("Banned")
    assert "Owners" in garden.screen
    await garden.type("bob")
    await garden.press("Enter")
    await garden.type("member\n")
    await account.called("SetAffiliation", GARDEN, BOB, "member", "")
    await garden.command("affiliations admin")
    await garden.see("has nobody on this list")


async def test_a_room_is_set_up_by_its_form(garden, account):
    account.configuration = Form(
        title="The garden", fields=[FormField(var="name", type="text-single", label="Name")]
    )
    await garden.command("configure")
    await garden.see("The garden")
    await garden.type("Den\n")
    await account.called("Configure", GARDEN, {"name": ["Den"]})
    await garden.see("is set up")


async def test_a_room_is_destroyed_by_who_writes_its_address(garden, account):
    await garden.command("destroy")
    await garden.see("will be gone, for everybody")
    await garden.press("Esc")
    await garden.see("nothing was done")
    await garden.command("destroy")
    await garden.see("Destroy a room")
    await garden.type("garden\n\n\n")
    await garden.see('this is not "garden@')
    await garden.press("C-u")
    await garden.type(f"{GARDEN}\nfull\n{CELLAR}\n")
    await account.called("Destroy", GARDEN, "full", CELLAR)
    await garden.see("is destroyed")
