"""Who may do what in a room, and how the room is set up (XEP-0045 8 to 10)."""
