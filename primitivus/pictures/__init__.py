"""Pictures of files that are here, read by a process of its own for each.

Whoever sends a picture chooses every byte of it, and libraries that read pictures have had holes.
So no picture is read in this process: `loader` has `reading` start `decoder` for each that is
wanted, which shuts itself in (`confinement`), reads one open file, and writes pixels of the size
that was asked for. What it writes is believed to be no more than that.
"""
