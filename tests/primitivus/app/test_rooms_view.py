"""The view of rooms: who invites, where one is, what is kept, and where one was."""

import pytest

from backendd.api.errors import NotConnected, NotSupported
from backendd.api.records import Identity, Info, Item
from primitivus.model.questions.invitations import Invitations
from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.app.test_rooms import GARDEN
from tests.primitivus.fake import MIA, Entity

CELLAR = "cellar@rooms.example.org"
ATTIC = "attic@rooms.example.org"
HALL = "hall@rooms.example.org"
SHED = "shed@rooms.example.org"


def rows(pilot):
    """Return what is listed: the titles, and the names of rooms."""
    return [each.name for each in pilot.state.layout.main.rows()]


def marked(pilot):
    return pilot.state.layout.main.chosen.place.peer


def calls(account, name):
    return [call[1:] for call in account.calls if call[0] == name]


async def mark(pilot, room):
    """Go to a room of the list by keys."""
    await pilot.press("g", "g")
    for _ in pilot.state.layout.main.rows():
        if marked(pilot) == room:
            return
        await pilot.press("j")
    raise AssertionError(f"{room} is not listed:\n{pilot.screen}")


@pytest.fixture
async def kept(pilot, account):
    """A room that we are in and keep, one we are in, two that are kept, one that we left."""
    account.change_room(GARDEN, name="The garden", bookmarked=True, subject="all about roses")
    account.enter(GARDEN, "me")
    account.change_room(CELLAR, name="Wines", bookmarked=True, autojoin=True)
    account.change_room(ATTIC, bookmarked=True)
    account.change_room(HALL, state="in", nick="me")
    account.message(SHED, "who has the key?", kind="room", sender=f"{SHED}/ann", state="read")
    account.converse(SHED, kind="room", joined=False)
    await pilot.until(lambda: len(pilot.state.account.of(Rooms).listed()) == 4)
    await pilot.until(lambda: SHED in pilot.state.account.conversations)
    await pilot.press("Esc")
    return pilot


@pytest.fixture
async def view(kept):
    await kept.command("rooms")
    await kept.see("Where you were")
    return kept


async def test_rooms_stand_under_how_it_is_with_them_each_by_name(view):
    assert rows(view) == [
        "You are there (2)", "hall", "The garden",
        "Bookmarked (2)", "attic", "Wines",
        "Where you were (1)", "shed",
    ]  # fmt: skip
    await view.see("1 here, all about roses")
    await view.see("entered when you connect")
    await view.see("not entered by itself")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_each_keymap_has_keys_that_go_there(kept, keymap):
    await kept.command(f"set keymap {keymap}")
    for keys in kept.keyboard.keymap.keys_for("rooms"):
        await kept.press(*keys.split())
        await kept.see("Where you were")
        await kept.press("q")
        await kept.see("have you seen this?")


async def test_the_names_that_it_had_lead_there(kept):
    for line in ("bookmarks", "invitations"):
        await kept.command(line)
        await kept.see("Where you were")
        await kept.press("q")
        await kept.lose("Where you were")


async def test_enter_goes_to_a_room_enters_a_kept_one_and_shows_one_that_was_left(view, account):
    await mark(view, GARDEN)
    await view.press("Enter")
    await view.until(lambda: view.state.layout.place.peer == GARDEN)
    await view.command("rooms")
    await mark(view, SHED)
    await view.press("Enter")
    await view.see("who has the key?")
    assert not calls(account, "Join")
    await view.command("rooms")
    await mark(view, CELLAR)
    await view.press("Enter")
    await account.called("Join", CELLAR, "", "", False)
    await view.until(lambda: view.state.layout.place.peer == CELLAR)


async def test_what_is_unread_and_speaks_to_us_stands_before_the_name(view, account):
    account.message(GARDEN, "alice: look", kind="room", sender=f"{GARDEN}/ann")
    account.converse(GARDEN, kind="room", more={"mentions": 1})
    await view.until(lambda: any("@1" in r and "The garden" in r for r in view.terminal.rows))
    await mark(view, GARDEN)
    await view.press("r")
    await account.called("MarkRead", GARDEN, max(account.messages))


async def test_an_invitation_stands_first_with_who_and_why_and_is_declined_by_a_key(view, account):
    account.invite("tea@rooms.example.org", MIA, reason="at five", password="secret")
    await view.see("mia invites you: at five")
    assert rows(view)[0] == "Invitations (1)"
    await mark(view, "tea@rooms.example.org")
    await view.see("its password")
    assert "secret" not in view.screen
    await view.press("-")
    await account.called("DeclineInvitation", "1", "")
    await view.lose("mia invites you")


async def test_an_invitation_is_accepted_by_a_key_and_enter_offers_to_keep_the_room(view, account):
    account.invite("tea@rooms.example.org", MIA)
    await view.see("1 invites you")
    await mark(view, "tea@rooms.example.org")
    await view.press("Enter")
    await view.see("Enter it, and keep it")
    await view.press("Esc")
    await view.see("Where you were")
    await view.press("a")
    await account.called("AcceptInvitation", "1", "")
    await view.until(lambda: view.state.layout.place.peer == "tea@rooms.example.org")
    assert not view.state.account.of(Invitations).listed()


async def test_how_a_room_is_kept_is_changed_by_keys(view, account):
    await mark(view, ATTIC)
    await view.press("t")
    await account.called("Bookmark", ATTIC, {"autojoin": True})
    await view.press("d")
    await view.see("Your other clients leave it.")
    await view.type("\n")
    await view.see("nothing was done")
    assert not calls(account, "Unbookmark")
    await view.press("d")
    await view.type("y\n")
    await account.called("Unbookmark", ATTIC)
    await view.see("Bookmarked (1)")
    await mark(view, HALL)
    await view.press("*")
    await account.called("Bookmark", HALL, {"autojoin": True})


async def test_a_bookmark_is_edited_in_a_form(view, account):
    await mark(view, CELLAR)
    await view.press("e")
    await view.see("Enter it when you connect? y/n")
    await view.press("C-u")
    await view.type("Reds")
    await view.press("Tab")
    await view.type("al")
    await view.press("Tab", "C-u")
    await view.type("n\n")
    await account.called("Bookmark", CELLAR, {"autojoin": False, "name": "Reds", "nick": "al"})
    await view.see("Reds")


async def test_only_what_is_kept_can_be_edited(view, account):
    await mark(view, HALL)
    await view.press("e")
    await view.see("hall is not bookmarked; :bookmark keeps it")


async def test_a_room_is_left_by_a_key_and_stands_among_those_where_one_was(view, account):
    await mark(view, GARDEN)
    await view.press("x")
    await account.called("Leave", GARDEN)
    await view.until(lambda: rows(view)[:2] == ["You are there (1)", "hall"])


async def test_what_another_client_keeps_shows_at_once_and_the_mark_stays(view, account):
    await mark(view, CELLAR)
    account.change_room("a@rooms.example.org", name="A shed", bookmarked=True)
    await view.see("Bookmarked (3)")
    assert marked(view) == CELLAR


async def test_typed_words_find_a_room_and_enter_enters_it(view, account):
    await view.press("/")
    await view.type("win")
    await view.until(lambda: rows(view) == ["Bookmarked (2)", "Wines"])
    await view.press("Enter")
    await account.called("Join", CELLAR, "", "", False)


async def test_a_key_looks_around_at_the_rooms_of_the_server(view, account):
    rooms = Info(identities=[Identity(category="conference", type="text", name="Rooms")])
    listed = [Item(jid=ATTIC, name="The attic")]
    account.entities = {("rooms.example.org", ""): Entity(rooms, listed)}
    await view.press("s")
    await view.see("Services: rooms.example.org")
    await view.see("The attic")
    await view.press("J")
    await account.called("Join", ATTIC, "", "", False)


async def test_where_no_room_is_it_says_how_to_find_one(pilot):
    await pilot.command("rooms")
    await pilot.see("You are in no room. :join ROOM enters one, s shows those of your server.")


async def test_of_several_profiles_titles_say_whose_rooms_they_are(kept, fake):
    work = fake.add_profile("work", "alice@work.example.org")
    work.change_room("desk@rooms.work.org", bookmarked=True)
    await kept.until(lambda: len(kept.state.accounts) == 2)
    await kept.command("rooms")
    await kept.see("work: bookmarked (1)")
    await kept.press("G", "Enter")
    await work.called("Join", "desk@rooms.work.org", "", "", False)


async def test_it_is_where_it_was_left(view):
    await mark(view, ATTIC)
    await view.command("chat mia")
    await view.command("rooms")
    await view.see("Where you were")
    assert marked(view) == ATTIC


@pytest.mark.parametrize(("columns", "lines"), [(60, 16), (20, 5), (300, 100)])
async def test_it_survives_any_size(view, columns, lines):
    view.resize(columns, lines)
    if columns > 20:
        await view.see("Wines")
        await view.see("Enter goes there")
    await view.press("j", "j", "k", "G")
    view.resize(100, 30)
    await view.see("Where you were")


@pytest.mark.parametrize("settings", [{"symbols": "ascii"}, {"theme": "mono"}])
async def test_where_one_is_and_what_is_unread_is_told_without_colours(account, fly, settings):
    pilot = await fly(**settings).start(until="have you seen this?")
    account.enter(GARDEN, "me")
    account.change_room(CELLAR, bookmarked=True)
    for text in ("one", "two", "three"):
        account.message(GARDEN, text, kind="room", sender=f"{GARDEN}/ann")
    await pilot.command("rooms")
    await pilot.see("You are there (1)")
    await pilot.see("Bookmarked (1)")
    signs = pilot.app.controls.symbols()
    await pilot.see("3    garden")
    await pilot.see(f"{signs.room_left}    cellar")


async def test_without_the_backend_nobody_says_that_one_is_there(view, fake):
    await fake.crash()
    await view.see("You will be there again (2)")
    assert not view.shows("1 here")


async def test_why_one_is_not_in_a_room_stands_beside_it(view, account):
    error = ("Kicked", "you were kicked out: enough")
    account.change_room(HALL, state="out", error=error)
    account.change_room(CELLAR, error=("UnknownRoom", "it was destroyed"))
    await view.see("you were kicked out: enough")
    await view.see("it was destroyed, entered when you connect")
    assert rows(view)[:2] == ["You are there (1)", "The garden"]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (NotConnected('the profile "alice" is not online'), "is not online"),
        (NotSupported("it has none"), "your server has no rooms; :services ADDRESS"),
    ],
)
async def test_a_server_that_can_not_be_asked_is_not_said_to_have_no_rooms(
    pilot, account, why, said
):
    account.room_refusal = why
    await pilot.command("browse-rooms")
    await pilot.see(said)
    assert ("your server has no rooms" in pilot.screen) == isinstance(why, NotSupported)
