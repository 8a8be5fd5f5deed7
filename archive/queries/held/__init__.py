"""State as of a date: the rule of what is held, the facts that can matter, answers in words."""
