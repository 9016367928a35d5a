"""The event loop in two schedulers over one set of transitions."""
