"""What command lines say, and what is said of wrong ones."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.commands.arguments.types import Groups, kind_of
from primitivus.commands.errors import CommandError, ElsewhereCommand, UnknownCommand
from primitivus.commands.line.words import read_word
from primitivus.commands.registry import Text, run
from primitivus.model.wording.quoting import commas, quote
from tests.primitivus.commands.sample import REGISTRY, Sample


async def ran(line: str, *contexts: str) -> tuple[object, ...]:
    ctx = Sample()
    await run(REGISTRY.parse(line, *contexts), ctx)
    return ctx.ran[0]


def error_of(line: str, *contexts: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        REGISTRY.parse(line, *contexts)
    return caught.value


@pytest.mark.parametrize("line", ["quit", ":quit", "/quit", "  :quit  ", "detach", "/ detach"])
async def test_a_command_is_the_same_after_a_colon_a_slash_and_nothing(line):
    assert await ran(line) == ("quit",)


async def test_words_in_quotes_are_one_argument():
    assert await ran("join 'a b@example.org' x") == ("join", "a b@example.org", "x")
    assert await ran('join room@example.org "the one"') == ("join", "room@example.org", "the one")


async def test_a_name_may_be_of_two_words_and_quotes_make_an_argument_of_the_second():
    assert await ran("join all") == ("enter-all", "once")
    assert await ran(":join   all keep") == ("enter-all", "keep")
    assert await ran('join "all"') == ("join", "all", None)
    assert await ran("join others") == ("join", "others", None)
    assert error_of("join all nonsense").position == 9


def test_the_first_of_two_words_is_what_a_mistyped_name_may_be_meant_to_be():
    assert error_of("joim all").suggestion == "join all"


async def test_a_slip_in_the_second_word_of_a_name_is_no_argument():
    error = error_of(":join alll keep")
    assert (error.suggestion, error.position) == (":join all keep", 1)
    assert error.sentence == 'there is no command "join alll"; did you mean "join all"?'
    assert await ran('join "alll"') == ("join", "alll", None)
    assert await ran("join al@l") == ("join", "al@l", None)


async def test_the_rest_of_a_line_is_taken_as_it_stands():
    line = 'open mia@example.org  it\'s  "quoted"\\ and\nmore  '
    assert await ran(line) == ("open", "mia@example.org", 'it\'s  "quoted"\\ and\nmore  ')


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"d\27artagnan\40home@example.org", r"d\27artagnan\40home@example.org"),
        (r'"d\27artagnan@example.org"', r"d\27artagnan@example.org"),
        (r"'d\27artagnan@example.org'", r"d\27artagnan@example.org"),
        (r"c\3a\5c\\x@example.org", r"c\3a\5c\\x@example.org"),
    ],
)
async def test_backslashes_belong_to_addresses(line, word):
    assert await ran(f"open {line} text") == ("open", word, "text")


@pytest.mark.parametrize(
    ("line", "path"),
    [(r"a\ b", "a b"), (r"a\'b", "a'b"), (r'"a\"b"', 'a"b'), (r'"a\\b"', r"a\b"), ("a\\", "a\\")],
)
async def test_a_backslash_takes_a_blank_or_a_quote_as_it_is(line, path):
    assert await ran(f"attach {line}") == ("attach", Path(path))


@pytest.mark.parametrize("line", ["attach my new file", "attach 'my new file' "])
async def test_a_path_that_ends_a_line_needs_no_quotes_for_its_blanks(line):
    assert await ran(line) == ("attach", Path("my new file"))


def test_where_some_blanks_of_a_path_are_quoted_all_have_to_be():
    assert "a name with blanks needs quotes" in str(error_of("attach 'my new' file"))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("%H:%M", "%H:%M"),
        ('"%H:%M"', "%H:%M"),
        ("'%A, %d'  ", "%A, %d"),
        ("%A, %d", "%A, %d"),
        ("''", ""),
        ("vim -c 'set tw=72'", "vim -c 'set tw=72'"),
        ("\"vim -c 'set tw=72'\"", "vim -c 'set tw=72'"),
        ("%H o'clock", "%H o'clock"),
    ],
)
async def test_a_value_is_a_word_in_quotes_or_all_of_the_line_as_it_stands(line, value):
    assert await ran(f"set x {line}") == ("set", "x", value)


def test_a_value_that_begins_with_a_quote_ends_with_it():
    assert "has a quote that is not closed" in str(error_of("set x '%H:%M"))


async def test_arguments_that_are_left_out_have_their_default():
    assert await ran("open mia@example.org") == ("open", "mia@example.org", "")
    assert await ran("presence") == ("presence", "online")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("answer keep", (None, "keep")),
        ("answer lab keep", ("lab", "keep")),
        ("answer lab", ("lab", "once")),
        ("answer keep once", ("keep", "once")),
        ("answer 'keep'", ("keep", "once")),
        ("answer", (None, "once")),
    ],
)
async def test_a_word_that_only_the_next_argument_takes_leaves_out_the_one_before(line, said):
    assert await ran(line) == ("answer", *said)


async def test_arguments_get_their_type():
    assert await ran("size -3") == ("size", -3)
    assert await ran("presence dnd") == ("presence", "dnd")
    assert await ran("attach ~/x") == ("attach", Path.home() / "x")


async def test_a_count_before_the_key_fills_the_count_of_the_command():
    ctx = Sample()
    await run(REGISTRY.parse("line-down", "messages").with_count(5), ctx)
    await run(REGISTRY.parse("line-down 2", "messages").with_count(5), ctx)
    await run(REGISTRY.parse("line-down", "messages").with_count(None), ctx)
    await run(REGISTRY.parse("quit").with_count(5), ctx)
    assert ctx.ran == [("line-down", 5), ("line-down", 2), ("line-down", 1), ("quit",)]


@pytest.mark.parametrize(
    ("line", "sentence", "position"),
    [
        ("", 'type a command; "help" lists them', 0),
        (" : ", 'type a command; "help" lists them', 2),
        ("xyzzy", 'there is no command "xyzzy"; "help" lists them', 0),
        (":jion r@example.org", 'there is no command "jion"; did you mean "join"?', 1),
        ("open", "PEER is missing (usage: open PEER [TEXT...])", 4),
        ("quit now", '"quit" takes no arguments', 5),
        (
            "join r@x n more",
            "that is one argument too many "
            "(usage: join PEER [NICK]; a name with blanks needs quotes)",
            11,
        ),
        (
            "presence away now",
            "that is one argument too many (usage: presence [online|away|dnd])",
            14,
        ),
        ("size big", '"big" isn\'t a whole number (usage: size ROWS)', 5),
        ("line-down 0", '"0" is less than 1 (usage: line-down [TIMES])', 10),
        (
            "presence gone",
            '"gone" isn\'t one of online, away, dnd (usage: presence [online|away|dnd])',
            9,
        ),
        ("join 'r@x", "the quote ' is not closed", 5),
    ],
)
def test_a_wrong_line_is_told_with_its_place(line, sentence, position):
    error = error_of(line)
    assert (str(error), error.position) == (sentence, position)


def test_a_mistyped_name_comes_with_the_line_as_it_was_perhaps_meant():
    error = error_of("/jion r@example.org")
    assert isinstance(error, UnknownCommand)
    assert error.suggestion == "/join r@example.org"


def test_commands_of_other_contexts_are_refused_and_not_suggested():
    assert str(error_of("line-down", "input")) == '"line-down" works only in: messages'
    assert isinstance(error_of("line-down", "input"), ElsewhereCommand)
    assert error_of("line-dwon", "input").suggestion == ""
    assert error_of("line-dwon", "messages").suggestion == "line-down"


def test_what_begins_with_no_sign_is_text():
    assert REGISTRY.parse_input("hello") == Text("hello")
    assert REGISTRY.parse_input(" /quit") == Text(" /quit")


def test_two_slashes_are_text_with_one():
    assert REGISTRY.parse_input("//etc/hosts") == Text("/etc/hosts")
    assert REGISTRY.parse_input("::quit now") == Text(":quit now")


@pytest.mark.parametrize(
    "text",
    [
        *(":D", ":-)", ":)", ":p", "::1", ":3", ":/", ":/ hm", ":-/", ":x", ":o", ":S"),
        *(":D!", ":DD", ":|", ":'(", ":*", ":smile:", ":thumbs-up:", ":) quit", ":Quit", ":%"),
    ],
)
def test_faces_and_the_like_are_text(text):
    assert REGISTRY.parse_input(text) == Text(text)


def test_a_sign_alone_is_a_command_that_was_begun():
    for sign in (":", "/"):
        with pytest.raises(CommandError, match="type a command"):
            REGISTRY.parse_input(sign)


def test_a_colon_and_a_name_is_a_command_and_never_text():
    assert REGISTRY.parse_input(":me waves").arguments == {"text": "waves"}
    with pytest.raises(UnknownCommand, match="begin with :: to send it as text"):
        REGISTRY.parse_input(":jion r@example.org")
    with pytest.raises(UnknownCommand):
        REGISTRY.parse_input(":wq!")


@pytest.mark.parametrize("line", [":join:x r@example.org", ":join'a b'", ":me:waves", ":me,too"])
def test_a_name_with_something_else_right_behind_it_is_never_text(line):
    with pytest.raises(CommandError):
        REGISTRY.parse_input(line)
    assert REGISTRY.parse_input(f":{line}") == Text(line)


def test_the_name_of_an_emoji_may_be_that_of_a_command():
    for text in (":join:", ":join: us", ":join::join:", ":smile:x"):
        assert REGISTRY.parse_input(text) == Text(text)


def test_a_slash_is_a_command_and_never_text():
    assert REGISTRY.parse_input("/me waves").arguments == {"text": "waves"}
    with pytest.raises(UnknownCommand) as caught:
        REGISTRY.parse_input("/jion r@example.org")
    assert str(caught.value).endswith("(begin with // to send it as text)")
    assert caught.value.suggestion == "/join r@example.org"
    with pytest.raises(CommandError, match="PEER is missing"):
        REGISTRY.parse_input("/join")


@pytest.mark.parametrize(
    "text",
    [
        *(":q!", ":w", ":w notes", ":e!", ":wq", ":Wq", ":WQ!", ":x!", ":quit!", ":Quit!"),
        *(":%s/a/b/", ":s/foo/bar/", ":s/it's/its/", ":%d", ":1,$d", ":!ls", ":remove/bob"),
        ":frobnicate/frobnicate",
    ],
)
def test_what_is_typed_in_vi_is_never_text_unless_its_colon_is_doubled(text):
    with pytest.raises(UnknownCommand, match="begin with :: to send it as text"):
        REGISTRY.parse_input(text)
    assert REGISTRY.parse_input(f":{text}") == Text(text)


@pytest.mark.parametrize("text", ["/etc/passwd", "/s/foo/bar/", "/quit/it", "/it's/its/"])
def test_a_word_with_a_slash_in_it_is_no_mistyped_name(text):
    with pytest.raises(UnknownCommand) as caught:
        REGISTRY.parse_input(text)
    assert str(caught.value) == "no command has a / in its name: begin with // to send it as text"
    assert REGISTRY.parse_input(f"/{text}") == Text(text)
    assert "did you mean" not in str(error_of(text))


@given(st.text(min_size=1))
def test_a_quoted_word_is_read_as_it_was(text):
    word = read_word(quote(text) + " next", 0)
    assert (word.text, word.open_quote) == (text, "")
    assert word.end == len(quote(text))


@given(st.lists(st.text().map(str.strip).filter(bool)))
def test_names_with_commas_between_are_read_as_they_were(names):
    assert kind_of(Groups).parse(commas(names)) == names


@given(st.text())
def test_any_line_is_a_command_or_an_error_inside_it(line):
    try:
        REGISTRY.parse(line, "messages")
    except CommandError as error:
        assert 0 <= error.position <= len(line)  # noqa: PT017


@given(st.text())
def test_any_input_is_text_a_command_or_an_error_and_only_a_sign_makes_it_one(line):
    try:
        said = REGISTRY.parse_input(line)
    except CommandError:
        assert line.startswith(("/", ":"))
    else:
        assert isinstance(said, Text) or line.startswith(("/", ":"))
        assert isinstance(said, Text) or not line.startswith(("//", "::"))
