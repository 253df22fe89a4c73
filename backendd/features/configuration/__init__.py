"""What the file of settings has, and where: told, and changed by who edits it."""
