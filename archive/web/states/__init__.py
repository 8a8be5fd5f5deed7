"""The pages of a state: two times read, steps to the next change, rows grouped, files."""
