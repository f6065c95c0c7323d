"""The store and what is asked of it: SPARQL, lookups, totals, graphs for Gephi and networkx."""
