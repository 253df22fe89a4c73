"""What is being written, and what it is called."""

import pytest

from backendd.api.records import Draft
from primitivus.model.blogs.post_drafts import name


@pytest.mark.parametrize(
    ("markdown", "called"),
    [
        ("Mia\\_, [On \\[tea\\]](<xmpp:mia@a.example?;node=b;item=c>):\n\n> so", "Mia_, On [tea]:"),
        ("see [this](https://a.example/b) first", "see this first"),
        ("a[1] (b) is fine", "a[1] (b) is fine"),
        ("w" * 200, "w" * 100),
    ],
)
def test_a_draft_without_a_title_is_called_as_it_begins_without_addresses(markdown, called):
    assert name(Draft(entry={"markdown": markdown})) == called


def test_what_is_no_markdown_is_called_as_it_stands():
    assert name(Draft(entry={"body": "[a](b)"})) == "[a](b)"
