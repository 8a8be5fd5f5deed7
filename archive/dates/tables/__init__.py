"""The words of dates as small tables, Chinese and English, and the operators around them."""
