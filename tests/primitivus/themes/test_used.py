"""What a theme can colour is somewhere on the screen: each style is drawn with."""

import ast
from pathlib import Path

import primitivus
from primitivus.themes import styles


def written():
    """Return all texts in the program but where the styles are listed, and how others begin."""
    root, texts, beginnings = Path(primitivus.__file__).parent, set(), set()
    for path in root.rglob("*.py"):
        if path == Path(styles.__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    return texts, tuple(each for each in beginnings if each.endswith("."))


def test_each_style_is_drawn_with():
    texts, beginnings = written()
    unused = {name for name in styles.STYLES if name not in texts}
    assert not {name for name in unused if not name.startswith(beginnings)}
