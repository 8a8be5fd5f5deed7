"""The timeline page: an address read as a question, and what the page shows of the answer."""
