"""The pictures of a run: one file a picture, each drawn from the very rows written beside it as CSV."""
