"""The way to the backend: connection, calls and signals."""
