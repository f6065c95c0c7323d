"""What an article says as RDF, in and out of its formats, and whether it keeps to the shapes."""
