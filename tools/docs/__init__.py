"""Documentation generated from the one place that knows, so that it can't be wrong."""
