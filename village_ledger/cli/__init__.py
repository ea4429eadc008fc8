"""The command line: same services, Chinese messages, contract exit codes."""
