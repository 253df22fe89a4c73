"""What sentences of the UI are filled with, as far as the code tells: names, or other sentences.

What an expression may hold is a set: SAID, where it is translated already, and the names of the
parameters of the function around whose values it may hold.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tools.docs.sentences import TAKERS

SAID = "\0"
_TRANSLATED = {*TAKERS, "translated"}
# Times, numbers and sizes are written as the language has them: they are no words to be bent.
_WRITTEN = "primitivus.model.wording.written"
# Lists of names, whose "and" is a sentence: they are what their names are.
_LISTING = {"listed", "each_of", "either"}
_SAME = {"clip", "filter", "list", "map", "reversed", "sorted", "str", "tuple"}
_SAME_OF_TEXT = {"capitalize", "get", "join", "lower", "replace", "rstrip", "strip", "values"}
# What is a sentence by itself, or a name that is quoted, stands between two of these.
_BEFORE = re.compile(r"""(^|[:;.?!]\s|[("\n\0])$""")
_BEHIND = re.compile(r"""^($| \(|[:;)"\n\0]|[.?!](\s|$))""")


class Scope(NamedTuple):
    """A function of a module, or the module itself, and the class around."""

    module: str
    name: str
    node: ast.AST
    parameters: tuple[str, ...] = ()
    around: str = ""


class Filling(NamedTuple):
    """A sentence with one of its fields, in which something is said that is no whole."""

    place: str
    sentence: str
    field: str


def stands_apart(text: str, field: str) -> bool:
    """Return whether a field of a sentence stands for a whole of its own, wherever it does."""
    sides = re.split(rf"\{{{field}(?:[!:][^{{}}]*)?\}}", text)
    return all(
        _BEFORE.search(before) and _BEHIND.match(behind) for before, behind in pairwise(sides)
    )


class Code:
    """Modules, by their names with dots."""

    def __init__(self, modules: dict[str, ast.Module]) -> None:
        self._modules = modules
        self._functions: dict[tuple[str, str], Scope] = {}
        self._named: dict[str, list[Scope | None]] = defaultdict(list)
        self._imported: dict[str, dict[str, tuple[str, str]]] = {}
        self._bound: dict[tuple[str, str], dict[str, list[ast.expr]]] = {}
        for module, tree in modules.items():
            self._read(module, tree)
        self._returned: dict[tuple[str, str], frozenset[str]] = {}
        self._settle()

    @classmethod
    def below(cls, folder: Path) -> "Code":
        """Read the modules below a folder that is a package."""
        return cls(
            {
                path.relative_to(folder.parent).with_suffix("").as_posix().replace("/", "."):
                ast.parse(path.read_text(encoding="utf-8"))
                for path in sorted(folder.rglob("*.py"))
            }
        )  # fmt: skip

    @cached_property
    def wrong(self) -> set[Filling]:
        """Return where a sentence is filled with what is translated, as a part of it."""
        into: dict[tuple[str, str], dict[str, set[tuple[str, str]]]] = {}
        found: set[Filling] = set()
        is_new = True
        while is_new:
            is_new = False
            for scope in self._scopes():
                for call in _calls(scope.node):
                    for value, sentence, field in self._filled(call, scope, into):
                        held = self._held(value, scope)
                        if SAID in held:
                            place = f"{scope.module}:{call.lineno}"
                            found.add(Filling(place, sentence, field))
                        mine = into.setdefault((scope.module, scope.name), {})
                        for each in held & {*scope.parameters}:
                            if (sentence, field) not in mine.setdefault(each, set()):
                                mine[each].add((sentence, field))
                                is_new = True
        return found

    def _filled(
        self,
        call: ast.Call,
        scope: Scope,
        into: dict[tuple[str, str], dict[str, set[tuple[str, str]]]],
    ) -> Iterator[tuple[ast.expr, str, str]]:
        """Yield what a call fills in, each with the sentence, and the field in it."""
        if isinstance(call.func, ast.Name) and call.func.id in TAKERS:
            texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
            for each in call.keywords:
                if each.arg and not all(stands_apart(str(text), each.arg) for text in texts):
                    yield each.value, str(texts[0]), each.arg
            return
        called = self._called(call.func, scope)
        if called is None or called.name in _LISTING:
            return
        wanted = into.get((called.module, called.name), {})
        for name, value in _arguments(call, called):
            for sentence, field in sorted(wanted.get(name, ())):
                yield value, sentence, field

    def _read(self, module: str, tree: ast.Module) -> None:
        self._imported[module] = {
            each.asname or each.name: (node.module, each.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for each in node.names
        }
        self._add(Scope(module, "", ast.Module([each for each in tree.body if not _is_own(each)])))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self._add(Scope(module, node.name, node, _parameters(node)))
            elif isinstance(node, ast.ClassDef):
                for each in node.body:
                    if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                        name = f"{node.name}.{each.name}"
                        scope = Scope(module, name, each, _parameters(each), node.name)
                        self._add(scope)
                        self._named[each.name].append(scope)
                    elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                        self._named[each.target.id].append(None)

    def _add(self, scope: Scope) -> None:
        self._functions[scope.module, scope.name] = scope
        bound: dict[str, list[ast.expr]] = defaultdict(list)
        for node in ast.walk(scope.node):
            match node:
                case ast.Assign(targets=targets, value=value):
                    for each in targets:
                        _bind(each, value, bound)
                case (
                    ast.AnnAssign(target=target, value=ast.expr() as value)
                    | ast.NamedExpr(target=target, value=value)
                    | ast.AugAssign(target=target, value=value)
                    | ast.For(target=target, iter=value)
                    | ast.comprehension(target=target, iter=value)
                ):
                    _bind(target, value, bound)
        self._bound[scope.module, scope.name] = bound

    def _scopes(self) -> list[Scope]:
        return list(self._functions.values())

    def _settle(self) -> None:
        """Find what each function returns: over and over, for they call each other."""
        is_new = True
        while is_new:
            is_new = False
            for key, scope in self._functions.items():
                held = frozenset(
                    each
                    for node in ast.walk(scope.node)
                    if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value
                    for each in self._held(node.value, scope)
                )
                if held != self._returned.get(key, frozenset()):
                    self._returned[key] = held
                    is_new = True

    def _held(self, node: ast.AST, scope: Scope, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return what an expression may hold."""
        match node:
            case ast.Call():
                return self._of_call(node, scope, seen)
            case ast.Attribute(attr=name):
                return {SAID} & self._of_method(name, scope, node)
            case ast.Name(id=name):
                return self._of_name(name, scope, seen)
        return set().union(*(self._held(each, scope, seen) for each in _parts(node)))

    def _of_name(self, name: str, scope: Scope, seen: frozenset[str]) -> set[str]:
        if name in seen:
            return set()
        seen |= {name}
        bound = self._bound[scope.module, scope.name].get(name, ())
        held = set().union(*(self._held(each, scope, seen) for each in bound))
        if name in scope.parameters:
            return held | {name}
        if bound or (not scope.name and name not in self._imported[scope.module]):
            return held
        module, name = self._imported[scope.module].get(name, (scope.module, name))
        around = self._functions.get((module, ""))
        return self._of_name(name, around, frozenset()) if around is not None else set()

    def _of_call(self, call: ast.Call, scope: Scope, seen: frozenset[str]) -> set[str]:
        arguments = [*call.args, *(each.value for each in call.keywords)]
        match call.func:
            case ast.Name(id=name) if name in _TRANSLATED:
                return {SAID}
            case ast.Name(id=name) if name in _SAME | _LISTING:
                mapped = self._called(call.args[0], scope) if name == "map" else None
                of_it = self._returned.get(mapped[:2], frozenset()) if mapped else frozenset()
                held = (self._held(each, scope, seen) for each in arguments)
                return ({SAID} & of_it) | set().union(*held)
            case ast.Attribute(value=value, attr=name) if name in _SAME_OF_TEXT:
                held = (self._held(each, scope, seen) for each in (value, *arguments))
                return set().union(*held)
        called = self._called(call.func, scope)
        if called is None:
            is_method = isinstance(call.func, ast.Attribute)
            return (
                self._of_method(call.func.attr, scope, call.func) & {SAID} if is_method else set()
            )
        if called.module == _WRITTEN:
            return set()
        returned = self._returned.get((called.module, called.name), frozenset())
        held = {SAID} & returned
        for name, value in _arguments(call, called):
            if name in returned:
                held |= self._held(value, scope, seen)
        return held

    def _of_method(self, name: str, scope: Scope, node: ast.Attribute) -> frozenset[str]:
        """Return what all have that are called so; which of them it is isn't known here."""
        called = self._called(node, scope)
        ways = [called] if called is not None else self._named.get(name, [])
        held = [self._returned.get(way[:2], frozenset()) if way else frozenset() for way in ways]
        return frozenset.intersection(*held) if held else frozenset()

    def _called(self, func: ast.expr, scope: Scope) -> Scope | None:
        """Return the function that an expression is."""
        match func:
            case ast.Name(id=name):
                key = self._imported[scope.module].get(name, (scope.module, name))
                return self._functions.get(key)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name) if scope.around:
                return self._functions.get((scope.module, f"{scope.around}.{name}"))
            case ast.Attribute(value=ast.Name(id=of), attr=name) if (
                of in self._imported[scope.module]
            ):
                return self._functions.get((".".join(self._imported[scope.module][of]), name))
            case ast.Attribute(attr=name):
                ways = self._named.get(name, [])
                return ways[0] if len(ways) == 1 else None
        return None


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of an expression of which it may be made, or which it may be."""
    match node:
        case ast.Constant() | ast.Lambda() | ast.Compare():
            pass
        case ast.IfExp(body=body, orelse=other):
            yield from (body, other)
        case (
            ast.Subscript(value=value)
            | ast.Starred(value=value)
            | ast.Await(value=value)
            | ast.GeneratorExp(elt=value)
            | ast.ListComp(elt=value)
            | ast.DictComp(value=value)
        ):
            yield value
        case ast.Dict(values=values):
            yield from values
        case _:
            yield from ast.iter_child_nodes(node)


def _is_own(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    taken = function.args
    return tuple(each.arg for each in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs))


def _arguments(call: ast.Call, called: Scope) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a call gives, by the names of the parameters."""
    names = called.parameters[called.parameters[:1] in (("self",), ("cls",)) :]
    yield from zip(names, call.args, strict=False)
    yield from ((each.arg, each.value) for each in call.keywords if each.arg)


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            yield each


def _bind(target: ast.expr, value: ast.expr, bound: dict[str, list[ast.expr]]) -> None:
    match target, value:
        case ast.Name(id=name), _:
            bound[name].append(value)
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, other in zip(targets, values, strict=True):
                _bind(one, other, bound)
        case ((ast.Tuple(elts=targets) | ast.List(elts=targets)), _):
            for each in targets:
                _bind(each, value, bound)
        case ast.Starred(value=inner), _:
            _bind(inner, value, bound)
