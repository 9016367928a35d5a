"""Points of the standard normal law, each named by the share of the law that lies below it."""

NORMAL_95 = 1.6448536269514722
"""Nine tenths of the law lie between it and its negative, as between a 5 % and a 95 % point."""

NORMAL_975 = 1.959963984540054
"""Nineteen twentieths lie between it and its negative, as in a two-sided 95 % interval."""
