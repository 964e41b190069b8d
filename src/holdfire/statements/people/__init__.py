"""Who speaks: names, roles, parties, and the chain of sources."""
