"""What planners write: the scenario files, their layers, units, tables and rules."""
