"""The command line: what a planner types, what is answered, and with which exit code. Nothing imports this package."""
