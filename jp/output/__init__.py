"""What a command prints: records for people, as JSON, as fields, or through a template."""
