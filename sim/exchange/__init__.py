"""State and media of the exchange: documents, deliveries, routes, post, certificates."""
