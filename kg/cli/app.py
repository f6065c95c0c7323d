"""The commands by name."""

import typer

from kg.cli import build, check, evaluate, explain, export, extract, query, remove, serve, show, stats

app = typer.Typer(
    name="kg",
    help="A knowledge graph of defence cooperation: articles in, an RDF graph out, for SPARQL, REST and Gephi.",
    epilog="Start with: kg build articles/ and then: kg show Pakistan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command(epilog="Example: kg extract articles/ -o graph.nq")(extract.extract)
app.command(epilog="Example: kg build articles/ --store defcoop-store")(build.build)
app.command(epilog="Example: kg query 'SELECT ?pact ?label { ?pact a coop:Agreement ; skos:prefLabel ?label }'")(
    query.query
)
app.command(epilog="Example: kg show Pakistan")(show.show)
app.command(epilog="Example: kg explain event:agreement-0123456789ab")(explain.explain)
app.command(epilog="Example: kg export graph.gexf")(export.export)
app.command(epilog="Example: kg stats --json")(stats.stats)
app.command(epilog="Example: kg check")(check.check)
app.command(epilog="Example: kg evaluate annotations/ articles/ --errors")(evaluate.evaluate)
app.command(epilog="Example: kg serve --port 8000, then open http://127.0.0.1:8000/docs")(serve.serve)
app.command(epilog="Example: kg remove dev-000")(remove.remove)
