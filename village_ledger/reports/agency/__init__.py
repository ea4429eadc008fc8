"""What an agency's workspace puts on paper: what waits in its villages, how a batch went, what the villages come to."""
