"""The mouse in all panes that hold something to choose, and in forms."""

from tests.primitivus.app import test_comments, test_data_forms, test_services
from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import BOB, MIA

asked, form = test_data_forms.asked, test_data_forms.form
services, say = test_services.services, test_comments.say


async def test_a_post_is_marked_and_opened_and_the_list_is_rolled(account, pilot):
    account.follow(BOB)
    for number in range(60):
        account.write(BOB, f"id{number:02}", title=f"Post {number:02}")
    await pilot.command("blog")
    await pilot.see("Post 55")
    where = pilot.find("Post 55")
    for _ in range(3):
        await pilot.point_at(*where, "wheel down")
    await pilot.lose("Post 55")
    name = "Post 44"
    await pilot.point(name)
    await pilot.until(lambda: pilot.state.layout.main.chosen.title == name)
    await pilot.point(name)
    await pilot.see(f"Post: {name}")


async def test_a_comment_is_marked_and_answered(say, pilot):
    say("a", "green it is")
    say("b", "black!")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    await pilot.point("green it is")
    assert pilot.state.layout.main.talk.marked.id == "a"
    await pilot.point("green it is")
    await pilot.see("answer to")


async def test_a_file_is_marked_and_the_status_line_leads_to_all(account, pilot):
    for name in ("first.txt", "second.txt"):
        account.transfer(name=name, state="running", size=1000, done=450)
    await pilot.see("2 files 45%")
    await pilot.point("2 files 45%")
    await pilot.see("Files: Enter goes to")
    for name in ("first.txt", "second.txt"):
        await pilot.point(name)
        assert pilot.state.layout.main.chosen.transfer.name == name


async def test_what_was_found_is_chosen_and_gone_to(account, pilot):
    account.message(MIA, "the train is late")
    account.message(BOB, "which train?", out=True)
    await pilot.command("search train")
    await pilot.see("Search: train")
    await pilot.point("the train is late")
    assert pilot.state.layout.main.chosen.hit.body == "the train is late"
    await pilot.point("the train is late")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)


async def test_what_a_service_has_is_chosen_and_gone_into(services, pilot):
    await pilot.command("services")
    await pilot.see("turn turn.example.org:3478")
    await pilot.point("turn turn.example.org:3478")
    assert pilot.state.layout.main.chosen.text.startswith("turn turn")
    await pilot.point("Rooms")
    await pilot.point("Rooms")
    await pilot.see("Services: example.org > Rooms")


async def test_a_setting_is_chosen_and_changed(pilot):
    await pilot.command("settings")
    await pilot.see("nick_colours")
    await pilot.point("nick_colours    ")
    assert pilot.state.layout.main.chosen.name == "nick_colours"
    # What is told of it beside the list is none of the settings in the same rows.
    await pilot.point("Give each person")
    assert pilot.state.layout.main.chosen.name == "nick_colours"
    await pilot.point("nick_colours    ")
    await pilot.until(lambda: not pilot.state.settings.nick_colours)


async def test_a_file_to_send_is_chosen_with_one_press_and_sent_with_the_second(
    account, pilot, tmp_path, monkeypatch
):
    for name in ("alpha.txt", "beta.txt"):
        (tmp_path / "files" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "files" / name).write_text("said")
    monkeypatch.chdir(tmp_path / "files")
    await pilot.command("send-file")
    await pilot.see("beta.txt")
    await pilot.point("beta.txt")
    assert pilot.state.view.popup.chosen.about.endswith("beta.txt")
    assert not [call for call in account.calls if call[0] == "SendFile"]
    await pilot.point("beta.txt")
    await account.called("SendFile", BOB, str(tmp_path / "files" / "beta.txt"))


async def test_a_form_is_filled_in_by_the_mouse_where_that_goes(form, asked):
    pilot = await form(rows=40)
    await pilot.point("Name", beside=14)
    await pilot.type("Hal")
    await pilot.point("Size")
    await pilot.see("( ) Large")
    await pilot.point("( ) Large")
    await pilot.see("(x) Large")
    await pilot.point("Does")
    for choice in ("[ ] News", "[ ] Jokes"):
        await pilot.see(choice)
        await pilot.point(choice)
        await pilot.see(choice.replace("[ ]", "[x]"))
    await pilot.point("[ Send ]", beside=20)
    assert asked.taken is None
    await pilot.point("[ Send ]")
    await pilot.until(lambda: asked.taken)
    filled = {"name": ["Hal"], "size": ["large"], "does": ["news", "jokes"]}
    assert asked.taken == (filled, "")


async def test_a_long_form_is_scrolled_by_the_wheel(form):
    pilot = await form(rows=12)
    await pilot.point("A bot", "wheel down", below=2)
    await pilot.point("A bot", "wheel down", below=2)
    await pilot.lose("Fill in what it shall be")
    await pilot.point("A bot", "wheel up", below=2)
    await pilot.point("A bot", "wheel up", below=2)
    await pilot.see("Fill in what it shall be")


async def test_nothing_behind_a_form_is_pressed(pilot):
    await pilot.command("remove mia")
    await pilot.see("Sure? y/N")
    await pilot.point("bob")
    await pilot.point("F1 help")
    await pilot.see("Sure? y/N")
    assert pilot.state.layout.focus == "input"
