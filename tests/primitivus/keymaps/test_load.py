"""The user's keymap files, and what is said of wrong ones."""

import pytest

from primitivus.commands.all import registry
from primitivus.commands.command import command
from primitivus.commands.registry import Registry
from primitivus.keymaps.checks import load_keymap
from primitivus.keymaps.contexts import ONCE, TABLES
from primitivus.keymaps.load import keymap_names
from primitivus.keymaps.reference import keys_markdown
from tests.primitivus.commands.sample import REGISTRY


def load(tmp_path, text, name="own"):
    """Return the bindings of a keymap by table and key, and what is wrong, by line."""
    (tmp_path / f"{name}.toml").write_text(text)
    keymap, problems = load_keymap(name, REGISTRY, tmp_path)
    assert all(p.path == tmp_path / f"{name}.toml" for p in problems)
    bound = {f"{b.context} {b.keys}": b.line for b in keymap}
    return bound, [(p.line, p.sentence) for p in problems]


class Everything(Registry):
    """Knows every command line, so that shipped keymaps load without the program's commands."""

    def parse(self, line, *contexts):
        return REGISTRY.parse("quit")


EVERYTHING = Everything([])


def merged(tmp_path, text, name="vi"):
    (tmp_path / f"{name}.toml").write_text(text)
    return load_keymap(name, EVERYTHING, tmp_path)


def alone(text):
    return 'base = "none"\n' + text


def test_keys_run_command_lines(tmp_path):
    text = alone('[global]\n"C-x" = "quit"\n[normal.messages]\n"j" = "line-down 2"\n')
    assert load(tmp_path, text) == (
        {"global C-x": "quit", "normal.messages j": "line-down 2"},
        [],
    )


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (
            '[global]\n"C-x" = "qiut"',
            3,
            '"C-x": there is no command "qiut"; did you mean "quit"?',
        ),
        ('[global]\n"C-x" = "quit now"', 3, '"C-x": "quit" takes no arguments'),
        ('[global]\n"C-x" = "line-down"', 3, '"C-x": "line-down" works only in: messages'),
        ('[global]\n"C-x" = 3', 3, '"C-x": a key is bound to a command line, in quotes'),
        (
            '[global]\n"Foo" = "quit"',
            3,
            '"Foo": isn\'t a key; keys are written like C-x, M-Up, S-Tab, F2, Space, g',
        ),
        (
            '[global]\n"Tab" = "quit"\n"C-i" = "help"',
            4,
            '"C-i" is bound in this table already, in line 3',
        ),
        ('[golbal]\n"C-x" = "quit"', 2, 'unknown table "golbal"; did you mean "global"?'),
        (
            '[normal.mesages]\n"x" = "quit"',
            2,
            'unknown table "normal.mesages"; did you mean "normal.messages"?',
        ),
        (
            '[bookmarks]\n"x" = "quit"',
            2,
            'there is no table "bookmarks" any more; its keys go into "normal.rooms"',
        ),
        (
            '[wrong]\n"x" = "quit"',
            2,
            f'unknown table "wrong"; there are {", ".join(TABLES)}',
        ),
        ("modla = true", 2, 'unknown key "modla"; did you mean "modal"?'),
        ('modal = "yes"', 2, "modal has to be true or false"),
        ("description = 3", 2, "description has to be a text in quotes"),
        (
            '[insert]\n"M-x" = "quit"',
            3,
            '"M-x" is Esc and a key here: with modes, Esc always leaves',
        ),
        ('[insert]\n"Esc" = "quit"', 3, "with modes, Esc always leaves here"),
        (
            '[normal]\n"g" = "quit"\n"g g" = "help"',
            4,
            '"g g" can\'t be typed, as "g" is bound (own.toml:3)',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_works(tmp_path, text, line, sentence):
    # The binding that works stands before a table header, or where a header key may not follow.
    good = '\n[overlay]\n"q" = "quit"\n'
    bound, problems = load(tmp_path, alone(text + good))
    assert problems == [(line, sentence)]
    assert bound["overlay q"] == "quit"


def test_what_tables_are_called_now_is_told_of_those_that_were_once():
    assert set(ONCE).isdisjoint(TABLES)
    assert set(ONCE.values()) <= set(TABLES)


def test_a_file_that_is_no_toml_is_left_out_whole(tmp_path):
    keymap, (problem,) = merged(tmp_path, '[global]\n"F9" = "quit"\n"C-x" quit\n')
    said = f"{tmp_path}/vi.toml:3: the file is left out: this isn't valid TOML"
    assert str(problem).startswith(said)
    assert not keymap.keys_for("quit", "global")


def test_a_file_that_is_not_utf_8_is_left_out_whole(tmp_path):
    path = tmp_path / "vi.toml"
    path.write_bytes(b'[global]\n"\xff" = "quit"\n')
    _, problems = load_keymap("vi", EVERYTHING, tmp_path)
    assert [(p.path, p.sentence) for p in problems] == [
        (path, "the file is left out: this is not UTF-8")
    ]


def test_a_file_of_the_same_name_changes_single_keys(tmp_path):
    shipped, _ = load_keymap("vi", EVERYTHING, tmp_path)
    keymap, problems = merged(tmp_path, '[global]\n"F9" = "quit"\n[normal]\n"Z Z" = "help"\n')
    assert problems == []
    assert keymap.table("global")[("f9",)].line == "quit"
    assert keymap.table("normal")["Z", "Z"].line == "help"
    assert len(keymap.bindings) == len(shipped.bindings) + 1
    assert (keymap.modal, keymap.counts) == (True, True)


def test_an_empty_line_takes_a_key_away(tmp_path):
    keymap, problems = merged(tmp_path, '[normal]\n"Z Z" = ""\n')
    assert problems == []
    assert ("Z", "Z") not in keymap.table("normal")


def test_a_shipped_prefix_can_be_freed_for_a_sequence(tmp_path):
    keymap, problems = merged(tmp_path, '[normal]\n"j" = ""\n"j j" = "help"\n')
    assert problems == []
    assert keymap.table("normal")["j", "j"].line == "help"


def test_a_key_that_hides_shipped_sequences_is_told_at_its_own_line(tmp_path):
    keymap, problems = merged(tmp_path, '[normal]\n"Z" = "help"\n')
    assert [(p.path, p.line, p.sentence) for p in problems] == [
        (tmp_path / "vi.toml", 2, '"Z" hides "Z Z", which is bound too')
    ]
    assert keymap.table("normal")[("Z",)].line == "help"


def test_a_keymap_of_another_name_is_over_the_default_or_its_base(tmp_path):
    default, _ = merged(tmp_path, '[global]\n"F9" = "quit"\n', "mine")
    assert default.keys_for("mode insert below") == ("o",)
    emacs, _ = merged(tmp_path, 'base = "emacs"\n[global]\n"F9" = "quit"\n', "mine")
    assert not emacs.modal
    assert emacs.name == "mine"
    wrong, problems = merged(tmp_path, 'base = "emcas"\n', "mine")
    assert wrong.modal
    assert [p.sentence for p in problems] == [
        'unknown base "emcas"; did you mean "emacs"? (primitivus is used)'
    ]


def test_a_keymap_that_is_nowhere_gives_the_default_one(tmp_path):
    keymap, problems = load_keymap("vim", EVERYTHING, tmp_path)
    assert keymap.name == "primitivus"
    assert [p.sentence for p in problems] == [
        'unknown keymap "vim"; did you mean "vi"? (primitivus is used)'
    ]


def test_all_keymaps_are_known_by_name(tmp_path):
    (tmp_path / "mine.toml").touch()
    (tmp_path / "vi.toml").touch()
    assert keymap_names(tmp_path) == ("primitivus", "vi", "emacs", "mine")


def test_the_users_folder_is_where_xdg_says(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "primitivus" / "keymaps"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('base = "none"\n[global]\n"F9" = "quit"\n')
    keymap, problems = load_keymap("mine", REGISTRY)
    assert problems == []
    assert keymap.keys_for("quit") == ("F9",)


def test_an_argument_keeps_its_last_blank(tmp_path):
    @command("prompt", context="contacts")
    async def prompt(ctx, line: str) -> None:
        """Begin a command line."""

    (tmp_path / "own.toml").write_text(alone('[normal.contacts]\n"r" = "prompt rename "\n'))
    keymap, problems = load_keymap("own", Registry([prompt]), tmp_path)
    assert (problems, keymap.bindings[0].line) == ([], "prompt rename ")


def test_a_key_for_ctrl_j_leaves_enter_as_it_was(tmp_path):
    keymap, problems = merged(tmp_path, '[insert]\n"C-j" = "complete"\n')
    assert problems == []
    assert keymap.table("insert")[("ctrl j",)].line == "complete"
    assert keymap.table("insert")[("enter",)].line == "send"


def test_the_example_of_the_documentation_works(tmp_path):
    example = keys_markdown().partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "own.toml").write_text(example)
    keymap, problems = load_keymap("own", registry(), tmp_path)
    assert problems == []
    vi, _ = load_keymap("vi", registry(), tmp_path)
    for table in ("insert", "command", "dialog", "normal.input"):
        assert keymap.table(table) == vi.table(table)
    assert keymap.table("normal.messages")[("ctrl j",)].line == "line-down 5"
