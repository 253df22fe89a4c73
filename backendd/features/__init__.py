"""What the daemon can do, one folder a feature."""
