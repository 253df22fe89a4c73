"""The table of XEPs is as the program is: tests show it, and service discovery says it."""

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

from tests.features.test_activity import announced
from tools.docs import suites, xeps

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


def test_what_a_suite_asks_for_is_in_the_table_or_left_out_with_a_reason():
    data, numbers = xeps.load(ROOT), {xep.number for xep in TABLE}
    reasons = {each.number for each in suites.left_out(data) if each.why}
    asked = {number for suite in suites.suites(data) for number in suite.xeps}
    assert asked - numbers == reasons
    assert not {rfc for suite in suites.suites(data) for rfc in suite.rfcs}.difference(xeps.RFCS)


def test_what_the_sources_name_is_in_the_table():
    named = {
        int(number)
        for program in ("backendd", "primitivus")
        for path in (ROOT / program).rglob("*.py")
        for number in re.findall(r"XEP-(\d{4})", path.read_text("utf-8"))
    }
    assert named <= {xep.number for xep in TABLE}
