"""The terminal UI: a frontend of the backend on D-Bus."""
