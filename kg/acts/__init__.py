"""From clauses to events: who does what by the rules, what belongs together, and how sure it is."""
