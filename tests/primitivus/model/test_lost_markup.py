"""What is lost of markup, in words."""

import pytest

from primitivus.model.xhtml.lost import lost


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<u>a</u><u>b</u> <sub>c</sub>", "a b c", "underlining, subscript"),
        ("<b>a</b> <i>b</i> <del>c</del>", "<strong>a</strong> <em>b</em> <s>c</s>", ""),
        ("<dl><dt>a</dt></dl>", "<p>a</p>", "lists of definitions"),
        ("<h1>a</h1><h2>b</h2>", "a b", "headings"),
        ("<table><tr><td><ul><li>a</li></ul></td></tr></table>",
         "<table><tr><td>a</td></tr></table>", "lists, items of lists"),
        ("<p>a</p>", "a", ""),
    ],
)  # fmt: skip
def test_what_one_has_and_the_other_has_not_is_told(before, after, said):
    assert set(lost(f"<div>{before}</div>", f"<div>{after}</div>").split(", ")) == set(
        (said or "how it is laid out").split(", ")
    )


@pytest.mark.parametrize("broken", ["", "<div>", "<!DOCTYPE a><div><u/></div>"])
def test_of_what_can_not_be_read_nothing_is_said_that_may_be_wrong(broken):
    assert lost(broken, "<div/>") == "how it is laid out"
