"""What the daemon loads before it has its name on the bus, and what it never does."""

import subprocess
import sys

LATER = {
    "slixmpp", "aiodns", "pygments", "email", "http.client", "urllib.request", "zipfile",
    "markdown_it", "nh3", "html.parser",
}  # fmt: skip


# The stream itself is loaded by then: `slixmpp` alone is what has its clients.
NEVER = {
    "pygments.lexers", "importlib.metadata", "email", "zipfile", "slixmpp.clientxmpp",
    "slixmpp.version", "slixmpp.plugins",
}  # fmt: skip


def loaded_by(code):
    command = [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return set(done.stdout.split())


def test_what_is_not_needed_at_once_is_loaded_with_the_first_use_of_it():
    assert not LATER & loaded_by("import backendd.daemon")


def test_of_slixmpp_only_the_stream_is_loaded():
    loaded = loaded_by("import backendd.daemon, backendd.xmpp.login, backendd.xmpp.stream")
    assert "slixmpp.xmlstream.xmlstream" in loaded
    assert not NEVER & loaded


def test_who_needs_more_of_slixmpp_has_it_by_asking():
    asked = "from backendd.xmpp import library; import slixmpp; slixmpp.ClientXMPP"
    assert NEVER - {"pygments.lexers"} <= loaded_by(asked)
