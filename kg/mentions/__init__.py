"""Names in text that stand for states, places and bodies, each with its place in the reference tables or its state."""
