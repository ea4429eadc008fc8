"""Books taken over from other programs: what became of each old account, and the proof of every import."""
