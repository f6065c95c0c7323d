"""Writes `ontology/terms.py` from `ontology/defcoop.ttl`: `python -m ontology.generate`.

Terms are declared in the Turtle file alone. The constants exist so that a misspelt term fails in the type checker and
not in a user's graph.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "defcoop.ttl"
TARGET = FOLDER / "terms.py"

NAMESPACES = {
    "coop": "https://w3id.org/defcoop/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

HEAD = '''"""The ontology's terms as constants, made from defcoop.ttl by `python -m ontology.generate`.

A property that shares its name with a class is `HAS_...`: `PLACE` is `coop:Place`, `HAS_PLACE` is `coop:place`.
Terms of others carry their prefix.
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode
'''


def declared(path: Path = SOURCE) -> tuple[str, ...]:
    """The IRIs of all terms that the file declares, sorted; the ontology itself is none."""
    subjects = {quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    iris = (node.value for node in subjects if isinstance(node, NamedNode))
    return tuple(sorted(iri for iri in iris if any(iri.startswith(space) for space in NAMESPACES.values())))


def constant(name: str) -> str:
    """The constant of a term's local name.

    >>> constant("ArmsTransfer"), constant("prefLabel"), constant("iso2")
    ('ARMS_TRANSFER', 'PREF_LABEL', 'ISO2')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def own_constants(names: Iterable[str]) -> dict[str, str]:
    """Constants of the ontology's own terms by local name; a property named like a class is `HAS_...`."""
    known = set(names)
    classes = {constant(name) for name in known if name[0].isupper()}
    return {
        name: f"HAS_{constant(name)}" if name[0].islower() and constant(name) in classes else constant(name)
        for name in sorted(known)
    }


def module(iris: Iterable[str]) -> str:
    """The text of `terms.py` for these IRIs."""
    local = {
        prefix: [iri.removeprefix(space) for iri in iris if iri.startswith(space)]
        for prefix, space in NAMESPACES.items()
    }
    own = own_constants(local["coop"])
    lines = [HEAD]
    lines += [f'{prefix.upper()}_NAMESPACE: Final = "{space}"' for prefix, space in NAMESPACES.items()]
    lines.append("")
    lines += [f'{name}: Final = NamedNode(COOP_NAMESPACE + "{term}")' for term, name in own.items()]
    lines.append("")
    lines += [
        f'{prefix.upper()}_{constant(term)}: Final = NamedNode({prefix.upper()}_NAMESPACE + "{term}")'
        for prefix, terms in local.items()
        if prefix != "coop"
        for term in terms
    ]
    lines += ["", "PREFIXES: Final[Mapping[str, str]] = {"]
    lines += [f'    "{prefix}": {prefix.upper()}_NAMESPACE,' for prefix in NAMESPACES]
    lines += ["}", '"""Prefix to namespace, for writers and queries."""', ""]
    lines += ["COOP: Final[Mapping[str, NamedNode]] = {"]
    lines += [f'    "{term}": {name},' for term, name in own.items()]
    lines += ["}", '"""The ontology\'s own terms by local name, for names that arrive as text."""', ""]
    return "\n".join(lines)


def main() -> None:
    """Write the module anew."""
    TARGET.write_text(module(declared()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
