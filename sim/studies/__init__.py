"""Studies: many replications of one model, kept safe on disk while they run."""
