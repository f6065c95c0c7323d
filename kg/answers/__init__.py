"""The store and what is asked of it: SPARQL, lookups, graphs for Gephi and networkx."""
