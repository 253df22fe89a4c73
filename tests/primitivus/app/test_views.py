"""Views: each opened again is as it was left, whatever was looked at meanwhile."""

import pytest

from primitivus.model.files.transfers import Transfers
from tests.primitivus.fake import BOB, MIA


def at(pilot):
    """Return where one is in what is shown: the marked entry, and the first one in view."""
    main = pilot.state.layout.main
    return main.selected, main.top


async def go_elsewhere(pilot):
    """Look at two conversations, so that `back` would lead to one."""
    for peer in (MIA, BOB):
        await pilot.command(f"chat {peer}")
        await pilot.until(lambda peer=peer: pilot.state.layout.place.peer == peer)


@pytest.fixture
async def full(account, pilot):
    """More of all that is listed than a screen has rows."""
    account.follow(BOB)
    for number in range(40):
        account.write(BOB, f"post{number}", title=f"Post {number:02}")
        account.transfer(name=f"file{number:02}.txt", state="done", size=1000, done=1000)
        account.message(MIA, f"tea {number:02}", tell=False, state="read")
    account.record(MIA)
    # A view that is opened while they come keeps its mark at what was the newest then.
    known = pilot.state.account.of(Transfers)
    await pilot.until(lambda: len(known.listed()) == 40)
    return pilot


@pytest.mark.parametrize(
    ("line", "again", "shown"),
    [
        ("blog", "blog", "Post 39"),
        (f"blog {BOB}", "blog bob", "Post 39"),
        ("transfers", "transfers", "file39.txt"),
        ("settings", "settings", "Settings"),
        ("search tea", "search", "tea 39"),
        ("blog-search Post", "blog-search", "Post 39"),
    ],
)
async def test_a_view_opened_again_is_where_it_was_left(full, line, again, shown):
    await full.command(line)
    await full.see(shown)
    pages = 1 if line == "settings" else 2
    await full.press(*["PageDown"] * pages, "Down", "Down")
    left = at(full)
    assert left[0] > 2
    await go_elsewhere(full)
    await full.command(again)
    await full.until(lambda: at(full) == left)


async def test_what_was_typed_to_narrow_down_what_was_found_is_there_again(full):
    await full.command("search tea")
    await full.see("tea 39")
    await full.type("/07")
    await full.until(lambda: not full.shows("tea 39"))
    await go_elsewhere(full)
    await full.command("search")
    await full.see("tea 07")
    assert not full.shows("tea 39")


async def test_words_typed_to_find_settings_are_for_that_time_alone(pilot):
    await pilot.command("settings")
    await pilot.press("/")
    await pilot.type("bell\n")
    await pilot.until(lambda: len(pilot.state.layout.main.found) < 5)
    chosen = pilot.state.layout.main.chosen.key
    await go_elsewhere(pilot)
    await pilot.command("settings")
    await pilot.until(lambda: len(pilot.state.layout.main.found) > 20)
    assert pilot.state.layout.main.chosen.key == chosen


async def test_words_given_to_open_the_settings_are_for_that_time_alone(pilot):
    await pilot.command("settings bell")
    await pilot.see("Settings with bell")
    chosen = pilot.state.layout.main.chosen.key
    await go_elsewhere(pilot)
    await pilot.command("settings")
    await pilot.until(lambda: len(pilot.state.layout.main.found) > 20)
    assert pilot.state.layout.main.chosen.key == chosen


async def test_a_view_shows_what_is_so_now_and_its_mark_stays_on_the_same(full, account):
    await full.command("transfers")
    await full.see("file39.txt")
    await full.press("Down", "Down")
    marked = full.state.layout.main.chosen.transfer.name
    await go_elsewhere(full)
    account.transfer(name="new.txt", state="running", size=1000, done=450)
    await full.see("new.txt")
    await full.command("transfers")
    await full.see("new.txt")
    assert full.state.layout.main.chosen.transfer.name == marked


async def test_a_view_is_of_the_account_in_which_it_is_opened_again(full, fake):
    await full.command("transfers")
    await full.see("file39.txt")
    work = fake.add_profile("work", "alice@work.example.org")
    work.know("boss@work.example.org")
    await full.until(lambda: len(full.state.accounts) == 2)
    await full.command("chat boss@work.example.org work")
    await full.until(lambda: full.state.layout.place.account == "work")
    await full.command("transfers")
    await full.see("file39.txt")
    assert full.state.layout.place.account == "work"


@pytest.mark.parametrize("line", ["search", "blog-search"])
async def test_where_nothing_was_searched_for_it_says_to_give_words(pilot, line):
    await pilot.command(line)
    await pilot.see("was searched for yet: give words to find")


async def test_each_half_of_a_split_screen_has_its_own(full):
    await full.command("transfers")
    await full.see("file39.txt")
    # The mark stays at what was the newest when the pane was opened; more may have come since.
    await full.press("g", "g", "Down", "Down")
    left = at(full)
    await full.command("split")
    await full.press("PageDown")
    assert at(full) != left
    await full.command(f"chat {BOB}")
    await full.press("Esc", "C-w", "w")
    await full.until(lambda: full.state.layout.main.context == "transfers")
    await go_elsewhere(full)
    await full.command("transfers")
    await full.until(lambda: at(full) == left)


@pytest.mark.parametrize(
    ("line", "shown"),
    [("blog", "Post 39"), ("transfers", "file39.txt"), ("messages", "told 39")],
)
async def test_where_there_is_more_room_it_is_used(full, line, shown):
    for number in range(40):
        full.state.say(f"told {number:02}")
    await full.command(line)
    await full.see(shown)
    full.resize(80, 16)
    await full.press("G")
    assert full.state.layout.main.top > 20
    full.resize(300, 100)
    await full.until(lambda: full.state.layout.main.top == 0)


VIEWS = {
    "home": "Home",
    "messages": "Messages of the program",
    "rooms": "Rooms",
    "settings": "Settings",
    "blog": "Blogs",
    "transfers": "Files",
    "prompt search": "search",
}


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
@pytest.mark.parametrize("line", VIEWS)
async def test_each_view_is_a_key_away_in_each_keymap(account, fly, keymap, line):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    keys = pilot.keyboard.keymap.keys_for(line, "normal", "global")
    assert keys
    await (pilot.press("C-g") if keymap == "emacs" else pilot.press("Esc"))
    await pilot.press(*keys[0].split())
    await pilot.see(VIEWS[line])
