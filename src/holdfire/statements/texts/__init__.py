"""From files to articles: opening, decoding, cleaning, finding copies."""
