"""primitivus/locale/primitivus.pot: the sentences of the terminal UI, for who translates them."""

import ast
import io
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

# What takes sentences as its first arguments: how many, and whether what is meant goes before.
TAKERS = {"tr": (1, False), "ntr": (2, False), "ctr": (1, True), "cntr": (2, True)}
# Tables whose sentences are translated where they are shown, by module and name.
TABLES = (
    ("commands/help/needed.py", "_NEEDED"),
    ("commands/help/needed_over.py", "OVER"),
    ("failures.py", "KINDS"),
    ("model/wording/warned.py", "SENTENCES"),
    ("model/wording/warned.py", "WARNINGS"),
    ("themes/legend.py", "LEGEND"),
)
# What begins a comment above a sentence that is for translators.
_COMMENT = "# translators: "
_HEAD = """\
# Translations of the terminal UI of Primitivus; docs/translating.md tells how to make one.
# This template is generated from the sentences in the code (`make docs`).
#"""
# They would change with each run.
_UNSTEADY = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:')


class Sentence(NamedTuple):
    """A sentence, or its forms for one and several, and what is to know of it."""

    text: str | tuple[str, ...]
    comment: str = ""
    context: str = ""


def page(root: Path) -> str:
    """Return the template: each sentence once, with the files that have it."""
    catalog = Catalog(project="Primitivus", header_comment=_HEAD, fuzzy=False)
    frontend = root / "primitivus"
    for path in sorted(frontend.rglob("*.py")):
        for each in sentences(path, path.relative_to(frontend).as_posix()):
            _add(catalog, path.relative_to(root), each)
    # What the backend tells of its settings finds its translation here.
    declared = root / "backendd" / "config.py"
    for each in sentences(declared, "../backendd/config.py"):
        _add(catalog, declared.relative_to(root), each)
    for path in sorted(frontend.rglob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8")).get("description")
        if said:
            _add(catalog, path.relative_to(root), Sentence(said))
    written = io.BytesIO()
    write_po(written, catalog, width=100, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_UNSTEADY))


def sentences(path: Path, module: str) -> Iterator[Sentence]:
    """Yield those of a module of this name: what is marked, and what is declared."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    nodes = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.expr | ast.stmt)]
    for node in sorted(nodes, key=lambda each: (each.lineno, each.col_offset)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in TAKERS:
                yield _taken(node, name, lines)
            case ast.AsyncFunctionDef():
                yield from _help(node)
            case ast.AnnAssign(value=ast.Call(func=ast.Name(id="setting"), args=[_, said, *_])):
                meant = f"What the setting {ast.unparse(node.target)} means."
                yield Sentence(ast.literal_eval(said), meant)
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=value)
            ) if (module, ast.unparse(target)) in TABLES:
                yield from map(Sentence, _listed(value))


def _add(catalog: Catalog, path: Path, sentence: Sentence) -> None:
    added = catalog.add(
        sentence.text,
        locations=[(path.as_posix(), 0)],
        auto_comments=[sentence.comment] if sentence.comment else [],
        context=sentence.context or None,
    )
    # A percent sign is one, whatever stands behind it.
    added.flags.discard("python-format")


def _taken(call: ast.Call, name: str, lines: Sequence[str]) -> Sentence:
    number, has_context = TAKERS[name]
    texts = [ast.literal_eval(each) for each in call.args[: number + has_context]]
    context = texts.pop(0) if has_context else ""
    return Sentence(texts[0] if number == 1 else tuple(texts), _above(call, lines), context)


def _above(call: ast.Call, lines: Sequence[str]) -> str:
    """Return what the comment right above says to translators."""
    line = lines[call.lineno - 2].strip() if call.lineno > 1 else ""
    return line.removeprefix(_COMMENT) if line.startswith(_COMMENT) else ""


def _help(function: ast.AsyncFunctionDef) -> Iterator[Sentence]:
    """Yield the help of a command, which is the docstring of its function."""
    for each in function.decorator_list:
        match each:
            case ast.Call(func=ast.Name(id="command"), args=[ast.Constant(value=str(called)), *_]):
                yield Sentence(ast.get_docstring(function) or "", f"The help of :{called}.")


def _listed(table: ast.expr | None) -> Iterator[str]:
    """Yield the sentences of a table: the texts in it, but keys and the first of two."""
    if table is None:
        return
    others: set[int] = set()
    for each in ast.walk(table):
        match each:
            case ast.Dict(keys=keys):
                others.update(map(id, keys))
            case ast.Tuple(elts=[first, _]):
                others.add(id(first))
            case ast.Constant(value=str(text)) if id(each) not in others:
                yield text
