"""The command line: one file a command, bearing its command's name."""
