"""A real systemd user manager, journal and bus, on a machine that needs no systemd as PID 1."""
