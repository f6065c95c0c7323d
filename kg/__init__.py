"""Articles in, an RDF knowledge graph of defence-cooperation events out."""
