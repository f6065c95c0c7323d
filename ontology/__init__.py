"""The ontology: terms, shapes, reference data and queries, which ship with the package."""
