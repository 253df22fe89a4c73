"""Documentation generated from the one place that knows, so that it can't be wrong."""

import os

# The pages are in English, whoever makes them.
os.environ["LANGUAGE"] = "en"
