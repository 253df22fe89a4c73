"""What lies over the panes."""
