"""Running text: sentences, clauses, the frame around a date, and what only looks like one."""
