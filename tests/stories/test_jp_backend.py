"""`jp backend`: the backend itself, from a shell."""

import re


async def test_it_tells_its_version_and_when_it_is_quiet(jp):
    found = (await jp.ok("backend", "show", "--json")).record
    assert found["Version"]
    assert (await jp.ok("backend", "configuration", "--json")).record["file"]
    assert (await jp.ok("backend", "quiet-time")).output == "none\n"
    await jp.ok("backend", "quiet-time", "22", "7")
    assert (await jp.ok("backend", "quiet-time")).output == "22 to 7\n"
    assert re.search(r"^QuietTime +22 to 7$", (await jp.ok("backend", "show")).output, re.MULTILINE)
    assert (await jp.ok("backend", "quiet-time", "--json")).record["QuietTime"] == [22, 7]
    for words in (("24", "1"), ("1",), ("3", "3"), ("1", "2", "--off"), ("-1", "2")):
        assert (await jp("backend", "quiet-time", *words)).code == 2, words
    await jp.ok("backend", "quiet-time", "--off")
    assert (await jp.ok("backend", "quiet-time")).output == "none\n"
