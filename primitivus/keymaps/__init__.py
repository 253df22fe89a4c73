"""Keys as data: TOML files that bind keys to command lines."""
