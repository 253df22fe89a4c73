"""The vi keymap where a message is edited."""

import pytest

from tests.primitivus.fake import BOB, MIA


@pytest.fixture
async def vi(account, fly):
    return await fly(keymap="vi").start(until="have you seen this?")


@pytest.mark.parametrize(
    ("text", "keys", "after"),
    [
        ("one two three four", "0 d 2 w", "three four"),
        ("one two three four", "0 2 d w", "three four"),
        ("one two three four five", "0 2 d 2 w", "five"),
        ("one two three", "0 d e", " two three"),
        ("one two three", "b d b", "one three"),
        ("one two three", "0 w D", "one "),
        ("one two three", "0 w d $", "one "),
        ("one two three", "b d 0", "three"),
        ("one two three", "0 e x", "on two three"),
        ("one two", "x", "one tw"),
        ("ab", "0 x p", "ba"),
        ("one two ", "0 d w p", "tone wo "),
        ("one two ", "0 d w P", "one two "),
        ("one", "y y p", "one\none"),
        ("one", "y y 2 p", "one\none\none"),
        ("one\ntwo\nthree", "k k 2 d d", "three"),
        ("one\ntwo\nthree", "d d P", "one\nthree\ntwo"),
        ("one two", "0 y w $ p", "one twoone "),
        ("one two three", "0 c w X", "X two three"),
        ("one two three", "0 2 c w X", "X three"),
        ("one two three", "0 c 2 w X", "X three"),
        ("one two three", "b C X", "one two X"),
        ("one two\nthree", "c c X", "one two\nX"),
        ("one two", "0 s X", "Xne two"),
        ("one two three", "0 w l c i w X", "one X three"),
        ("one two three", "0 w l d a w", "one three"),
        ("one two three", "d a w", "one two"),
        ("one two three", "0 w 2 d a w", "one"),
        ("one two three", "0 2 d i w", "two three"),
        ("one  two", "0 e l d i w", "onetwo"),
        ("one  two three", "0 e l d a w", "one three"),
        ("one, two", "0 d a w", ", two"),
        ("one\ntwo", "d a w", "one\n"),
        ("one two", "0 y i w $ p", "one twoone"),
        ("One two", "0 ~ ~ ~ ~ ~", "oNE Two"),
        ("one two", "0 9 ~", "ONE TWO"),
        ("one two", "S X", "X"),
        ("  one", "^ D", "  "),
        ("foo bar", "$ d b", "foo r"),
        ("foo bar", "0 $ i X", "foo baXr"),
        ("foo bar", "0 $ a X", "foo barX"),
        ("foo bar", "0 End x", "foo ba"),
        ("foo bar", "0 2 0 l i X", "foo baXr"),
        ("foo bar", "0 2 w i X", "foo baXr"),
        ("foo bar", "$ x i X", "foo bXa"),
        ("one\ntwo", "h h h h i X", "one\nXtwo"),
        ("one", "d d $ i X", "X"),
        ("one two", "0 f o x", "one tw"),
        ("one two", "0 t o x", "one to"),
        ("one two", "$ F n x", "oe two"),
        ("one two", "$ T n x", "on two"),
        ("a.b.c.d", "0 f . ; x", "a.bc.d"),
        ("a.b.c.d", "0 t . ; x", "a..c.d"),
        ("a.b.c.d", "0 3 f . , x", "a.bc.d"),
        ("a.b.c.d", "0 2 f . x", "a.bc.d"),
        ("one two", "0 d f Space", "two"),
        ("one two", "0 d t t", "two"),
        ("one two", "$ d F t", "one o"),
        ("one two", "$ d T t", "one to"),
        ("one two", "0 c t t X", "Xtwo"),
        ("a1b1c1", "0 f 1 d ;", "ac1"),
        ("one\ntwo", "k 0 f t x", "ne\ntwo"),
        ("one", "0 d f z", "one"),
        ("one", "0 r X", "Xne"),
        ("one", "0 2 r 0", "00e"),
        ("one", "0 4 r X", "one"),
        ("e\u0301a", "0 f a x", "e\u0301"),
        ("a,b c", "0 W x", "a,b "),
        ("a b,c", "B x", "a ,c"),
        ("a,b c", "0 E x", "a, c"),
        ("a,b c.d e", "0 2 d W", "e"),
        ("a,b c", "0 d E", " c"),
        ("a,b c", "$ d B", "c"),
        ("a,b c", "0 c W X", "X c"),
        ("a (b,c) d", "0 w l c i W X", "a X d"),
        ("a (b,c) d", "0 w l d a W", "a d"),
        ("a,b c", "0 y W $ p", "a,b ca,b "),
        ("one\ntwo", "k J x", "onetwo"),
        ("one \n  two", "k J", "one two"),
        ("one\n) two", "k J", "one) two"),
        ("one\n\ntwo", "k k J", "one\ntwo"),
        ("one\ntwo\nthree\nfour", "k k k 3 J", "one two three\nfour"),
        ("one", "J", "one"),
        ("\none", "k J", "one"),
        ("one\n \ntwo", "k k 9 J x", "onetwo"),
        ("one\ntwo", "k o X", "one\nX\ntwo"),
        ("one\ntwo", "O X", "one\nX\ntwo"),
        ("one", "O X", "X\none"),
        ("one", "0 Delete Space Backspace i X", "Xne"),
        ("one two", "0 x p i X", "nXoe two"),
        ("one two three", "g e i X", "one twXo three"),
        ("a,b c", "g E x", "a, c"),
        ("one two", "b d g e", "onwo"),
        ("one two three", "c 2 g e X", "onX"),
        ("a,b c", "y g E P", "a,b cb c"),
        ("f(a[1], b)", "0 % x", "f(a[1], b"),
        ("f(a[1], b)", "% x", "fa[1], b)"),
        ("f(a[1], b) c", "0 d %", " c"),
        ("(one\ntwo) c", "k 0 c % X", "X c"),
        ("one", "0 % x", "ne"),
        ('say "one two" now', '0 c i " X', 'say "X" now'),
        ('say "one two" now', '0 d a "', "say now"),
        ('say "one"', 'd a "', "say"),
        ('"a" x "b"', '0 w l l d i "', '"a""b"'),
        (r'say "a \" b" now', '0 w w d i "', 'say "" now'),
        ("a 'one' x", "0 f n d i '", "a '' x"),
        ("a `b` c", "0 y i ` $ p", "a `b` cb"),
        ("f(a, (b), c) d", "0 f b d i (", "f(a, (), c) d"),
        ("f(a, (b), c) d", "0 f b 2 d i )", "f() d"),
        ("f(a, (b), c) d", "0 f b 2 d a b", "f d"),
        ("f(a) b", "0 c i ( X", "f(X) b"),
        ("f() b", "0 l c i ( X", "f(X) b"),
        ("a [x] b", "0 d a [", "a  b"),
        ("a <x> b", "0 d i >", "a <> b"),
        ("f {\n  a\n  b\n}", "k d i {", "f {\n}"),
        ("f {\n  a\n  b\n}", "k c i B X", "f {\nX\n}"),
        ("one)", "0 d i (", "one)"),
        ("one two", "0 g U w", "ONE two"),
        ("ONE TWO", "g u u", "one two"),
        ("One Two", "0 g ~ ~", "oNE tWO"),
        ("one two", "g U i w", "one TWO"),
        ("one two", "0 g U f t", "ONE Two"),
        ("one 'two' x", "0 g U i ' x", "one 'WO' x"),
        ("one two three", "0 2 g U e . w .", "ONE TWO THREE"),
        ("straße", "g U U", "STRASSE"),
        ("one two", "0 R X Y", "XYe two"),
        ("ab", "0 l R X Y Z", "aXYZ"),
        ("ab\ncd", "k 0 R X Y Z", "XYZ\ncd"),
        ("one two", "0 R X Y Backspace", "Xne two"),
        ("ab", "0 l R X Y Backspace Backspace Backspace Z", "Zb"),
        ("日本語", "0 R X Y Backspace", "X本語"),
        ("one two", "0 R X Y Esc w .", "XYe XYo"),
        ("aab", "0 R a X Esc $ .", "aXaX"),
        ("abcdefg", "0 2 R X Y Esc", "XYXYefg"),
        ("abcdefg", "0 R X Y Esc l 2 .", "XYXYXYg"),
        ("one two", "0 R X Y Esc u", "one two"),
        ("one two", "0 R X Esc c w Y Z", "YZ two"),
        ("one two", "0 R X Right Y", "XnY two"),
        ("one two", "0 R X Right Backspace Backspace Y", "Yne two"),
        ("abcd", "0 l l R X Backspace Backspace Backspace Backspace Y", "Ybcd"),
        ("one two", "0 R X M-Enter Backspace Y", "XYe two"),
    ],
)
async def test_operators_motions_and_counts(vi, text, keys, after):
    await vi.paste(text)
    await vi.press("Esc", *keys.split())
    assert vi.state.chat.editor.text == after


@pytest.mark.parametrize(
    ("text", "keys", "after"),
    [
        ("one two", '0 " a y w w y i w " a P', "one one two"),
        ("one two", '0 " a d w P', "one two"),
        ("one two", '0 " a y w w " A y i w $ " a p', "one twoone two"),
        ("one\ntwo", '" a y y k " A y y j " a p', "one\ntwo\ntwo\none"),
        ("one\ntwo", '" a y i w k " A y y j " a p', "one\ntwo\ntwo\none"),
        ("one two", '0 y w w " _ d i w p', "one one "),
        ("one two", '0 y w w d i w " 0 p', "one one "),
        ("one two", '0 y w w d i w " " p', "one two"),
        ("one", '0 " a y i w 2 " a P', "oneoneone"),
        ("one", '0 " a y i w " a 2 P', "oneoneone"),
        ("a.b.c", '0 " a d f . x " a P', "a..c"),
        ('a "b" c', '0 " a y i " $ " a p', 'a "b" cb'),
        ("one two", '0 " a y i w w d i w " a p .', "one oneone"),
        ("a b", '0 " a y l $ y l " a Esc p', "a bb"),
        ("a b", '0 " a y l $ y l " a h p', "a bb"),
        ("one two", '0 " a c w X Esc $ " a p', "X twoone"),
    ],
)
async def test_texts_are_kept_by_letters(vi, text, keys, after):
    await vi.paste(text)
    await vi.press("Esc", *keys.split())
    assert vi.state.chat.editor.text == after


async def test_what_is_kept_is_there_in_another_conversation_as_well(vi):
    await vi.type("one two")
    await vi.press("Esc", '"', "a", "y", "y")
    await vi.command(f"chat {MIA}")
    await vi.press("Esc", '"', "a", "p")
    assert vi.state.chat.peer == MIA
    assert vi.state.chat.editor.text == "\none two"


async def test_of_what_is_not_kept_that_is_told(vi):
    await vi.type("one")
    await vi.press("Esc", '"', "b", "p")
    await vi.see('nothing is kept by "b"')
    await vi.press('"', "!")
    await vi.see('"!" is no register')
    assert vi.state.chat.editor.text == "one"


async def test_what_is_typed_over_a_text_is_told_and_ends_with_the_mode(vi):
    await vi.type("one two")
    await vi.press("Esc", "0", "R")
    await vi.see("REPLACE")
    await vi.press("X", "Esc")
    await vi.see("NORMAL")
    await vi.press("i")
    await vi.see("INSERT")
    await vi.press("Y")
    assert vi.state.chat.editor.text == "YXne two"


async def test_what_is_no_quote_and_no_bracket_is_told(vi):
    await vi.type("one")
    await vi.press("Esc", "d", "i", "x")
    await vi.see('"x" is no quote and no bracket')
    assert vi.state.chat.editor.text == "one"


async def test_letters_are_changed_in_a_text_and_without_one_the_same_keys_go_on(vi):
    await vi.press("Esc", "g", "u")
    assert not vi.state.view.typed_keys
    await vi.type("iONE TWO")
    await vi.press("Esc", "g", "u", "i", "w")
    assert vi.state.chat.editor.text == "ONE two"


async def test_a_change_goes_on_in_insert_mode_and_is_undone(vi):
    await vi.type("one two")
    await vi.press("Esc", "0", "c", "w")
    assert "INSERT" in vi.screen
    await vi.press("Esc", "u")
    assert vi.state.chat.editor.text == "one two"


@pytest.mark.parametrize("keys", [":q\n", ":wq\n", ":x\n", ("C-w", "q")])
async def test_leaving_closes_a_pane_of_two_and_ends_with_the_last(vi, keys):
    await vi.press("Esc", "C-w", "v")
    assert vi.state.layout.is_split

    async def leave():
        await (vi.type(keys) if isinstance(keys, str) else vi.press(*keys))

    await leave()
    await vi.until(lambda: not vi.state.layout.is_split)
    await leave()
    assert await vi.exit_code() == 0


async def test_what_a_locked_profile_keeps_is_put_nowhere(account, fake, fly):
    work = fake.add_profile("work", "alice@example.net")
    work.message(BOB, "about the contract", tell=False, state="read")
    work.record(BOB)
    vi = await fly(keymap="vi").start(until="have you seen this?")
    account.protect("open sesame")
    await vi.type("a secret")
    await vi.press("Esc", '"', "a", "y", "y")
    await vi.command(f"chat {BOB} work")
    await vi.see("about the contract")
    await vi.type("one")
    account.become("locked")
    await vi.until(lambda: vi.state.accounts.get("alice").is_locked)
    await vi.press("Esc", '"', "a", "p")
    await vi.see('nothing is kept by "a"')
    assert vi.state.chat.editor.text == "one"
