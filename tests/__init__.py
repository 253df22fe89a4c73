"""Tests read what the program says in English, or in the language that some are for."""

import os

os.environ["LANGUAGE"] = os.environ.pop("TESTS_LANGUAGE", "en")
