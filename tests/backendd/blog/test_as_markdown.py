"""XHTML as Markdown: what it becomes again is what it was."""

import pytest

from backendd.blog import as_markdown
from backendd.blog.elements import XHTML
from backendd.blog.markdown import render
from backendd.blog.xhtml import clean, clean_html, parse


def made(html):
    """Return HTML of others as it is stored."""
    return clean_html(html)


def read_again(xhtml):
    """Return what was sent as it is stored."""
    return clean(parse(xhtml))


@pytest.mark.parametrize(
    "markdown",
    [
        "one",
        "*one* **two** ~~three~~ `four`",
        "# One\n\ntwo\n\n###### Six",
        "one\\\ntwo",
        "[a link](https://a.example/b) and ![a picture](https://a.example/c.png)",
        "[*styled* link](https://a.example/b_(c))",
        "> one\n>\n> > two",
        "- one\n- two\n  - three\n    1. four\n- five",
        "1. one\n2. two",
        "7. seven\n8. eight",
        "- one\n\n  more of it\n\n- two",
        "```\na  b\n\n`c`\n```",
        "````\n```\n````",
        "| a | b |\n|---|---|\n| 1 | **2** |",
        "| a\\|b | c |\n|---|---|\n| 1 | 2 |",
        "one\n\n---\n\ntwo",
        r"\*no\* \_markup\_ \[x\] \# and \<b\> a*b a\_b\_c",
        r"\# no heading",
        r"1\. no list",
        r"\- no list, \> no quote",
        "`` a`b ``",
        "AT&T &amp;amp; &lt;b&gt;",
    ],
)
def test_what_was_markdown_is_markdown_again_that_says_the_same(markdown):
    xhtml = read_again(render(markdown))
    again = as_markdown.written(xhtml)
    assert render(again) == render(markdown)
    assert as_markdown.is_whole(again, xhtml)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <span>b</span></p>", "a b"),
        ("plain <b>bold </b>text", "plain **bold** text"),
        ("<div><p>a</p></div><p>b</p>", "a\n\nb"),
        ("<p>a<br/>b</p>", "a\\\nb"),
        ("<ul><li><p>a</p></li><li></li></ul>", "- a\n\n-"),
        ("<b></b><p> </p>", ""),
    ],
)
def test_what_another_program_wrote_reads_well_as_markdown(html, markdown):
    assert as_markdown.written(made(html)) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <u>b</u></p>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<p>H<sub>2</sub>O</p>",
        "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
    ],
)
def test_what_markdown_has_no_word_for_is_known_to_be_lost(html):
    assert not as_markdown.is_whole(as_markdown.written(made(html)), made(html))


@pytest.mark.parametrize("depth", [1, 200])
def test_whatever_is_within_whatever_else_becomes_something(depth):
    html = "<blockquote><ul><li>" * depth + "x" + "</li></ul></blockquote>" * depth
    assert "x" in as_markdown.written(made(html))


def test_nothing_of_nothing():
    assert as_markdown.written("") == ""
    assert as_markdown.is_whole("", "")
    assert as_markdown.written(f'<div xmlns="{XHTML}"/>') == ""
