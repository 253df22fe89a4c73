"""A post as it is written in an editor, and what is read of it again."""

import pytest

from backendd.api.records import Draft
from primitivus.model.blogs.post_text import read, write

OWN = "alice@example.org"


def entry_of(text, before=None):
    written = read(text, before or Draft(), OWN)
    assert written.problems == ()
    return written.entry


def test_a_new_post_begins_with_a_head_to_fill_in():
    assert write(Draft(), OWN) == "Title:\nTags:\nComments: on\nFile:\nBlog: alice@example.org\n\n"


@pytest.mark.parametrize(
    "draft",
    [
        Draft(entry={"title": "a", "tags": ["b", "c d"], "comments": False, "markdown": "*x*"}),
        Draft(entry={"tags": ["a,b", "#c", 'd "e"', '"f", g', '"'], "markdown": "x"}),
        Draft(service="pubsub.example.org", node="my node", entry={"markdown": "a\n\nb: c"}),
        Draft(entry={"id": "1", "title": "", "markdown": "text", "enclosures": [{"url": "u"}]}),
        Draft(entry={"files": ["/a/b c.png", "/d"], "markdown": "text"}),
        Draft(entry={"title": "plain", "body": "*no* markup\n\n    x"}),
    ],
)
def test_what_is_written_of_a_draft_is_read_again_as_it_was(draft):
    found = read(write(draft, OWN), draft, OWN)
    assert (found.service, found.node, found.problems) == (draft.service, draft.node, ())
    assert {**draft.entry, **found.entry} == found.entry
    for key, value in draft.entry.items():
        assert found.entry[key] == value


def test_what_stands_behind_the_head_is_taken_as_it_is():
    text = "Title: On: tea\nTags: #a, b c , a,,\ncomments:OFF\n\n\n# One\n\nTags: none\n"
    assert entry_of(text) == {
        "title": "On: tea", "tags": ["a", "b c"], "comments": False,
        "markdown": "# One\n\nTags: none",
    }  # fmt: skip


def test_a_tag_with_a_comma_stands_in_quotes():
    text = 'Tags: "tea, green", milk, "quoted,"",", "open, "x" y,\n\nx'
    assert entry_of(text)["tags"] == ["tea, green", "milk", 'quoted,",', '"open', '"x" y']


def test_each_file_has_a_line_and_one_that_is_deleted_is_no_more():
    before = Draft(entry={"files": ["/a/b.png"], "markdown": "x"})
    assert entry_of("File: ~/my  photos/a.png\nFile:\nFile: *.jpg\n\nx", before)["files"] == [
        "~/my  photos/a.png", "*.jpg",
    ]  # fmt: skip
    assert "files" not in entry_of("Title: a\n\nx", before)


ROSE = {"url": "https://a.example/r%20s.png", "mime": "image/png", "title": "a rose", "size": 7}
WAITS = {"url": "", "title": "notes <1>.txt", "mime": "text/plain"}
BARE = {"url": "http://b.example/x"}
WITH_FILES = Draft(entry={"id": "1", "enclosures": [ROSE, WAITS, BARE], "files": ["/a/b.png"]})


def test_the_files_that_a_post_has_stand_in_its_head_unlike_paths():
    assert write(WITH_FILES, OWN).splitlines()[3:7] == [
        "File: a rose <https://a.example/r%20s.png>",
        "File: notes <1>.txt <on its way>",
        "File: <http://b.example/x>",
        "File: /a/b.png",
    ]
    assert write(Draft(entry={"enclosures": [ROSE]}), OWN).splitlines()[4] == "File:"


def test_a_file_of_a_post_is_taken_off_with_its_line_and_the_others_keep_their_order():
    lines = write(WITH_FILES, OWN).splitlines()
    entry = entry_of("\n".join([lines[5], "File: /c.png", lines[3], "", "x"]), WITH_FILES)
    assert (entry["enclosures"], entry["files"]) == ([BARE, ROSE], ["/c.png"])
    assert entry_of("Title: a\n\nx", WITH_FILES)["enclosures"] == []
    assert "enclosures" not in entry_of("Title: a\n\nx", Draft(entry={"id": "1"}))


def test_a_file_is_renamed_and_one_that_was_taken_off_comes_back_by_its_line():
    lines = write(WITH_FILES, OWN).splitlines()
    entry = entry_of(f"{lines[3].replace('a rose', 'two roses')}\n\nx", WITH_FILES)
    assert entry["enclosures"] == [{**ROSE, "title": "two roses"}]
    taken_off = Draft(entry={"id": "1", "enclosures": []})
    assert entry_of(f"{lines[3]}\n\nx", taken_off)["enclosures"] == [
        {"url": ROSE["url"], "title": "a rose"}
    ]
    found = read(f"{lines[4]}\n\nx", taken_off, OWN)
    assert found.problems == ("line 1: File: no file of this post is on its way by this name",)


@pytest.mark.parametrize("path", ["/a/<b>.png", "a <b>", "https://a.example/b", "x <y:z>"])
def test_a_path_is_no_file_of_a_post_whatever_it_looks_like(path):
    entry = entry_of(f"File: {path}\n\nx", WITH_FILES)
    assert (entry["enclosures"], entry["files"]) == ([], [path])


def test_a_text_without_a_head_is_all_that_it_says():
    assert entry_of("Once upon a time\nTitle: x\n\nthe end") == {
        "markdown": "Once upon a time\nTitle: x\n\nthe end"
    }


def test_the_own_blog_is_meant_by_its_address_and_another_by_its_node_too():
    for line, at in (
        (f"Blog: {OWN}", ("", "")),
        (f"Blog: {OWN} photos", (OWN, "photos")),
        ("Blog: pubsub.example.org the news", ("pubsub.example.org", "the news")),
        ("Blog:", ("", "")),
    ):
        written = read(f"{line}\n\ntext", Draft(service="x.example", node="y"), OWN)
        assert (written.service, written.node) == at


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Tittle: a", 'line 2: "Tittle" is none of Title, Tags, Comments, File, Blog'),
        ("no line of a head", 'line 2: "no line of a head" is none of'),
        ("Comments: maybe", 'line 2: Comments: "maybe" is neither on nor off'),
        ("Text: latex", 'line 2: Text: "latex" is neither markdown nor plain'),
    ],
)
def test_a_line_that_is_not_understood_is_told_and_stays_in_the_text(line, why):
    written = read(f"Title: a\n{line}\nTags: b\n\ntext", Draft(), OWN)
    (problem,) = written.problems
    assert problem.startswith(why)
    assert written.entry == {"title": "a", "tags": ["b"], "markdown": f"{line}\n\ntext"}


def test_all_that_is_wrong_is_told_at_once_and_by_its_line():
    written = read("Tittle: a\nTags: b\nCommments: x\nText: y\nTags: c\n\ntext", Draft(), OWN)
    assert [each.partition(":")[0] for each in written.problems] == [
        "line 1", "line 3", "line 4", "line 5",
    ]  # fmt: skip
    one, two, _, twice = written.problems
    assert ("is it Title?" in one, "is it Comments?" in two) == (True, True)
    assert twice == "line 5: Tags: it stands in line 2 already: only one of them can be"
    assert written.entry["tags"] == ["b"]
    assert written.entry["markdown"] == "Tittle: a\nCommments: x\nText: y\nTags: c\n\ntext"


def test_a_text_that_begins_in_the_head_is_one_mistake_and_how_to_mend_it_is_told():
    text = "Title: a\nOnce: upon a time\nthere was\nan end\n\nand more"
    written = read(text, Draft(), OWN)
    (problem,) = written.problems
    assert problem.startswith('lines 2 to 4: "Once" is none of Title, Tags')
    assert problem.endswith("a blank line ends the head, before what the post says")
    assert written.entry["markdown"] == "Once: upon a time\nthere was\nan end\n\nand more"
    mended = read(text.replace("Once", "\nOnce"), Draft(), OWN)
    assert (mended.problems, mended.entry["markdown"]) == ((), written.entry["markdown"])


def test_a_post_that_is_published_stays_in_its_blog():
    written = read("Title: a\nBlog: x.example\n\ntext", Draft(entry={"id": "1"}), OWN)
    assert written.problems == ("line 2: Blog: a post stays in the blog where it is",)
    assert written.service == ""


@pytest.mark.parametrize("text", ["", "\n \n", "Title:\nTags: a\n\n \n"])
def test_what_says_nothing_is_empty(text):
    assert read(text, Draft(), OWN).is_empty


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_nothing_at_all_says_nothing_whatever_the_draft_had(text):
    assert read(text, Draft(entry={"title": "a", "markdown": "b", "files": ["/c"]}), OWN).is_empty
