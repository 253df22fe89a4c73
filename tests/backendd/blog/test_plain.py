"""XHTML as plain text."""

import pytest

from backendd.blog import plain, xhtml


def _text(html: str) -> str:
    return plain.to_text(xhtml.clean_html(html))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("a\n  b <b>c</b>", "a b c"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<p>b</p>c", "a\n\nb\n\nc"),
        ("a <br> b", "a\nb"),
        ("<h1>a</h1>b", "a\n\nb"),
        ("<ul><li>a</li><li>b<p>c</p></li></ul>", "- a\n- b\n\n  c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<ol start="9"><li>a<li>b</ol>', "9. a\n10. b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\n  b\n</pre>", "a\n  b"),
        ("a<hr>b", "a\n\n---\n\nb"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<dl><dt>a<dd>b</dl>", "a\n  b"),
        ('<a href="https://a.example">a</a>', "a (https://a.example)"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="mailto:a@b">a@b</a>', "a@b"),
        ('<img src="https://a.example/b.png" alt="c">', "c (https://a.example/b.png)"),
        ("<q>a</q>", "“a”"),
        ("", ""),
    ],
)
def test_it_is_written_as_one_would_type_it(html: str, said: str) -> None:
    assert _text(html) == said


def test_a_picture_that_is_sent_says_what_it_shows() -> None:
    sent = xhtml.clean_html('<p>a <img src="https://b.example" alt="c"></p>', keeps_images=True)
    assert plain.to_text(sent) == "a c"
