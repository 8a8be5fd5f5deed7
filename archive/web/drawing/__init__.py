"""The timeline drawn: days to pixels, marks to places, labels cut; pure, in frozen rows."""
