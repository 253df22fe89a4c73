"""`make demo`: Primitivus with a server, a correspondent and nothing to configure."""

import os

# Read before anything of the tests is, by which programs are English from then on.
LANGUAGE = os.environ.get("LANGUAGE", "")
