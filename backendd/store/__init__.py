"""SQLite: one file, one writer, readers of their own."""
