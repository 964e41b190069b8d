"""How two reports compare: each comparison sorts pairs into cells, and cells into named levels."""
