"""What was known on a position: rows that count, merges, disputes, names."""
