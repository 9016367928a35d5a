"""What the program's exit code tells a script."""

DONE = 0
BUG = 1
USAGE = 2
INVALID = 3
"""A scenario, a run folder or another input cannot be used as it is."""
SOME_FAILED = 4
NOT_MET = 5
"""What was asked to hold does not: a signature that does not pass."""
EXTRA_MISSING = 6
INTERRUPTED = 130
"""Stopped from outside; what was finished is kept and the same command goes on from there."""
