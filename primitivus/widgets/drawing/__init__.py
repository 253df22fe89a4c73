"""Text in cells, styled, broken into lines: what all that is drawn is made of."""
