"""What the daemon loads before it has its name on the bus."""

import subprocess
import sys

WHAT_IT_LOADS = "import sys, backendd.daemon; print(*sys.modules)"

LATER = {
    "slixmpp", "aiodns", "pygments", "email", "http.client", "urllib.request", "zipfile",
    "markdown_it", "nh3", "html.parser",
}  # fmt: skip


def test_what_is_not_needed_at_once_is_loaded_with_the_first_use_of_it():
    command = [sys.executable, "-c", WHAT_IT_LOADS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert not LATER & set(done.stdout.split())
