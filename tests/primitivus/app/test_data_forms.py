"""Data forms over the screen, filled in by keyboard; a command of the tests' own asks."""

import re

import pytest

from backendd.api.errors import FormRejected
from backendd.api.records import Form, FormField, FormMedia, FormOption, FormRule
from primitivus.commands import all as commands
from primitivus.commands.asking.forms import fill_in_form
from primitivus.commands.command import command
from primitivus.model.popups.forms import Button
from primitivus.themes.symbols import UTF8


def options(*labels):
    return [FormOption(label=label, value=label.lower()) for label in labels]


FIELDS = [
    FormField(var="kind", type="hidden", values=["bot"]),
    FormField(type="fixed", values=["What the bot is to do"]),
    FormField(var="name", type="text-single", label="Name", required=True, description="of it"),
    FormField(var="secret", type="text-private", label="Secret"),
    FormField(var="public", type="boolean", label="Public", values=["1"]),
    FormField(
        var="size", type="list-single", label="Size", options=options("Small", "Medium", "Large")
    ),
    FormField(
        var="does",
        type="list-multi",
        label="Does",
        options=options("News", "Weather", "Jokes"),
        rule=FormRule(many=2),
    ),
    FormField(var="greeting", type="text-multi", label="Greeting", values=["hello", "there"]),
    FormField(var="owner", type="jid-single", label="Owner"),
    FormField(var="friends", type="jid-multi", label="Friends"),
    FormField(
        var="age",
        type="text-single",
        label="Age",
        rule=FormRule(datatype="xs:integer", min="0", max="120"),
    ),
]


class Asked:
    """What is asked, and what came of it."""

    def __init__(self):
        self.form = Form(title="A bot", instructions=["Fill in what it shall be."], fields=FIELDS)
        self.refusals = []
        self.buttons = (Button("", "Send"),)
        self.taken = None

    async def take(self, answers, button):
        if self.refusals:
            raise FormRejected(self.refusals.pop(0))
        self.taken = answers, button.word


@pytest.fixture
def asked(monkeypatch):
    asked = Asked()

    @command("bot")
    async def bot(ctx) -> None:
        """Make a bot."""
        await fill_in_form(
            ctx,
            ctx.state.account,
            asked.form,
            asked.take,
            purpose="bot",
            title="Form",
            buttons=asked.buttons,
        )

    known = commands.registry()
    more = type(known)([*known, bot])
    monkeypatch.setattr("primitivus.app.controls.registry", lambda: more)
    return asked


@pytest.fixture
async def form(asked, account, fly):
    """A pilot with the form open."""

    async def make(**settings):
        pilot = await fly(**settings).start(until="have you seen this?")
        if settings.get("keymap") == "emacs":
            await pilot.press("M-x")
        else:
            await pilot.press("Esc", ":")
        await pilot.type("bot\n")
        await pilot.see("A bot")
        return pilot

    return make


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_every_kind_of_field_is_filled_in_by_keys_and_only_what_changed_is_sent(
    form, asked, keymap
):
    pilot = await form(keymap=keymap)
    await pilot.type("Hal\n")
    await pilot.type("pssst\n")
    await pilot.see("*****")
    await pilot.type("n\n")  # no longer public
    await pilot.type("l\n")  # large
    await pilot.press("Space", "Down", "Down", "Space", "Tab")
    await pilot.press("End")
    await pilot.type(", Dave\nagain")
    await pilot.press("Tab")
    await pilot.type("dave@example.org\n")
    await pilot.type("a@example.org\nb@example.org")
    await pilot.press("Tab")
    await pilot.type("9\n")
    await pilot.until(lambda: asked.taken)
    assert asked.taken == (
        {
            "name": ["Hal"],
            "secret": ["pssst"],
            "public": ["0"],
            "size": ["large"],
            "does": ["news", "jokes"],
            "greeting": ["hello", "there, Dave", "again"],
            "owner": ["dave@example.org"],
            "friends": ["a@example.org", "b@example.org"],
            "age": ["9"],
        },
        "",
    )
    await pilot.lose("A bot")


async def test_a_form_is_handed_over_from_anywhere_and_what_is_missing_is_gone_to(form, asked):
    pilot = await form()
    await pilot.press("Tab", "Tab", "F4")
    await pilot.see("Name: is needed")
    await pilot.type("Hal")
    await pilot.press("F4")
    await pilot.until(lambda: asked.taken)
    assert asked.taken == ({"name": ["Hal"]}, "")


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Owner", "not an address", '"not an address" isn\'t a valid address'),
        ("Friends", "a@example.org\n@@", '"@@" isn\'t a valid address'),
        ("Age", "old", "it has to be a whole number"),
        ("Age", "121", "it has to be from 0 to 120"),
    ],
)
async def test_what_does_not_fit_is_told_when_one_leaves_the_field(
    form, asked, label, typed, sentence
):
    pilot = await form()
    while pilot.state.view.popup.current.label != label:
        await pilot.press("Tab")
    await pilot.type(typed)
    assert sentence not in pilot.screen
    await pilot.press("S-Tab")
    await pilot.see(sentence)


async def test_more_than_may_be_chosen_is_told(form, asked):
    pilot = await form()
    await pilot.type("Hal")
    await pilot.press("Tab", "Tab", "Tab", "Tab")
    await pilot.press("Space", "Down", "Space", "Down", "Space", "F4")
    await pilot.see("0 to 2 are wanted")


async def test_up_and_down_walk_through_what_has_several_rows_before_they_leave_it(form, asked):
    pilot = await form()
    for _ in range(4):
        await pilot.press("Down")

    async def walk(key, times):
        where = []
        for _ in range(times):
            where.append(pilot.state.view.popup.current.label)
            await pilot.press(key)
        return where

    assert await walk("Down", 6) == ["Does", "Does", "Does", "Greeting", "Owner", "Friends"]
    assert await walk("Up", 5) == ["Age", "Friends", "Owner", "Greeting", "Greeting"]
    assert pilot.state.view.popup.current.label == "Does"


async def test_what_the_server_refuses_is_said_at_the_field_it_names(form, asked):
    asked.refusals = ["name: that one is taken"]
    pilot = await form()
    await pilot.type("Hal")
    await pilot.press("F4")
    await pilot.see("Name: that one is taken")
    assert pilot.state.view.popup.current.label == "Name"
    await pilot.type("2")
    await pilot.press("F4")
    await pilot.until(lambda: asked.taken)
    assert asked.taken[0] == {"name": ["Hal2"]}


async def test_what_was_filled_in_is_there_again_after_leaving_but_no_secret(form, asked):
    pilot = await form()
    await pilot.type("Hal\npssst\n")
    await pilot.press("Esc")
    await pilot.lose("A bot")
    await pilot.command("bot")
    await pilot.see("Hal")
    await pilot.press("F4")
    await pilot.until(lambda: asked.taken)
    assert asked.taken[0] == {"name": ["Hal"]}
    # What was sent is not there again.
    await pilot.command("bot")
    await pilot.see("A bot")
    assert "Hal" not in pilot.screen


async def test_another_button_is_chosen_beside_and_may_need_nothing(form, asked):
    asked.buttons = (Button("next", "Next"), Button("cancel", "Give up", is_filled=False))
    pilot = await form()
    for _ in FIELDS:
        await pilot.press("Tab")
    await pilot.press("Right", "Enter")
    await pilot.until(lambda: asked.taken)
    assert asked.taken == ({}, "cancel")


@pytest.mark.parametrize("rows", [16, 12])
async def test_on_a_small_terminal_the_form_scrolls_to_where_one_is(form, asked, rows):
    pilot = await form(columns=60, rows=rows)
    for label in ("Name", "Secret", "Public", "Size", "Does", "Greeting"):
        await pilot.see(label)
        await pilot.press("Tab")
    assert "Fill in what" not in pilot.screen
    await pilot.press("PageUp", "PageUp", "PageUp")
    await pilot.see("Fill in what")
    await pilot.type("dave@example.org")
    await pilot.see("dave@example.org")


async def test_how_much_of_a_form_lies_above_and_below_shows_in_its_frame(form, asked):
    pilot = await form(columns=60, rows=12)
    assert re.search(r"└.*↓ \d+ more ─┘", pilot.screen)
    assert "↑" not in pilot.screen
    for _ in FIELDS:
        await pilot.press("Tab")
    assert re.search(r"┌.*↑ \d+ more ─┐", pilot.screen)
    assert "↓" not in pilot.screen


async def test_how_many_options_lie_above_and_below_those_that_show_is_told(form, asked):
    many = options(*(f"Option {number}" for number in range(20)))
    asked.form = Form(
        title="A bot", fields=[FormField(var="o", type="list-multi", label="O", options=many)]
    )
    pilot = await form()
    await pilot.see("↓ 12 more")
    for _ in range(10):
        await pilot.press("Down")
    await pilot.see("↑ 6 more  ↓ 6 more")
    for _ in range(9):
        await pilot.press("Down")
    await pilot.see("↑ 12 more")
    assert "↓" not in pilot.screen


LABEL = "Who may change what the room is about besides those who moderate it"


async def test_labels_use_the_width_there_is(form, asked):
    asked.form = Form(title="A bot", fields=[FormField(var="v", type="boolean", label=LABEL)])
    pilot = await form(columns=140)
    await pilot.see(LABEL)


@pytest.mark.parametrize("columns", [60, 40])
async def test_a_label_longer_than_its_column_is_read_on_several_lines(form, asked, columns):
    fields = [
        FormField(var="v", type="boolean", label=LABEL),
        FormField(var="w", type="text-single", label="Name", values=["Hal"]),
    ]
    asked.form = Form(title="A bot", fields=fields)
    pilot = await form(columns=columns)
    for _ in fields:
        shown = pilot.screen.replace(UTF8.focus, " ").splitlines()
        rows = [row.split("│")[1].split() for row in shown if "│" in row]
        assert set(LABEL.split()) <= {word for row in rows for word in row}
        assert any(row[:2] == ["Name", "Hal"] for row in rows)
        await pilot.press("Tab")


async def test_pictures_to_look_at_are_links(form, asked):
    field = FormField(
        var="ocr",
        type="text-single",
        label="What is in the picture",
        media=[FormMedia(uri="https://example.org/captcha.png", mime="image/png")],
    )
    asked.form = Form(title="A bot", fields=[field])
    pilot = await form()
    await pilot.see("https://example.org/captcha.png")


async def test_a_form_of_ten_thousand_fields_is_typed_in_like_any(form, asked):
    fields = [FormField(var=f"v{n}", type="text-single", label=f"Field {n}") for n in range(10_000)]
    asked.form = Form(title="A bot", fields=fields)
    pilot = await form()
    await pilot.type("first")
    for _ in range(20):
        await pilot.press("Tab")
    await pilot.type("last")
    await pilot.see("Field 20")
    await pilot.press("F4")
    await pilot.until(lambda: asked.taken)
    assert asked.taken[0] == {"v0": ["first"], "v20": ["last"]}


async def test_no_text_of_a_form_can_do_harm_to_the_screen(form, asked):
    evil = "a\x1b[2Jb\u202ec\x07" + "x" * 50_000
    asked.form = Form(
        title="A bot",
        instructions=[evil],
        fields=[
            FormField(var="v", type="text-multi", label=evil, description=evil, values=[evil]),
            FormField(var="l", type="list-single", label="l", options=options(evil, "b")),
            FormField(var="t", type="text-single", label="t", values=[evil]),
        ],
    )
    pilot = await form()
    for _ in range(4):
        await pilot.press("Tab")
    assert not {"\x1b", "\x07", "\u202e"} & set(pilot.screen)
