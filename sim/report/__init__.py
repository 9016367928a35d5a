"""What the planner reads: tables of a run folder turned into figures, two HTML pages and terminal text."""
