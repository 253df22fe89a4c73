"""Contacts and requests: adding, naming, asking, answering, and what is told of it."""

import pytest

from primitivus.themes.symbols import UTF8
from tests.primitivus.fake import BOB, MIA

JULIET, ROMEO = "juliet@example.org", "romeo@example.org"
ARTAGNAN = r"d\27artagnan\40home@example.org"


async def test_an_address_with_escapes_is_opened_as_typed_and_its_meaning_shown(pilot, account):
    await pilot.command(f"chat {ARTAGNAN}")
    await pilot.until(lambda: pilot.state.layout.place.peer == ARTAGNAN)
    assert "d'artagnan@home" in pilot.terminal.rows[0]
    assert ARTAGNAN in pilot.terminal.rows[0]
    account.ask(r"o\27hara@example.org")
    await pilot.see(r"o\27hara@example.org (o'hara) asks to see your presence")
    await pilot.press("Esc", "C-p")
    await pilot.type("dart")
    assert f"d'artagnan@home  {ARTAGNAN}" in pilot.screen
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.view.popup is None)
    assert pilot.state.layout.place.peer == ARTAGNAN


async def test_accepting_asks_back_and_says_so(pilot, account):
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    await pilot.command("accept")
    await pilot.see("may see your presence, and was asked to show you theirs")
    assert [each for each in account.calls if JULIET in each] == [
        ("Approve", JULIET),
        ("Subscribe", JULIET),
    ]


async def test_what_who_asks_says_to_be_called_stands_behind_the_address(pilot, account):
    account.ask(JULIET, text="remember me?", nickname="Giulia")
    await pilot.see(f'{JULIET}, calling themselves "Giulia", asks to see your presence')
    await pilot.press("Esc", "F2")
    await pilot.see('"Giulia"')


async def test_words_go_with_the_question_for_somebody_s_presence(pilot, account):
    await pilot.command(f"subscribe {JULIET} it is me")
    await pilot.see(f"{JULIET} was asked")
    assert account.calls[-1] == ("Subscribe", JULIET, "it is me")


async def test_one_may_be_accepted_only(pilot, account):
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    await pilot.command(f"accept {JULIET} only")
    await pilot.see(f"{JULIET} may see your presence")
    assert ("Subscribe", JULIET) not in account.calls


async def test_who_accepts_is_told_by_name(pilot, account):
    account.know(JULIET, name="Giulia", subscription="none", ask=True)
    await pilot.until(lambda: pilot.state.account.roster.get(JULIET))
    account.know(JULIET, subscription="to", ask=False)
    await pilot.see("Giulia accepted: you see their presence")
    account.know(JULIET, subscription="both")
    await pilot.see("you and Giulia see each other's presence")
    account.know(JULIET, subscription="from")
    await pilot.see("you no longer see the presence of Giulia")
    account.know(JULIET, subscription="none")
    await pilot.see("Giulia no longer sees your presence")


async def test_contacts_that_are_told_for_the_first_time_are_no_news(pilot, account):
    account.know(JULIET, subscription="both")
    await pilot.until(lambda: pilot.state.account.roster.get(JULIET))
    assert not pilot.state.notices.past


async def test_a_request_stands_beside_the_contact_it_is_from(pilot, account):
    await pilot.press("F2")
    account.ask(BOB, "let me see you")
    await pilot.see("? asks to see you")
    place = next(n for n, row in enumerate(pilot.terminal.rows) if "? asks to see" in row)
    assert " bob" in pilot.terminal.rows[place - 2]
    assert "on the train" in pilot.terminal.rows[place - 1]
    assert "let me see you" in pilot.terminal.rows[place + 1]


async def test_the_next_notification_is_gone_to_and_can_be_answered_there(pilot, account):
    for jid in (JULIET, ROMEO):
        account.ask(jid)
    await pilot.see(f":accept {ROMEO}")
    await pilot.press("C-n")
    assert pilot.state.focus == "contacts"
    assert pilot.state.layout.contacts.marked.peer == JULIET
    await pilot.press("C-n")
    assert pilot.state.layout.contacts.marked.peer == ROMEO
    await pilot.press("-")
    await pilot.until(lambda: ("Deny", ROMEO) in account.calls)
    assert ("Deny", JULIET) not in account.calls


async def test_of_several_requests_one_is_chosen_and_gone_to(pilot, account):
    await pilot.command("requests")
    await pilot.see("nothing waits for your answer")
    account.ask(JULIET, "let me see you")
    await pilot.see(f"{JULIET} asks to see your presence (let me see you)")
    account.ask(ROMEO)
    await pilot.see(f":accept {ROMEO}")
    await pilot.command("requests")
    await pilot.see("Waiting for your answer")
    await pilot.type("romeo\n")
    await pilot.until(lambda: pilot.state.focus == "contacts")
    assert pilot.state.layout.contacts.marked.peer == ROMEO


async def test_one_goes_to_a_contact_by_name(pilot, account):
    await pilot.command("contact bob")
    assert pilot.state.focus == "contacts"
    assert pilot.state.layout.contacts.marked.peer == BOB
    await pilot.command(f"contact {ROMEO}")
    await pilot.see(f'"{ROMEO}" is not among the contacts that are listed')


@pytest.mark.parametrize("is_looking", [True, False])
async def test_a_request_counts_in_the_title_and_rings_where_nobody_looks(
    pilot, account, is_looking
):
    pilot.state.show(is_terminal_focused=is_looking)
    account.ask(JULIET)
    await pilot.until(lambda: pilot.terminal.title.startswith("(1) "), "a number in the title")
    assert pilot.terminal.rung == (not is_looking)
    await pilot.command(f"deny {JULIET}")
    await pilot.until(lambda: pilot.terminal.title.startswith("primitivus"), "no number")


async def test_an_answer_at_a_contact_is_never_one_to_somebody_else(pilot, account):
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    await pilot.command("focus contacts")
    await pilot.press("End")
    pilot.state.layout.contacts.marked = pilot.state.account.place(BOB)
    await pilot.press("+")
    assert f'"{BOB}" does not ask to see your presence' in pilot.screen
    assert account.requests


@pytest.mark.parametrize("command", ["accept", "deny"])
@pytest.mark.parametrize("jid", ["jluiet@example.org", "juliet", MIA])
async def test_only_who_asks_is_answered(pilot, account, command, jid):
    account.ask(JULIET)
    account.know(MIA, subscription="to")
    await pilot.until(lambda: pilot.state.account.roster.get(MIA).subscription == "to")
    await pilot.command(f"{command} {jid}")
    await pilot.see(f'"{jid}" does not ask to see your presence')
    assert account.requests
    assert not [call for call in account.calls if call[0] in ("Approve", "Deny", "Subscribe")]


@pytest.mark.parametrize("line", ["unsubscribe", "deny bob@example.org", "remove"])
async def test_what_can_not_be_undone_is_asked_about_first(pilot, account, line):
    before = account.contacts[BOB]
    await pilot.command(line)
    await pilot.see("Sure? y/N")
    await pilot.press("Enter")
    await pilot.lose("Sure? y/N")
    assert account.contacts[BOB] == before
    assert ("Deny", BOB) not in account.calls
    await pilot.command(line)
    await pilot.type("y\n")
    await pilot.until(lambda: account.contacts.get(BOB) != before or ("Deny", BOB) in account.calls)


@pytest.mark.parametrize(
    ("line", "present", "other", "changed", "nothing", "cleared"),
    [
        ("rename", "called bob", "'Bob B'", "called Bob B (before: called bob)", "''", "no name"),
        ("group", "in a b, c", "x, y", "in x, y (before: in a b, c)", "''", "in no group"),
        ("status", "your status is: here", "gone out", "is: gone out", "''", "no status text now"),
    ],
)
async def test_a_bare_command_tells_and_only_an_empty_word_clears(
    pilot, account, line, present, other, changed, nothing, cleared
):
    account.know(BOB, groups=["a b", "c"])
    account.status = "here"
    account.properties_changed("Status")
    await pilot.until(
        lambda: pilot.state.account.roster.get(BOB).groups and pilot.state.account.profile.status
    )
    await pilot.command(line)
    await pilot.see(present)
    assert (account.contacts[BOB].name, account.contacts[BOB].groups) == ("bob", ["a b", "c"])
    assert account.status == "here"
    await pilot.command(f"{line} {other}")
    await pilot.see(changed)
    await pilot.command(f"{line} {nothing}")
    await pilot.see(cleared)


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ('"Work stuff"', ["Work stuff"]),
        ("\"Work stuff\", 'my friends',Chess", ["Work stuff", "my friends", "Chess"]),
        ("Bob's friends, x", ["Bob's friends", "x"]),
        ('"a, b", c', ["a, b", "c"]),
    ],
)
async def test_groups_in_quotes_are_meant_without_them(pilot, account, line, groups):
    await pilot.command(f"group {line}")
    await pilot.until(lambda: account.contacts[BOB].groups == groups)


@pytest.mark.parametrize("line", ['"x, y" z', "'x' y, z", 'w, "x, y" "z"'])
async def test_what_stands_behind_a_group_in_quotes_without_a_comma_is_refused(
    pilot, account, line
):
    await pilot.command(f"group {line}")
    await pilot.see("needs a comma behind a name in quotes")
    assert not account.contacts[BOB].groups


async def test_groups_are_told_as_they_would_be_typed(pilot, account):
    account.know(BOB, groups=["Friends", "a, b"])
    await pilot.until(lambda: pilot.state.account.roster.get(BOB).groups)
    await pilot.command("group")
    await pilot.see('is in Friends, "a, b"; :group A, B changes it')


async def test_a_group_whose_quote_is_not_closed_is_none(pilot, account):
    await pilot.command('group "Work, x')
    await pilot.see("has a quote that is not closed")
    assert not account.contacts[BOB].groups


async def test_contacts_without_headings_show_their_groups(pilot, account):
    await pilot.command("groups off")
    account.know(BOB, groups=["Work stuff", "Chess"])
    await pilot.press("F2")
    await pilot.see("bob  Chess, Work stuff")


async def test_who_is_called_the_same_is_told_apart_by_the_address(pilot, account):
    await pilot.press("F2")
    other = "bob@nowhere.invalid"
    account.know(other, show="online")
    await pilot.see(other)
    assert pilot.screen.count(BOB) == 2  # in the bar and among the contacts
    assert any(row.startswith(f"{UTF8.here}● {BOB[:6]}") for row in pilot.terminal.rows)
    account.know(other, name="Robert")
    await pilot.lose(other)
    assert pilot.screen.count(BOB) == 1
    account.know(JULIET, name="robert")
    await pilot.see(f"robert {JULIET[:8]}")
    assert f"Robert {other[:8]}" in pilot.screen


async def test_a_server_or_a_service_can_be_a_contact(pilot, account):
    await pilot.command("add gateway.example.org Gateway")
    await pilot.see("gateway.example.org was asked")
    assert account.contacts["gateway.example.org"].name == "Gateway"
    await pilot.command("subscribe gateway.example.org")
    await pilot.until(lambda: account.calls.count(("Subscribe", "gateway.example.org")) == 2)


@pytest.mark.parametrize(
    "who", ["i\u2764u@example.org", "two words@example.org", "@example.org", "a@b@example.org"]
)
async def test_whom_the_rules_for_addresses_refuse_is_talked_with_as_anybody(pilot, account, who):
    account.ask(who)
    await pilot.see(f"{who} asks to see your presence")
    await pilot.command("accept")
    await pilot.until(lambda: ("Subscribe", who) in account.calls)
    assert ("Approve", who) in account.calls
    account.know(who)
    account.message(who, "hello")
    await pilot.until(lambda: who in pilot.state.account.conversations.peers())
    await pilot.command(f"chat '{who}'")
    await pilot.see("hello")
    shown = who.rpartition("@")[0] or who
    assert any(shown in row.partition("│")[0] for row in pilot.terminal.rows)
    await pilot.type("hello yourself\n")
    await pilot.until(lambda: ("Send", who, "hello yourself") in account.calls)
    await pilot.press("Esc")
    await pilot.command("remove")
    await pilot.type("y\n")
    await pilot.until(lambda: who not in account.contacts)


async def test_a_name_with_blanks_means_whom_it_is_of(pilot, account):
    account.know(BOB, name="Bob the Builder")
    await pilot.until(lambda: pilot.state.account.roster.get(BOB).name == "Bob the Builder")
    await pilot.command("chat mia")
    await pilot.command("chat 'bob the builder'")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    await pilot.command("chat 'nobody like that'")
    assert 'nobody here is called "nobody like that"' in pilot.screen


async def test_an_address_typed_with_a_blank_is_said_to_have_one(pilot):
    await pilot.command("chat juliet capulet@example.org")
    await pilot.see("an address has no blanks")


@pytest.mark.parametrize(
    "word", ["bob", "Bob", "bob@example.org", "robert", "ROBERT", "rob", "'robert e'"]
)
async def test_who_is_meant_may_be_named_by_a_part_of_name_or_address(pilot, account, word):
    account.know(BOB, name="Robert Exampl")
    await pilot.until(lambda: pilot.state.account.roster.get(BOB).name == "Robert Exampl")
    await pilot.command("chat mia")
    await pilot.until(lambda: pilot.state.layout.place.peer != BOB)
    await pilot.command(f"chat {word}")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    await pilot.command("chat mia")
    await pilot.until(lambda: pilot.state.layout.place.peer != BOB)
    await pilot.command(f"vsplit {word}")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)


async def test_who_has_the_whole_word_goes_before_who_only_begins_with_it(pilot, account):
    account.know("ann@example.org", name="Ann Example")
    account.know("annika@example.org", name="Annika")
    await pilot.until(lambda: "annika@example.org" in pilot.state.account.roster.jids())
    await pilot.command("chat ann")
    await pilot.until(lambda: pilot.state.layout.place.peer == "ann@example.org")


async def test_where_several_may_be_meant_they_are_named_and_none_is_taken(pilot, account):
    account.know("ann@example.org", name="Julia One")
    account.know("eve@example.org", name="Julia Two")
    await pilot.until(lambda: "eve@example.org" in pilot.state.account.roster.jids())
    await pilot.command("chat julia")
    await pilot.see('"julia" may be Julia One (ann@example.org) or Julia Two (eve@example.org)')
    assert pilot.state.layout.place.peer == BOB


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_list_of_contacts_is_narrowed_down_and_shown_whole_again(account, fly, keymap):
    account.know(JULIET, name="Giulia", groups=["Verona"])
    account.know(ROMEO, name="Romeo", groups=["Verona"])
    account.know("ben@example.org")
    account.ask("roman@example.org")
    pilot = await fly(keymap=keymap, offline_contacts=False).start(until="have you seen this?")
    await pilot.press(*(("Esc",) if keymap != "emacs" else ()), "F2")
    await pilot.see("Contacts")
    pilot.state.account.contacts.folded.add("Verona")
    await pilot.press("/")
    await pilot.type("ROM\n")
    await pilot.see('2/5 with "ROM"')
    for shown in ("roman@example.org", "Verona", "Romeo"):
        await pilot.see(shown)
    assert "Giulia" not in pilot.screen
    await pilot.press("/")
    await pilot.type("juliet@\n")
    await pilot.see('1/5 with "juliet@"')
    await pilot.see("Giulia")
    await pilot.press("/")
    await pilot.type("xyz\n")
    await pilot.see("nobody; Esc shows all")
    await pilot.press("C-g" if keymap == "emacs" else "Esc")
    await pilot.see("Contacts 2/5")
