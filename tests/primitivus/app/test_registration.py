"""Registering on the screen: with services, for a new account; its password, and its end."""

import re
from dataclasses import replace

from backendd.api.records import Form, FormField, FormMedia
from tests.primitivus.fake import BOB, Entity

GATEWAY = "sms.example.org"


def signup():
    return Form(
        instructions=["Choose a name."],
        fields=[
            FormField(var="username", type="text-single", label="User name", required=True),
            FormField(var="password", type="text-private", label="Password", required=True),
        ],
    )


async def test_an_account_is_made_and_a_profile_for_it(pilot, fake):
    fake.registrations["example.net"] = signup()
    await pilot.command("new-account example.net")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("Choose a name.")
    await pilot.type("bob\npssst\n")
    await pilot.see("User name: this name is taken already")
    await pilot.press("C-u")
    await pilot.type("ann\n")
    await pilot.press("F4")
    await pilot.until(lambda: fake.made is not None)
    assert fake.registered == (
        "example.net",
        {"username": ["ann"], "password": ["pssst"]},
    )
    assert fake.made[:4] == ("ann", "ann@example.net", "pssst", "")
    await pilot.until(lambda: pilot.state.layout.place.account == "ann")


async def test_who_makes_one_from_home_is_in_it_as_well_and_is_told(
    pilot, account, fake, monkeypatch
):
    made, made_at = fake.add_profile, []

    def slowly(*args):
        profile = made(*args)
        profile.listed.clear()
        made_at.append(profile)
        return profile

    monkeypatch.setattr(fake, "add_profile", slowly)
    fake.registrations["example.net"] = signup()
    pilot.state.use_settings(pilot.state.settings.with_value("start", "home"))
    await pilot.command("chat mia")
    account.message(BOB, "psst")
    await pilot.command("home")
    await pilot.see("psst")
    await pilot.command("new-account example.net")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("Choose a name.")
    await pilot.type("ann\npssst\n")
    await pilot.until(lambda: pilot.state.layout.place.account == "ann")
    made_at[0].listed.set()
    await pilot.until(lambda: pilot.state.accounts["ann"].is_filled)
    await pilot.see("ann@example.net is yours, and has a profile here")
    assert pilot.state.layout.place.account == "ann"
    assert "psst" not in pilot.screen


async def test_a_server_where_one_has_an_account_is_reached_as_for_that(pilot, fake, account):
    account.settings = {"host": "127.0.0.1", "port": 5333, "ca_file": "/ca.pem"}
    account.properties_changed("Settings")
    await pilot.until(lambda: pilot.state.account.profile.settings.get("port") == 5333)
    fake.registrations["example.org"] = signup()
    await pilot.command("new-account example.org")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("Choose a name.")
    ((_, options),) = fake.asked
    assert (options["host"], options["port"]) == ("127.0.0.1", 5333)
    assert options["ca_file"] == "/ca.pem"


async def test_so_it_is_reached_for_a_profile_of_an_account_that_is_there(pilot, fake, account):
    account.settings = {"host": "127.0.0.1", "port": 5333, "ca_file": "/ca.pem"}
    account.properties_changed("Settings")
    await pilot.until(lambda: pilot.state.account.profile.settings.get("port") == 5333)
    await pilot.command("new-profile")
    await pilot.see("A profile for another XMPP account")
    await pilot.type("mia@example.org")
    await pilot.press("Tab")
    await pilot.type("pssst")
    await pilot.press("F4")
    await pilot.until(lambda: fake.made)
    options = fake.made[4]
    assert (options["host"], options["port"]) == ("127.0.0.1", 5333)
    assert options["ca_file"] == "/ca.pem"


async def test_a_server_that_is_not_there_is_said_in_the_form(pilot, fake):
    await pilot.command("new-account nowhere.example")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("no address is known for nowhere.example")
    await pilot.press("Esc")
    await pilot.lose("A new account")


async def test_one_registers_with_a_service_and_ends_it_after_a_question(pilot, account):
    field = FormField(var="phone", type="text-single", label="Phone", required=True)
    account.entities[GATEWAY, ""] = Entity(form=Form(fields=[field]))
    await pilot.command(f"register {GATEWAY}")
    await pilot.see(f"Register with {GATEWAY}")
    await pilot.type("123\n")
    await pilot.see(f"you are registered with {GATEWAY}")
    assert ("Register", GATEWAY, {"phone": ["123"]}, False) in account.calls
    await pilot.command(f"register {GATEWAY} remove")
    await pilot.see("It forgets you.")
    await pilot.press("Enter")
    await pilot.lose("It forgets you.")
    assert ("Register", GATEWAY, {}, True) not in account.calls
    await pilot.command(f"register {GATEWAY} remove")
    await pilot.see("It forgets you.")
    await pilot.type("y\n")
    await account.called("Register", GATEWAY, {}, True)


def with_picture():
    media = [FormMedia(uri="cid:1@bob.xmpp.org", mime="image/png"), FormMedia(uri="cid:2")]
    return Form(fields=[FormField(var="ocr", type="text-single", label="You see", media=media)])


async def test_a_picture_that_comes_with_a_form_is_a_file_while_that_is_open(
    pilot, account, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    account.entities[GATEWAY, ""] = Entity(
        form=with_picture(), media={"cid:1@bob.xmpp.org": b"a picture"}
    )
    await pilot.command(f"register {GATEWAY}")
    await pilot.see("a picture comes with the form, and can't be shown here")
    await pilot.see("file://")
    (file,) = tmp_path.rglob("*.png")
    assert file.as_uri() in "".join(row.strip(" │") for row in pilot.terminal.rows)
    assert file.read_bytes() == b"a picture"
    assert file.parent.stat().st_mode & 0o077 == 0
    await pilot.press("Esc")
    await pilot.lose("You see")
    await pilot.until(lambda: not file.parent.exists())


async def test_a_picture_of_a_server_that_makes_accounts_is_a_file_as_well(pilot, fake):
    fake.registrations["example.net"] = with_picture()
    fake.media["cid:1@bob.xmpp.org"] = b"a picture"
    await pilot.command("new-account example.net")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("file://")


async def test_who_reads_a_picture_wrongly_gets_another_and_fills_in_the_rest_no_more(pilot, fake):
    form = signup()
    fake.registrations["example.net"] = replace(form, fields=form.fields + with_picture().fields)
    fake.media["cid:1@bob.xmpp.org"] = b"a picture"
    await pilot.command("new-account example.net")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("file://")
    (shown,) = re.findall(r"primitivus-\w+", pilot.screen)
    await pilot.type("bob\npssst\nhouse\n")
    await pilot.see("this name is taken already")
    await pilot.until(lambda: shown not in pilot.screen)
    assert "house" not in pilot.screen
    await pilot.press("C-u")
    await pilot.type("ann")
    await pilot.press("Tab", "Tab")
    await pilot.type("mouse\n")
    await pilot.press("F4")
    await pilot.until(lambda: fake.registered)
    assert pilot.state.accounts["alice"].filled == {}
    assert fake.registered[1] == {"username": ["ann"], "password": ["pssst"], "ocr": ["mouse"]}


async def test_the_password_of_the_account_is_changed_when_both_are_the_same(pilot, account):
    await pilot.command("change-xmpp-password")
    await pilot.see("A new password for alice@example.org")
    await pilot.type("one\ntwo\n")
    await pilot.see("the two new passwords differ")
    await pilot.type("one\none\n")
    await account.called("ChangeXmppPassword", "one")
    await pilot.see("the password of the account was changed")


async def test_an_account_is_removed_only_after_a_yes(pilot, account):
    await pilot.command("remove-account")
    await pilot.see("Remove the account from its server")
    await pilot.press("Enter")
    await pilot.lose("Remove the account from its server")
    assert ("RemoveAccount",) not in account.calls
    await pilot.command("remove-account")
    await pilot.see("Remove the account from its server")
    await pilot.type("yes\n")
    await account.called("RemoveAccount")
    await pilot.see("alice@example.org is removed from its server")


async def test_who_registers_where_the_account_is_hears_what_is_for_that(pilot, account):
    await pilot.command("register example.org")
    await pilot.see(":change-xmpp-password and :remove-account are for it")
    assert not [call for call in account.calls if call[0] == "RegisterForm"]
