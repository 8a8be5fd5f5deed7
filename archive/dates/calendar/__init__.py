"""The calendar: days, periods of any length, feasts."""
