"""The table of XEPs is as the program is: tests show it, and service discovery says it."""

import ast
from pathlib import Path
from xml.etree import ElementTree

from tests.features.test_activity import announced
from tools.docs import xeps

ROOT = Path(__file__).parents[2]
TABLE = xeps.table(ROOT)
NOTIFY = "+notify"
XMPP = "{https://linkmauve.fr/ns/xmpp-doap#}"
RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


async def test_what_the_table_says_is_announced_and_nothing_else(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    await home.online()
    said = await announced(peer, home)
    # Who wants to be told of a node announces that by its name, not by an XEP's.
    features = {feature.removesuffix(NOTIFY) for feature in said}
    assert features == {feature for xep in TABLE for feature in xep.announces}


def test_the_tests_that_the_table_names_are_there():
    for xep in TABLE:
        file, _, name = xep.test.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        names = {node.name for node in tree.body if isinstance(node, functions)}
        assert name in names, xep


def test_the_doap_file_lists_what_the_table_does():
    listed = ElementTree.fromstring(xeps.doap(ROOT)).iter(f"{XMPP}SupportedXep")
    addresses = [each.find(f"{XMPP}xep").get(RESOURCE) for each in listed]
    assert addresses == [xep.address for xep in TABLE]
