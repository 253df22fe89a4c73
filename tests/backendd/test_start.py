"""What the daemon loads before it has its name on the bus."""

import subprocess
import sys

WHAT_IT_LOADS = "import sys, backendd.daemon; print(*sys.modules)"

LATER = {"slixmpp", "aiodns", "pygments", "email", "http.client", "urllib.request", "zipfile"}


def test_what_connections_need_is_loaded_with_the_first_one():
    command = [sys.executable, "-c", WHAT_IT_LOADS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert not LATER & set(done.stdout.split())
