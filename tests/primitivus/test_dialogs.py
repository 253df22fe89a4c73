"""Every question and dialog that the code asks is drawn whole, however few have a scene."""

import ast
import re
from pathlib import Path

import pytest

import primitivus
from primitivus.model.popups.key_question import Answer, KeyQuestion, question, sure
from primitivus.model.popups.popup import Dialog, Field

ROOT = Path(primitivus.__file__).parent
# What asks: how it is made of what stands in the code. `confirm` is given the context first.
ASKS = {
    "Dialog": lambda *given, **named: Dialog(*given, **named),
    "confirm": lambda _, *given, **named: sure(*given, **named),
    "question": lambda *given, **named: question(*given, **named),
}
# Where a call of such a name is another function, or passes on what it was given.
APART = {
    "commands/panes/mouse.py",
    "commands/settings/settings.py",
    "commands/settings/themes.py",
    "commands/settings/toggles.py",
}
APART |= {"commands/asking/forms.py", "model/popups/key_question.py"}
TYPES = {"Field": Field, "Answer": Answer}
SIZES = ((80, 24), (60, 16), (40, 12))
SOMETHING = "Juliet"


def read(node, assigned):
    """Return the value of an expression, with something where only the program knows it."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Call(
            func=ast.Name(id="tr" | "ntr" | "cntr"), args=[*_, ast.Constant(value=str(text))]
        ):
            return re.sub(r"\{[^{}]*\}", SOMETHING, text)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in TYPES:
            named = {each.arg: read(each.value, assigned) for each in keywords}
            return TYPES[name](*(read(each, assigned) for each in args), **named)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return tuple(read(each, assigned) for each in items)
        case ast.IfExp(body=body):
            return read(body, assigned)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return f"{read(left, assigned)}{read(right, assigned)}"
        case ast.Name(id=name) if name in assigned:
            # Not again by itself: `text = text + more` says what it adds.
            rest = {key: value for key, value in assigned.items() if key != name}
            return read(assigned[name], rest)
    return SOMETHING


def asked():
    """Yield each that the code asks: where that is, what it is made with, and of what."""
    for path in sorted(ROOT.rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        if module in APART:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        scopes = (each for each in ast.walk(tree) if isinstance(each, SCOPES))
        for scope in scopes:
            assigned = {**constants(tree), **constants(scope)}
            for node in ast.walk(scope):
                match node:
                    case ast.Call(func=ast.Name(id=name)) if name in ASKS:
                        yield f"{module}:{node.lineno}", name, node, assigned


SCOPES = ast.FunctionDef | ast.AsyncFunctionDef


def constants(scope):
    """Return what names are assigned in a scope, by name."""
    nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
    return {
        each.targets[0].id: each.value
        for each in nodes
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }


# What is found within a function in a function is known by the outer one as well, which knows more.
FOUND = {where: found for where, *found in reversed(list(asked()))}


def made(where):
    """Return what is asked there as the popup that it is."""
    name, call, assigned = FOUND[where]
    given = [read(each, assigned) for each in call.args]
    named = {each.arg: read(each.value, assigned) for each in call.keywords}
    if name == "Dialog":
        fields = named.pop("fields", None) or given.pop(2)
        known = [each for each in fields if isinstance(each, Field)]
        named["fields"] = known or [Field("name", SOMETHING)]
    if name == "question":
        given[2] = tuple(each for each in given[2] if isinstance(each, Answer))
    return ASKS[name](*given, **named)


def words(text):
    return text.split()


def labels(popup):
    """Return what the fields or the answers of a popup are called."""
    return [each.label for each in getattr(popup, "choices", popup.shown)]


def test_they_are_found():
    modules = {where.partition(":")[0] for where in FOUND}
    assert {
        "commands/rooms/rooms.py",
        "commands/accounts/doorman.py",
        "commands/blogs/meanwhile.py",
    } <= modules
    assert len(FOUND) > 40


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_says_all_of_what_it_asks(pilot, size):
    pilot.resize(*size)
    for where in FOUND:
        popup = made(where)
        pilot.state.open_popup(popup)
        pilot.app.display.draw_now()
        on_screen = pilot.screen
        # What is about something of a long name is cut at its end.
        said = [popup.title[: size[0] // 2]]
        if isinstance(popup, KeyQuestion) or size == SIZES[0]:  # a form is scrolled
            said += [*words(popup.button), *labels(popup)]
        if size == SIZES[0]:
            said += [popup.title, *words(popup.text)]
        missing = [each for each in said if each not in on_screen]
        assert not missing, f"{where} {missing}\n{on_screen}"
        pilot.state.close_popup()


@pytest.mark.parametrize("size", [(20, 5), (24, 6), (30, 8)], ids=str)
async def test_a_question_that_a_key_answers_says_what_it_asks_however_little_room_there_is(
    pilot, size
):
    pilot.resize(*size)
    for where in FOUND:
        popup = made(where)
        if not isinstance(popup, KeyQuestion):
            continue
        pilot.state.open_popup(popup)
        pilot.app.display.draw_now()
        about = popup.text.split("\n")[0][: size[0] // 2]
        missing = [
            each
            for each in (*words(popup.title), *words(about)[:-1], *labels(popup))
            if each not in pilot.screen
        ]
        assert not missing, f"{where} {missing}\n{pilot.screen}"
        pilot.state.close_popup()
