"""Measures, targets, verdicts and causes, computed from the records of replications."""
