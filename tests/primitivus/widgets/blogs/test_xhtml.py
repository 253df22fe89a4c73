"""Texts with markup as rows: what each looks like, at any width, whatever somebody has written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.xhtml.reading import read, read_text
from primitivus.themes.symbols import ASCII, UTF8
from primitivus.widgets.blogs.xhtml.rows import lay_out
from primitivus.widgets.drawing.cells import fill, row_width
from primitivus.widgets.terminal.hyperlinks import Linked

XHTML = "http://www.w3.org/1999/xhtml"


def rows(inner, columns=40, symbols=UTF8):
    document = read(f'<div xmlns="{XHTML}">{inner}</div>')
    return list(lay_out(document, columns, symbols))


def shown(inner, columns=40, symbols=UTF8):
    return ["".join(text for _, text in row).rstrip() for row in rows(inner, columns, symbols)]


def style_of(text, inner):
    return next(style for row in rows(inner, 80) for style, said in row if said == text)


def test_paragraphs_are_apart_and_blanks_are_folded():
    assert shown("<p>one\n  two</p><p>three<br/>four</p>") == ["one two", "", "three", "four"]


@pytest.mark.parametrize(
    ("element", "style"),
    [
        ("strong", "message.strong"),
        ("em", "message.emphasis"),
        ("del", "message.strike"),
        ("code", "message.code"),
    ],
)
def test_what_is_marked_is_drawn_so(element, style):
    assert style_of("x", f"<p>a <{element}>x</{element}></p>") == style


def test_a_heading_stands_out():
    assert style_of("x", "<h2>x</h2><p>y</p>") == "post.heading"


def test_lists_are_nested_and_their_texts_hang_under_each_other():
    inner = "<ol start='9'><li>one two</li><li>b<ul><li>c</li><li/></ul></li></ol>"
    assert shown(inner, 20) == ["9. one two", "10. b", "    • c", "    •"]
    assert shown("<ul><li>aaaa bbbb cccc dddd</li></ul>", 20, ASCII) == [
        "* aaaa bbbb cccc",
        "  dddd",
    ]


def test_all_lines_of_a_quotation_have_its_sign():
    inner = "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>"
    assert shown(inner) == ["│ a", "│", "│ │ b", "", "c"]


def test_code_stays_as_it_was_written():
    assert shown("<pre>if x:\n    <code>go</code>\n</pre>") == ["  if x:", "      go"]


def test_a_line_of_code_that_has_no_room_stays_indented():
    assert shown("<pre>if x:\n    go to it\n</pre>", 13) == ["  if x:", "      go to", "      it"]
    long = " ".join(map(str, range(1000)))
    found = shown(f"<pre>  {long}</pre>", 30)
    assert all(row.startswith("    ") and not row.startswith("     ") for row in found)
    assert " ".join(found).split() == long.split()


def test_columns_of_a_table_are_as_wide_as_what_is_in_them():
    inner = (
        "<table><tr><th>Name</th><th>N</th></tr>"
        "<tr><td>alice</td><td>1</td></tr><tr><td>bob</td><td>22</td></tr></table>"
    )
    assert shown(inner) == ["Name  │ N", "──────────", "alice │ 1", "bob   │ 22"]


def test_cells_of_a_table_stand_where_their_column_says():
    head = "<tr><th>Name</th><th style='text-align:right'>Minutes</th><th>Note</th></tr>"
    row = "<tr><td>tea</td><td>3</td><td style='text-align:center'>ok</td></tr>"
    assert shown(f"<table>{head}{row}</table>") == [
        "Name │ Minutes │ Note", "─────────────────────", "tea  │       3 │  ok",
    ]  # fmt: skip


def test_a_table_without_room_has_its_cells_one_below_the_other():
    cells = "".join(f"<td>{letter * 9}</td>" for letter in "abcd")
    assert shown(f"<table><tr>{cells}</tr></table>", 20) == [letter * 9 for letter in "abcd"]


def test_what_is_too_wide_for_a_table_is_broken_in_its_column():
    inner = "<table><tr><td>a</td><td>one two three four</td></tr></table>"
    assert shown(inner, 20) == ["a  │ one two three", "   │ four"]


def test_what_stands_in_no_cell_of_a_table_is_told():
    assert shown("<table><tr>a</tr>b<tr><td>c</td>d</tr></table>") == ["a", "b", "cd"]


def test_a_row_with_more_cells_than_others_has_them_one_below_the_other():
    few = "<tr><td>a</td></tr>" * 300
    assert shown(f"<table>{few}<tr><td>b</td><td>c</td></tr></table>")[-2:] == ["b", "c"]


def test_a_link_that_says_something_else_has_the_number_of_where_it_leads():
    inner = "<p><a href='https://evil.example/'>https://bank.example</a> <a href='https://a.example'>https://a.example</a></p>"
    assert shown(inner, 80) == ["https://bank.example[1] https://a.example"]
    assert style_of("https://bank.example[1]", inner) == Linked(
        "message.link", "https://evil.example/"
    )


def test_an_address_in_a_text_is_a_link():
    assert style_of("https://a.example/x", "<p>see https://a.example/x.</p>") == Linked(
        "message.link", "https://a.example/x"
    )
    (block,) = read_text("see https://a.example/x.").blocks()
    assert [span.link for span in block.spans] == [0, 1, 0]


def test_a_picture_is_a_link_by_its_name():
    inner = "<p><a class='image' href='https://a.example/b.png'>a cat</a></p>"
    assert shown(inner) == ["▤ a cat[1]"]


@pytest.mark.parametrize(
    "xhtml",
    ["", "<div>", "no markup", "<!DOCTYPE x [<!ENTITY a 'b'>]><div>&a;</div>", "<?x?><div/>"],
)
def test_what_is_no_markup_is_refused(xhtml):
    assert read(xhtml) is None


def test_however_deep_something_is_what_it_says_is_there():
    depth = 3000
    for element in ("blockquote", "b", "ul"):
        deep = f"<{element}>" * depth + "deep" + f"</{element}>" * depth
        assert "deep" in "".join(shown(f"<p>a</p>{deep}", 20))


def test_of_a_long_text_no_more_is_laid_out_than_is_looked_at(monkeypatch):
    wrapped = []

    def wrap(text, columns, most, *indent):
        wrapped.append(most)
        return real(text, columns, most, *indent)

    from primitivus.widgets.blogs.xhtml import inline

    real = inline.wrap
    monkeypatch.setattr(inline, "wrap", wrap)
    words = "word " * 40_000
    document = read(f'<div xmlns="{XHTML}"><p>{words}</p><p>{words}</p></div>')
    found = lay_out(document, 80, UTF8)
    assert [next(found) for _ in range(30)]
    assert len(wrapped) == 1
    assert sum(len(text) for row in found for _, text in row) > len(words)


@pytest.mark.parametrize(
    ("outer", "each"),
    [
        ("<p>{}</p>", "{} "), ("<p>{}</p>", "{}<br/>"), ("<p>{}</p>", "<b>{}</b> "),
        ("<p><i>{}</i></p>", "{} "), ("{}", "{} "), ("{}", "<p>{}</p>"), ("{}", "<h1>{}</h1>"),
        ("<ul>{}</ul>", "<li>{}</li>"), ("<dl>{}</dl>", "<dt>{}</dt>"),
        ("<ul><li><ol>{}</ol></li></ul>", "<li>{}</li>"), ("<pre>{}</pre>", "{}\n"),
        ("<table>{}</table>", "<tr><td>{}</td></tr>"), ("<div><div>{}</div></div>", "{}<hr/>"),
        ("<blockquote>{}</blockquote>", "<p>{}</p>"), ("<h1>{}</h1>", "{} "),
    ],
)  # fmt: skip
def test_of_a_long_text_no_more_is_read_than_is_looked_at(outer, each):
    inner = outer.format("".join(each.format(f"https://a.example/{n}") for n in range(5000)))
    document = read(f'<div xmlns="{XHTML}">{inner}</div>')
    found = lay_out(document, 80, UTF8)
    assert [next(found) for _ in range(30)]
    assert len(document.seen_links) < 500
    assert len(document.links()) == 5000


def test_what_belongs_together_is_not_parted_by_where_a_long_text_is_cut():
    family = "👩\u200d👩\u200d👧"
    assert "".join(shown(f"<p>{family * 2000}</p>", 80)) == family * 2000
    letter = "e\u0301"
    assert "".join(shown(f"<p>{letter * 5000}</p>", 80)) == letter * 5000


def test_a_paragraph_laid_out_piece_by_piece_loses_nothing():
    words = [str(number) for number in range(5000)]
    text = " ".join(
        f"<b>{word}</b>" if number % 7 == 0 else word for number, word in enumerate(words)
    )
    assert " ".join(shown(f"<p>{text}</p>", 33)).split() == words


TEXTS = st.text(
    st.sampled_from("ab \n\té日本👍🏽\u0301\u200d\u202e\u2028\x9b\U0010eeee"), max_size=30
)
NAMES = st.sampled_from([
    "p", "div", "b", "em", "a", "code", "pre", "ul", "ol", "li", "blockquote", "table", "tr",
    "td", "th", "h1", "hr", "br", "dl", "dt", "dd", "q", "span", "x",
])  # fmt: skip


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


MARKUP = st.recursive(
    TEXTS.map(_escaped),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=4)).map(
        lambda made: (
            f"<{made[0]} href='https://a.example/\u202e' start='7'>{''.join(made[1])}</{made[0]}>"
        )
    ),
    max_leaves=25,
)


@given(MARKUP, st.integers(20, 60))
def test_no_row_is_too_wide_and_no_sign_controls_the_terminal(inner, columns):
    for row in rows(inner, columns):
        assert row_width(fill(row, columns)) == columns
        assert row_width(row) <= columns
        for _, text in row:
            for sign in text:
                assert unicodedata.category(sign) != "Cc"
                assert sign not in "\u202e\u2028"


@given(MARKUP)
def test_no_letter_is_lost(inner):
    document = read(f'<div xmlns="{XHTML}">{inner}</div>')
    said = "".join(text for row in lay_out(document, 40, UTF8) for _, text in row)
    for sign in "日本":
        assert said.count(sign) >= inner.count(sign)
