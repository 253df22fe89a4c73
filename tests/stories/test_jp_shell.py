"""`jp` in a shell: what is closed, who stops reading, and what a terminal shows."""

import asyncio
import itertools
import sys

import pytest


@pytest.fixture
def shell(jp):
    """Call it with a line of a shell, in which `$0` is jp's Python, for how it ended."""

    async def run(line):
        process = await asyncio.create_subprocess_exec(
            *("bash", "-c", line, sys.executable),
            stdout=-1,
            stderr=-1,
            env=jp.env,
            cwd=jp.directory,
        )
        output, errors = await process.communicate()
        assert b"Traceback" not in errors, errors
        assert b"Exception ignored" not in errors, errors
        return process.returncode, output.decode(), errors.decode()

    return run


async def test_what_can_not_be_printed_is_an_error(shell, jp, server, user):
    await user(server, "alice")
    code, _, errors = await shell('"$0" -m jp profile list >&-')
    assert (code, "can't be printed" in errors) == (1, True)
    code, _, errors = await shell('"$0" -m jp profile list >/dev/full')
    assert (code, "No space left" in errors) == (1, True)
    # Who prints nothing needs nothing to print to.
    assert await shell('"$0" -m jp roster list >&-') == (0, "", "")
    code, output, _ = await shell('"$0" -m jp profile connect nobody 2>&-')
    assert (code, output) == (1, "")


async def test_whatever_is_closed_it_ends_with_a_code_and_nothing_goes_astray(shell):
    closed = ("<&-", ">&-", "2>&-")
    for number in range(4):
        for some in itertools.combinations(closed, number):
            said = " ".join(some)
            code, output, _ = await shell(f'"$0" -m jp profile default nobody {said}')
            assert (code, output) == (1, ""), said
            code, _, _ = await shell(f'"$0" -m jp --version {said}')
            assert code == (1 if ">&-" in some else 0), said


async def test_who_has_seen_enough_ends_it_quietly_as_sigpipe_does(shell):
    line = '"$0" -m jp --help | true; echo ${PIPESTATUS[0]}'
    # Whether there is anybody when it prints is a matter of which is faster.
    assert await shell(f"(sleep 1; {line.partition('|')[0]}; echo $? >&2) | true") == (
        *(0, "", "141\n"),
    )


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TERM": None},
        {"TERM": "dumb"},
        {"HOME": None},
        {"XDG_CONFIG_HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere"},
        {"COLUMNS": "0"},
        {"COLUMNS": "many"},
    ],
    ids=str,
)
async def test_in_any_environment_it_says_what_it_has_to(shell, jp, server, user, env):
    await user(server, "alice")
    await jp.ok("roster", "add", server.jid("bob"), "--name", "Böb 好 🙂")
    jp.env = {**jp.env, **{k: v for k, v in env.items() if v is not None}}
    for name in (name for name, value in env.items() if value is None):
        jp.env.pop(name, None)
    for words in (
        "roster list",
        "roster list --json",
        "--help",
        "roster list --template roster.vcf",
    ):
        code, output, errors = await shell_bytes(jp, words)
        assert (code, errors) == (0, b""), words
        assert output
    code, _, errors = await shell_bytes(jp, "roster remove 好@example.org")
    assert code == 1
    assert b"is no contact" in errors


async def shell_bytes(jp, words):
    """Return how jp ends with words, its output as bytes."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "jp", *words.split()), stdout=-1, stderr=-1, env=jp.env
    )
    output, errors = await process.communicate()
    return process.returncode, output, errors


@pytest.mark.parametrize("word", [b"\xff\xfe", b"a\xc3", b"\x1b[2J", b"\xf0\x9f\x99\x82" * 20_000])
async def test_any_bytes_may_stand_in_a_line(jp, word):
    for words in ([word], [b"message", b"list", word], [b"message", b"send", b"a@b", word, b"--x"]):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "jp", *words), stdout=-1, stderr=-1, env=jp.env
        )
        output, errors = await process.communicate()
        assert process.returncode in (1, 2)
        assert output == b""
        assert b"Traceback" not in errors
        assert b"\x1b" not in errors


async def test_a_terminal_is_told_that_there_is_nothing_and_a_pipe_is_not(jp, server, user):
    await user(server, "alice")
    assert (await jp.ok("roster", "list")).output == ""
    async with await jp.in_terminal("roster", "list") as terminal:
        await terminal.wait_for("no contacts")
        assert await terminal.wait_exit() == 0


async def test_a_terminal_of_any_width_shows_tables_that_fit(jp, server, user):
    await user(server, "alice")
    await jp.ok("roster", "add", server.jid("benvolio"), "--name", "Benvolio Montague")
    for columns in (20, 39, 80):
        async with await jp.in_terminal("roster", "list", columns=columns) as terminal:
            await terminal.wait_for("Benvolio")
            assert await terminal.wait_exit() == 0
