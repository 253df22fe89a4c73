"""What a shell completes: the words of `jp`, and what the backend knows, while one types."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

SHELLS = Path(__file__).parents[2] / "jp" / "shells"
# What bash does at Tab: it sets these, and calls the function.
_AT_TAB = """
source "$1"
python=$2
jp() { "$python" -m jp "$@"; }
COMP_LINE=$3 COMP_POINT=${#3}
read -ra COMP_WORDS <<<"$3"
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_jp 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def at_tab(jp):
    """Call it with a begun line to have what bash offers there."""

    async def complete(line):
        process = await asyncio.create_subprocess_exec(
            *("bash", "-c", _AT_TAB, "bash", str(SHELLS / "jp.bash"), sys.executable, line),
            stdout=-1,
            env=jp.env,
            cwd=jp.directory,
        )
        output, _ = await process.communicate()
        return output.decode().split()

    return complete


async def test_words_of_the_program_are_completed_without_a_backend(at_tab, jp, backend):
    await backend.stop()
    assert {"message", "profile", "watch", "call"} <= set(await at_tab("jp "))
    assert await at_tab("jp mess") == ["message"]
    assert await at_tab("jp message se") == ["send", "search"]
    assert await at_tab("jp message send bob@example.org hi --rep") == ["--reply-to"]
    assert await at_tab("jp message send b") == []


async def test_profiles_and_contacts_are_those_there_are(at_tab, jp, server, user):
    await user(server, "alice")
    await jp.ok("call", "Roster.Set", server.jid("bob"), "Bob", "[]")
    assert await at_tab("jp -p al") == ["alice"]
    assert await at_tab("jp message send bo") == [server.jid("bob")]
    # Bash takes what is behind the @ for a word of its own.
    assert await at_tab("jp message send bob@") == [server.jid("bob").partition("@")[2]]


async def test_files_are_completed_where_one_belongs(at_tab, jp):
    (jp.directory / "authority.pem").touch()
    assert await at_tab("jp profile set --ca-file autho") == ["authority.pem"]


_FILES = [("bash", "jp.bash"), ("zsh", "_jp"), ("fish", "jp.fish")]


@pytest.mark.parametrize(("shell", "file"), _FILES)
async def test_each_shell_can_read_its_completion(shell, file):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    process = await asyncio.create_subprocess_exec(shell, "-n", str(SHELLS / file))
    assert await process.wait() == 0


_FISH = """
source $argv[1]
function jp; $python -m jp $argv; end
complete -C $argv[3]
"""
# A zsh in a terminal of its own, as a person has it: what stands in the line after Tab is printed.
_ZSH = """
zmodload zsh/zpty
zpty shell 'zsh -f -i'
zpty -w shell "PS1= fpath=(${(q)1:h} \\$fpath)"
zpty -w shell "jp() { ${(q)2} -m jp \\"\\$@\\"; }"
zpty -w shell 'autoload -U compinit; compinit -u -D'
zpty -w shell 'line() { print -r -- "LINE<$BUFFER>"; }; zle -N line; bindkey "^G" line'
zpty -w shell 'echo READ""Y'
zpty -r -m shell said '*READY*'
zpty -w -n shell "$3"$'\\t\\a'
zpty -r -m shell said '*LINE<*>*'
print -r -- "${${said##*LINE<}%%>*}"
zpty -d shell
"""


async def _said(jp, *words):
    process = await asyncio.create_subprocess_exec(
        *words, stdout=-1, env={**jp.env, "python": sys.executable}, cwd=jp.directory
    )
    output, _ = await process.communicate()
    return output.decode()


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
async def test_fish_completes_words_keys_and_files(jp, backend):
    (jp.directory / "authority.pem").touch()

    async def at_tab(line):
        words = ("fish", "-N", "-c", _FISH, str(SHELLS / "jp.fish"), "-", line)
        said = await _said(jp, *words)
        return [each.partition("\t")[0] for each in said.splitlines() if each]

    assert await at_tab("jp mess") == ["message"]
    assert await at_tab("jp message send b --rep") == ["--reply-to"]
    assert await at_tab("jp message list b --fields id,bo") == ["id,body"]
    assert await at_tab("jp message list b --template roster") == ["roster.vcf"]
    assert await at_tab("jp profile set --ca-file autho") == ["authority.pem"]
    assert await at_tab("jp profile set --ca-file=autho") == ["--ca-file=authority.pem"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(
    ("begun", "line"),
    [
        ("jp mess", "jp message "),
        ("jp message send b --rep", "jp message send b --reply-to "),
        ("jp message list b --template roster", "jp message list b --template roster.vcf "),
        ("jp profile set --ca-file autho", "jp profile set --ca-file authority.pem "),
        ("jp profile set --ca-file=autho", "jp profile set --ca-file=authority.pem "),
    ],
)
async def test_zsh_completes_words_and_files(jp, begun, line):
    (jp.directory / "authority.pem").touch()
    words = ("zsh", "-f", "-c", _ZSH, "zsh", str(SHELLS / "_jp"), sys.executable, begun)
    assert (await _said(jp, *words)).strip("\n") == line
