"""Equipment, aid and sums of money in text, with number and worth."""
