"""Keys typed one after the other, and what they run."""

from primitivus.keymaps.keymap import Binding, Keymap
from primitivus.keymaps.keys import parse_keys
from primitivus.keymaps.sequences import Hint, Match, Matcher, Pending


def keymap(bindings: dict[str, dict[str, str]], *, modal: bool = True, counts: bool = False):
    made = tuple(
        Binding(table, parse_keys(keys), line)
        for table, entries in bindings.items()
        for keys, line in entries.items()
    )
    return Keymap("test", modal, counts, made)


def typed(matcher, keys, mode="normal", focus="messages"):
    """Return what the last of the keys gave."""
    return [matcher.feed(key, mode, focus) for key in parse_keys(keys)][-1]


MAP = keymap(
    {
        "global": {"C-x": "quit", "C-f b": "focus messages", "C-f e": "focus input"},
        "normal": {
            "g g": "top",
            "g t": "next",
            "G": "bottom",
            "j": "line-down",
            "i": "mode insert",
        },
        "normal.messages": {"j": "message-down", "d d": "discard"},
        "line": {"Up": "history-previous", "C-x": "cut"},
        "insert": {"Esc": "mode normal"},
    },
    counts=True,
)


def test_one_key_runs_its_command():
    assert typed(Matcher(MAP), "C-x") == Match("quit")


def test_the_nearest_table_wins():
    assert typed(Matcher(MAP), "j") == Match("message-down")
    assert typed(Matcher(MAP), "j", focus="conversations") == Match("line-down")
    assert typed(Matcher(MAP), "C-x", mode="insert", focus="input") == Match("cut")
    assert typed(Matcher(MAP), "C-x", focus="overlay") == Match("quit")
    assert typed(Matcher(MAP), "C-x", focus="switcher") == Match("cut")


def test_an_unbound_key_runs_nothing():
    assert typed(Matcher(MAP), "x") is None
    assert typed(Matcher(MAP), "j", mode="insert", focus="input") is None


def test_a_sequence_waits_and_tells_what_may_follow():
    matcher = Matcher(MAP)
    assert typed(matcher, "g") == Pending("g", (Hint("g", "top"), Hint("t", "next")))
    assert matcher.is_pending
    assert typed(matcher, "t") == Match("next")
    assert not matcher.is_pending


def test_longer_sequences_are_hinted_without_their_command():
    matcher = Matcher(keymap({"normal": {"a b c": "x", "a b d": "y"}}))
    assert typed(matcher, "a") == Pending("a", (Hint("b", "..."),))
    assert typed(matcher, "b") == Pending("a b", (Hint("c", "x"), Hint("d", "y")))


def test_a_key_that_does_not_continue_the_sequence_ends_it():
    matcher = Matcher(MAP)
    assert typed(matcher, "g x") is None
    assert not matcher.is_pending
    assert typed(matcher, "G") == Match("bottom")


def test_a_reset_forgets_what_was_typed():
    matcher = Matcher(MAP)
    typed(matcher, "3 g")
    matcher.reset()
    assert typed(matcher, "g") == Pending("g", (Hint("g", "top"), Hint("t", "next")))


def test_tables_share_a_prefix():
    bindings = {"global": {"g b": "far"}, "normal.messages": {"g a": "near"}}
    matcher = Matcher(keymap(bindings))
    assert typed(matcher, "g") == Pending("g", (Hint("a", "near"), Hint("b", "far")))
    assert typed(matcher, "b") == Match("far")


def test_a_nearer_sequence_hides_a_farther_key_it_begins_with():
    matcher = Matcher(keymap({"global": {"g": "far"}, "normal.messages": {"g a": "near"}}))
    assert isinstance(typed(matcher, "g"), Pending)
    assert typed(matcher, "g", focus="input") is None  # the sequence had begun
    assert typed(matcher, "g", focus="input") == Match("far")


def test_digits_are_a_count():
    matcher = Matcher(MAP)
    assert typed(matcher, "1 0") == Pending("10", ())
    assert typed(matcher, "j") == Match("message-down", 10)
    assert typed(matcher, "j") == Match("message-down", None)
    assert typed(matcher, "3 d") == Pending("3 d", (Hint("d", "discard"),))
    assert typed(matcher, "d") == Match("discard", 3)


def test_zero_begins_no_count():
    assert typed(Matcher(MAP), "0") is None


def test_a_bound_digit_is_no_count_unless_one_has_begun():
    matcher = Matcher(keymap({"normal": {"0": "start", "j": "down"}}, counts=True))
    assert typed(matcher, "0") == Match("start")
    assert typed(matcher, "2 0 j") == Match("down", 20)


def test_a_count_may_stand_between_the_keys_and_multiplies():
    matcher = Matcher(MAP)
    assert typed(matcher, "d 2") == Pending("d 2", (Hint("d", "discard"),))
    assert typed(matcher, "d") == Match("discard", 2)
    assert typed(matcher, "3 d 1 0 d") == Match("discard", 30)
    zero = Matcher(keymap({"normal": {"d 0": "start", "d d": "all"}}, counts=True))
    assert typed(zero, "2 d 0") == Match("start", 2)


def test_a_count_is_bounded():
    assert typed(Matcher(MAP), " ".join("9" * 50 + "j")) == Match("message-down", 9999)
    # More digits than Python makes a number of, as from a key that is held down.
    assert typed(Matcher(MAP), " ".join("9" * 5000 + "j")) == Match("message-down", 9999)
    assert typed(Matcher(MAP), " ".join("9" * 5000)) == Pending("9999", ())
    assert typed(Matcher(MAP), " ".join("3d" + "9" * 5000 + "d")) == Match("discard", 9999)


def test_the_digits_of_an_argument_are_bounded_as_well():
    made = Binding("line", parse_keys("C-f"), "forward-char")
    matcher = Matcher(Keymap("test", False, False, (made,), digit_arguments=True))
    typed(matcher, "M-9 " + " ".join("9" * 5000), "insert", "input")
    assert matcher.count_to_type == 9999
    assert typed(matcher, "C-f", "insert", "input") == Match("forward-char", 9999)


def test_there_are_no_counts_where_text_is_typed_or_the_map_has_none():
    assert typed(Matcher(MAP), "5", mode="insert", focus="input") is None
    assert typed(Matcher(MAP), "5", focus="switcher") is None
    assert typed(Matcher(keymap({"normal": {"j": "down"}})), "5") is None


def test_with_modes_a_meta_key_is_esc_and_the_key_where_text_is_typed():
    matcher = Matcher(MAP)
    assert matcher.split("meta x", "insert", "input") == ("esc", "x")
    assert matcher.split("meta x", "command", "messages") == ("esc", "x")
    assert matcher.split("meta x", "normal", "dialog") == ("esc", "x")
    assert matcher.split("meta x", "normal", "input") == ("meta x",)
    assert matcher.split("meta x", "normal", "overlay") == ("meta x",)


def test_without_modes_a_meta_key_is_itself():
    matcher = Matcher(keymap({}, modal=False))
    assert matcher.split("meta x", "insert", "input") == ("meta x",)


def test_meta_and_enter_begin_a_line_where_a_keymap_says_so():
    bound = Matcher(keymap({"insert": {"M-Enter": "newline"}}))
    assert bound.split("meta enter", "insert", "input") == ("meta enter",)
    assert bound.split("meta enter", "command", "input") == ("esc", "enter")


def test_what_only_some_terminals_tell_apart_is_the_plain_key_unless_bound():
    matcher = Matcher(keymap({"insert": {"S-Enter": "newline", "Enter": "send"}}))
    assert matcher.split("shift enter", "insert", "input") == ("shift enter",)
    assert matcher.split("ctrl enter", "insert", "input") == ("enter",)
    assert matcher.split("shift backspace", "insert", "input") == ("backspace",)


ANYTHING = keymap(
    {"normal": {"f Any": "find", "f f": "both", "d f Any": "delete"}, "global": {"0": "start"}},
    counts=True,
)


def test_any_key_behind_others_is_given_to_the_command():
    matcher = Matcher(ANYTHING)
    assert typed(matcher, "f") == Pending("f", (Hint("Any", "find"), Hint("f", "both")))
    assert typed(matcher, "a") == Match("find a")
    assert typed(matcher, "f Space") == Match("find ' '")
    assert typed(matcher, "d f ;") == Match("delete ;")


def test_a_key_that_is_bound_itself_comes_before_any_key():
    assert typed(Matcher(ANYTHING), "f f") == Match("both")


def test_a_digit_is_any_key_as_well_and_no_count():
    matcher = Matcher(ANYTHING)
    assert typed(matcher, "2 f 0") == Match("find 0", 2)
    assert typed(matcher, "2 d 3 f 4") == Match("delete 4", 6)


def test_a_key_that_types_nothing_is_not_any_key():
    matcher = Matcher(ANYTHING)
    assert typed(matcher, "f Up") is None
    assert not matcher.is_pending
