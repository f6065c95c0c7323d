"""Pictures of networks, measures and timelines, by matplotlib (the extra `plot`)."""
