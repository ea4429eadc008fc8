"""Review without a network: the village's signing key, packages sent, remarks that came back, and what a package withholds."""
