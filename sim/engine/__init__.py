"""Clock, calendars, draws, queues and event heap: knows no province."""
