"""Reading any known file into reports: one module per format."""
