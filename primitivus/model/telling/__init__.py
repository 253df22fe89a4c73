"""What the user is told: in the status line, the banner, beside a closed room, with a bell."""
