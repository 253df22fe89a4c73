"""The groups of results, one module each: `measure(options)` returns its rows."""
