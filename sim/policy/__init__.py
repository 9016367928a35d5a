"""Money to deployments to use."""
