"""What happened in one replication, written as an event log for process mining."""
