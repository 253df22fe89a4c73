"""What people read passes `tr` or `ntr`, in whole sentences: a rule over the code of the UI."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from primitivus.commands.all import registry
from primitivus.themes.styles import STYLES
from tests.primitivus.fillings import Code
from tools.docs.sentences import TABLES, TAKERS

ROOT = Path(__file__).parents[2] / "primitivus"
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
COMMANDS = {name for command in registry() for name in command.names}
# Where words are not for people, and why.
APART = {
    "sentences.py": "is what translates",
    "commands/help/reference.py": "makes pages of docs/, which are English",
    "keymaps/reference.py": "makes pages of docs/, which are English",
    "keymaps/sequences.py": "keys as urwid calls them",
    "model/screen/directions.py": "ranges of characters",
    "model/wording/emojis.py": "names of emojis, which are typed",
    "model/wording/written.py": "English names, beside the translated ones",
    "pictures/confinement.py": "what goes between two processes",
    "pictures/decoder.py": "what goes between two processes",
    "pictures/encodings.py": "what goes between two processes",
    "themes/colours.py": "colours as theme files have them",
    "themes/looks.py": "colours as theme files have them",
    "themes/rgb.py": "colours as theme files have them",
    "themes/styles.py": "makes a page of docs/, which is English",
    "themes/terminfo.py": "is told to the log",
    "widgets/drawing/palette.py": "names of styles",
    "widgets/terminal/": "what terminals and urwid say to each other",
}
# Calls whose texts are for logs and for who writes the program.
TECHNICAL = re.compile(
    r"(^|\.)log\.\w+$|(^|\.)start$|Thread$|^(Type|Lookup|Runtime|Attribute)Error$|^cast$"
    r"|\.(startswith|endswith|removeprefix|removesuffix|split|partition|get|strftime|append_line)$"
    r"|^re\.\w+$|key_for$|keys_for$|run_line$|^Lead$|^scene$"
)
# Arguments whose texts are command lines, or words for the program.
WORDS = {"about", "aliases", "line", "purpose", "run", "yes", "no"}
# What no person reads as a sentence, by why.
ALLOWED = {
    "the name of the program": {
        "primitivus \0", "primitivus: \0", "primitivus: \0\n", "\0primitivus \0",
    },
    "names of keys and of what terminals tell": {
        "any character", "background colour", "ctrl _", "ctrl c", "ctrl g", "meta enter",
        "page down", "page up", "right press", "shift tab", "window resize",
    },
    "told to the log": {" at \0:\0", "how wide panes are", "where you were"},
    "told to who writes the program": {"no avatar", "two commands are called \0"},
    "words by which something is found again": {
        "backend \0 \0", "discussion \0", "failed posts", "found elsewhere", "head of a draft",
        "likes \0", "message \0", "outbox \0", "posts \0 \0", "refused key", "request \0",
        "room \0", "transfer \0", "warning \0 \0", "\0 of \0",
    },
    "command lines": {
        "cat -- \0", "join {bare} {resource} {password}", "new profile", "scp \0:\0 .",
        "ssh \0 \0 > \0",
    },
    "the head of a draft, which is read again": {
        "Blog: \0 \0", "Comments: \0", "File: \0", "Tags: \0", "Text: plain", "Title: \0",
        "on its way",
    },
    "the name of a style": {"\0 on popup"},
}  # fmt: skip

# Signs of numbers, which `model/wording/written.py` has from the catalogue.
SIGNS = {",", "."}
# What says how many there are of something.
COUNTS = {
    "count", "failed", "hidden", "many", "more", "number", "occupants", "times", "unread",
    "unsaved", "waiting", "warnings",
}  # fmt: skip
# A number that nothing in the sentence goes by: of one thing, or behind a label.
NUMBERS = {
    "commands/messages/links.py": {"number"},
    "commands/accounts/profile.py": {"number"},
    "commands/accounts/warnings.py": {"count"},
    "model/popups/form_fields.py": {"many"},
    "model/search/matches.py": {"many"},
    "model/panes/home.py": {"many"},
    "model/panes/log.py": {"all", "many"},
    "model/panes/rooms.py": {"many"},
    "model/panes/search.py": {"many"},
    "model/blogs/post_text.py": {"first", "last", "number"},
    "widgets/lists/occupant_list.py": {"count"},
    "widgets/popups/picture_popup.py": {"many"},
    "widgets/status.py": {"warnings"},
}
# What is shown of what is called so: by which places of its arguments. Fields and answers have a
# name for the program first.
SHOWN = {
    "Answer": (1,), "Banner": (0,), "Button": (1,), "CommandError": (0,), "Dialog": (0, 1),
    "Field": (1, 2), "Listing": (0,), "NothingFound": (0,), "Overlay": (0,), "answer": (0,),
    "clip": (0,), "complain": (0,), "confirm": (1, 2), "hint": (0,), "mention": (0,), "say": (0,),
    "single_line": (0,), "wrap_runs": (0,),
}  # fmt: skip
# And by which names.
NAMED = {"besides", "button", "hint", "label", "news", "text", "title"}
# Words that are shown and are the same in each language.
NAMES = {
    ":cancel": "a command, which is typed",
    "black": "of a colour",
    "input": "of a place of the screen, by which it is called otherwise",
    "primitivus": "the name of the program",
}


def literal(node):
    """Return the text of a literal, with a sign for each field; None for what is none."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(v.value if isinstance(v, ast.Constant) else "\0" for v in values)
    return None


def is_sentence(text):
    """Return whether a text is more than a word, and no command line."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    is_line = text.lstrip(":/").split(" ")[0] in COMMANDS and len(words) <= 3
    return bool(words) and " " in text.strip() and not is_line and not text.startswith("%")


def called(func):
    """Return the name of what is called, with dots; of what is called by no name the last of it."""
    match func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{called(value)}.{name}"
    return ""


def is_apart(node, module):
    """Return whether nothing below a node is for people, or is marked by something else."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.MatchValue():
            return True
        case ast.Call(func=func):
            name = called(func)
            return name == "setting" or TECHNICAL.search(name) is not None
        case ast.keyword(arg=name):
            return name in WORDS
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return (module, name) in TABLES
    return False


def below(node):
    """Yield the nodes below one that may hold sentences which nothing has marked."""
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in TAKERS:
            yield from keywords
        case ast.JoinedStr(values=values):
            yield from (each.value for each in values if isinstance(each, ast.FormattedValue))
        case ast.Dict(values=values):
            yield from values
        case ast.Subscript(value=value):
            yield value
        case _:
            for name, value in ast.iter_fields(node):
                if name not in ("annotation", "returns"):
                    held = value if isinstance(value, list) else [value]
                    yield from (each for each in held if isinstance(each, ast.AST))


def unmarked(node, module):
    """Yield the sentences that nothing translates, each with its line."""
    text = literal(node)
    if text is not None and is_sentence(text):
        yield node.lineno, text
    if not is_apart(node, module):
        for each in below(node):
            yield from unmarked(each, module)


def chosen(node):
    """Yield what an expression may be: each way that it has."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            yield from (*chosen(body), *chosen(other))
        case ast.BoolOp(values=values):
            for each in values:
                yield from chosen(each)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (*chosen(left), *chosen(right))
        case _:
            yield node


def shown(node):
    """Yield the expressions that are texts on the screen, by where they stand."""
    match node:
        case ast.Tuple(elts=[ast.Constant(value=style), text, *_]) if style in STYLES:
            yield text
        case ast.Call(func=func, args=args, keywords=keywords):
            name = called(func).rpartition(".")[2]
            if name == "confirm" and len(args) < 3:  # of a setting, by its name
                return
            yield from (args[place] for place in SHOWN.get(name, ()) if place < len(args))
            is_filled = name in TAKERS
            yield from (each.value for each in keywords if is_filled or each.arg in NAMED)


def read(module):
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def calls(module):
    """Yield the calls in a module that take sentences."""
    for node in ast.walk(read(module)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in TAKERS:
                yield node, name


# What takes the forms of what is counted.
COUNTING = ("ntr", "cntr")


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_is_marked():
    allowed = set().union(*ALLOWED.values())
    found = [
        f"{module}:{line}: {text!r}"
        for module in MODULES
        if not any(
            module == each or (each[-1] == "/" and module.startswith(each)) for each in APART
        )
        for line, text in unmarked(read(module), module)
        if text not in allowed
    ]
    assert found == []


def test_single_words_are_marked_where_they_are_shown():
    found = [
        f"{module}:{node.lineno}: {text!r}"
        for module in MODULES
        if not module.endswith("reference.py")  # makes pages of docs/, which are English
        for node in ast.walk(read(module))
        for place in shown(node)
        for text in map(literal, chosen(place))
        if text and re.search("[A-Za-z]{2}", text) and " " not in text
        if text not in {*NAMES, *STYLES}
    ]
    assert found == []


def test_a_sentence_is_written_where_it_is_said_and_given_what_it_is_about():
    wrong = []
    for module in MODULES:
        for call, name in calls(module):
            number, has_context = TAKERS[name]
            texts = call.args[has_context : has_context + number]
            given = {each.arg for each in call.keywords}
            if not all(isinstance(each, ast.Constant) for each in texts):
                wrong.append(f"{module}:{call.lineno}: {ast.unparse(call)} has no plain texts")
            elif given and None not in given:  # which is a mapping
                wanted = set().union(*(fields(each.value) for each in texts))
                if wanted - ({"n"} if name in COUNTING else set()) != given:
                    wrong.append(f"{module}:{call.lineno}: {ast.unparse(call)}")
    assert wrong == []


def test_no_sentence_is_made_to_be_put_behind_another_or_before_one():
    # A comma, a blank or a bracket that is alone says that there is to be something on that side.
    found = [
        f"{module}:{call.lineno}: {text!r}"
        for module in MODULES
        for call, name in calls(module)
        for text in map(literal, call.args[TAKERS[name][1] :][: TAKERS[name][0]])
        if text not in SIGNS
        if re.search(r"^(?!:[a-z{])[\s,;.:?!)\]]|[\s,;(\[]$", text.removesuffix("\n"))
    ]
    assert found == []


def test_no_two_sentences_are_added_to_each_other():
    # `joined` puts them beside each other, by a sentence of its own.
    found = [
        f"{module}:{node.lineno}: {ast.unparse(node)}"
        for module in MODULES
        for node in ast.walk(read(module))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
        if sum(map(is_said, (node.left, node.right))) == 2
    ]
    assert found == []


def is_said(node):
    """Return whether an expression may be a sentence as it is marked."""
    return any(isinstance(each, ast.Call) and called(each.func) in TAKERS for each in chosen(node))


# What stands in several places without a noun, and is about the same in all of them.
ALIKE = {
    "{n} here": "people in a room",
}


def test_what_is_counted_says_of_what_or_is_said_in_one_place_alone():
    # Some languages have "unread" otherwise for messages than for posts: `cntr` tells them apart.
    places = {}
    for module in MODULES:
        for call, name in calls(module):
            one, several = (*map(literal, call.args[:2]), "")[:2]
            if name == "ntr" and one == several:
                places.setdefault(one, []).append(f"{module}:{call.lineno}")
    found = {text: said for text, said in places.items() if len(said) > 1 and text not in ALIKE}
    assert found == {}


def test_what_is_counted_has_a_form_for_each_number():
    # Languages that have the same form for 2 and for 5, as English does, are not all.
    found = [
        f"{module}:{call.lineno}: {each.arg} of {literal(call.args[-1])!r}"
        for module in MODULES
        for call, name in calls(module)
        if name not in COUNTING
        for each in call.keywords
        if is_number(each.value)
        if each.arg not in NUMBERS.get(module, ())
    ]
    assert found == []


def is_number(node):
    """Return whether an expression is how many there are of something, as far as it shows."""
    match node:
        case ast.Call(func=ast.Name(id="len" | "sum")):
            return True
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return is_number(left) or is_number(right)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in COUNTS
    return False


def test_no_sentence_is_put_together_from_parts():
    # A part that is translated by itself has no case, gender or place that fits the whole.
    found = [
        f"{each.place}: {{{each.field}}} of {each.sentence!r} is no whole of its own"
        for each in sorted(Code.below(ROOT).wrong)
    ]
    assert found == []


@pytest.mark.parametrize(
    "way",
    [
        'said = tr("your blog")\n    return tr("{name} is new", name=said)',
        'return tr("{name} is new", name=name or tr("a blog"))',
        'return tr("{name} is new", name=_noun())',
        'return _new(name=tr("a blog"))',
        'return tr("{name} is new", name=listed([tr("a blog"), name]))',
        'return tr("{name} is new", name=", ".join(_noun() for each in name))',
        'return ntr("{n} in {name}", "{n} in {name}", 2, name=quote(_noun()))',
        'return tr("{name} is new{more}", name=name, more=tr("; more"))',
    ],
)
def test_a_part_is_found_whichever_way_it_comes(way):
    assert [each.field for each in _in_a_module(way)] in (["name"], ["more"])


@pytest.mark.parametrize(
    "way",
    [
        'return tr(\'"{name}" is new\', name=tr("your blog"))',
        'return tr("{name}: it is new; {more}", name=_noun(), more=tr("more is there"))',
        'return tr("it is new ({name})", name=_noun())',
        'return tr("{name} is new", name=listed([name, quote(name)]))',
        'return tr("{name} is new", name=quote(name))',
        'return _quoted(name=tr("a blog"))',
    ],
)
def test_a_name_or_what_stands_apart_is_no_part(way):
    assert _in_a_module(way) == set()


def _in_a_module(way):
    """Return what is wrong in a module with a function that does this."""
    source = f"""
def quote(text):
    return text if "a" in text else f'"{{text}}"'

def listed(names):
    return tr("{{names}} and {{last}}", names=names[0], last=names[1])

def _noun():
    return tr("a noun")

def _new(name):
    return tr("{{name}} is new", name=name)

def _quoted(name):
    return tr('"{{name}}" is new', name=name)

def told(name):
    {way}
"""
    return Code({"module": ast.parse(source)}).wrong


def test_nothing_is_filled_in_but_where_its_fields_were_looked_at():
    # A translation may have other fields than the sentence: only sentences.py knows.
    users = {
        module
        for module in MODULES
        if ".format(" in (ROOT / module).read_text(encoding="utf-8") and module != "sentences.py"
    }
    assert users == {"model/questions/asked.py"}  # a command line


def test_times_and_sizes_are_written_in_one_place():
    otherwise = re.compile(r"\bsizes\.shown\(|(?<!\w)(?:\w+\.)strftime\(|:,\}")
    users = {
        module
        for module in MODULES
        if otherwise.search((ROOT / module).read_text(encoding="utf-8"))
    }
    assert users == {
        "model/wording/written.py",
        "commands/files/pasting.py",  # the name of a file
    }
