"""From files to articles: formats, encodings, headers and dates, and whether a text is English."""
