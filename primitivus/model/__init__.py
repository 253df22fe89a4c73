"""What is known and shown: pure values, no urwid, no D-Bus."""
