"""Review without a network: signing, packages, remarks and what they lead to."""
