"""The graph of events as graphs to draw and to compute on: what is an edge is declared in `ontology/projections.toml`.

Rows come from the index of a store one by one and go into a file one by one; a graph in memory (`kg.graphs.networks`)
is made only for what cannot do without.
"""
