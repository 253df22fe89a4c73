"""The line one types in: a text, a cursor, and what keys make of them."""
