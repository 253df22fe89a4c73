"""The program put together, and one run of it."""
