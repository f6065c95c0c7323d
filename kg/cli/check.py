"""`kg check`: whether a store's graph is as the ontology wants it."""

from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line
from kg.serving.reading import readable


def check(store: StoreFolder = DEFAULT_STORE, json: Json = False) -> int:
    """Run the SHACL shapes over the store; exit status 1 when the graph breaks any."""
    from kg.rdf import shapes  # loads pyshacl and rdflib, which other commands do without

    with readable(store) as opened:
        violations = shapes.check(opened.quads(), opened.base)
    if json:
        as_json(violations)
    else:
        for violation in violations:
            line(str(violation))
        line(f"{len(violations)} violations" if violations else "the graph keeps to the shapes")
    return 1 if violations else 0
