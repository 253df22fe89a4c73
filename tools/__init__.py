"""What a checkout needs beside the programs: setup, generated documentation, the demo."""
