"""Where quads are kept: in the embedded store, or in an engine elsewhere that speaks SPARQL 1.1."""
