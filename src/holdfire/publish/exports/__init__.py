"""Open formats that others' tools read: one module a format. None sees more than is public."""
