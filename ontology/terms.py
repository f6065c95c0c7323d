"""The ontology's terms as constants, made from defcoop.ttl by `python -m ontology.generate`.

A property that shares its name with a class is `HAS_...`: `PLACE` is `coop:Place`, `HAS_PLACE` is `coop:place`.
Terms of others carry their prefix.
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

COOP_NAMESPACE: Final = "https://w3id.org/defcoop/ontology#"
DCTERMS_NAMESPACE: Final = "http://purl.org/dc/terms/"
OA_NAMESPACE: Final = "http://www.w3.org/ns/oa#"
RDF_NAMESPACE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA_NAMESPACE: Final = "https://schema.org/"
SKOS_NAMESPACE: Final = "http://www.w3.org/2004/02/skos/core#"
XSD_NAMESPACE: Final = "http://www.w3.org/2001/XMLSchema#"

ACTOR: Final = NamedNode(COOP_NAMESPACE + "Actor")
ACTUAL: Final = NamedNode(COOP_NAMESPACE + "Actual")
AGREEMENT: Final = NamedNode(COOP_NAMESPACE + "Agreement")
ARMS_TRANSFER: Final = NamedNode(COOP_NAMESPACE + "ArmsTransfer")
CANCELLED: Final = NamedNode(COOP_NAMESPACE + "Cancelled")
COOPERATION_EVENT: Final = NamedNode(COOP_NAMESPACE + "CooperationEvent")
DECISION: Final = NamedNode(COOP_NAMESPACE + "Decision")
DEPLOYMENT: Final = NamedNode(COOP_NAMESPACE + "Deployment")
EQUIPMENT: Final = NamedNode(COOP_NAMESPACE + "Equipment")
EVIDENCE: Final = NamedNode(COOP_NAMESPACE + "Evidence")
EXERCISE: Final = NamedNode(COOP_NAMESPACE + "Exercise")
INDUSTRIAL_PROJECT: Final = NamedNode(COOP_NAMESPACE + "IndustrialProject")
ITEM: Final = NamedNode(COOP_NAMESPACE + "Item")
MEETING: Final = NamedNode(COOP_NAMESPACE + "Meeting")
MILITARY_AID: Final = NamedNode(COOP_NAMESPACE + "MilitaryAid")
ORGANIZATION: Final = NamedNode(COOP_NAMESPACE + "Organization")
PERSON: Final = NamedNode(COOP_NAMESPACE + "Person")
PLACE: Final = NamedNode(COOP_NAMESPACE + "Place")
PLANNED: Final = NamedNode(COOP_NAMESPACE + "Planned")
POST: Final = NamedNode(COOP_NAMESPACE + "Post")
PROFILE: Final = NamedNode(COOP_NAMESPACE + "Profile")
PROPOSED: Final = NamedNode(COOP_NAMESPACE + "Proposed")
STATE: Final = NamedNode(COOP_NAMESPACE + "State")
STATUS: Final = NamedNode(COOP_NAMESPACE + "Status")
TRAINING: Final = NamedNode(COOP_NAMESPACE + "Training")
VISIT: Final = NamedNode(COOP_NAMESPACE + "Visit")
ABOUT: Final = NamedNode(COOP_NAMESPACE + "about")
HAS_ACTOR: Final = NamedNode(COOP_NAMESPACE + "actor")
AMOUNT: Final = NamedNode(COOP_NAMESPACE + "amount")
ARTICLE: Final = NamedNode(COOP_NAMESPACE + "article")
BETWEEN: Final = NamedNode(COOP_NAMESPACE + "between")
CALLED: Final = NamedNode(COOP_NAMESPACE + "called")
CONFIDENCE: Final = NamedNode(COOP_NAMESPACE + "confidence")
COPY_OF: Final = NamedNode(COOP_NAMESPACE + "copyOf")
COW: Final = NamedNode(COOP_NAMESPACE + "cow")
CURRENCY: Final = NamedNode(COOP_NAMESPACE + "currency")
DECIDED: Final = NamedNode(COOP_NAMESPACE + "decided")
DIGEST: Final = NamedNode(COOP_NAMESPACE + "digest")
DURING: Final = NamedNode(COOP_NAMESPACE + "during")
EARLIEST: Final = NamedNode(COOP_NAMESPACE + "earliest")
HAS_EQUIPMENT: Final = NamedNode(COOP_NAMESPACE + "equipment")
HAS_EVIDENCE: Final = NamedNode(COOP_NAMESPACE + "evidence")
EXTRACTOR: Final = NamedNode(COOP_NAMESPACE + "extractor")
HELD: Final = NamedNode(COOP_NAMESPACE + "held")
HOLDS: Final = NamedNode(COOP_NAMESPACE + "holds")
HOST: Final = NamedNode(COOP_NAMESPACE + "host")
IDENTIFIES: Final = NamedNode(COOP_NAMESPACE + "identifies")
ISO2: Final = NamedNode(COOP_NAMESPACE + "iso2")
ISO3: Final = NamedNode(COOP_NAMESPACE + "iso3")
HAS_ITEM: Final = NamedNode(COOP_NAMESPACE + "item")
KEY: Final = NamedNode(COOP_NAMESPACE + "key")
KIND: Final = NamedNode(COOP_NAMESPACE + "kind")
LATEST: Final = NamedNode(COOP_NAMESPACE + "latest")
LIKELIHOOD: Final = NamedNode(COOP_NAMESPACE + "likelihood")
NAME: Final = NamedNode(COOP_NAMESPACE + "name")
HAS_ORGANIZATION: Final = NamedNode(COOP_NAMESPACE + "organization")
PARTICIPANT: Final = NamedNode(COOP_NAMESPACE + "participant")
PARTY: Final = NamedNode(COOP_NAMESPACE + "party")
HAS_PLACE: Final = NamedNode(COOP_NAMESPACE + "place")
HAS_PROFILE: Final = NamedNode(COOP_NAMESPACE + "profile")
PROVIDER: Final = NamedNode(COOP_NAMESPACE + "provider")
QUANTITY: Final = NamedNode(COOP_NAMESPACE + "quantity")
RANK: Final = NamedNode(COOP_NAMESPACE + "rank")
READ_FROM: Final = NamedNode(COOP_NAMESPACE + "readFrom")
RECIPIENT: Final = NamedNode(COOP_NAMESPACE + "recipient")
RECORD: Final = NamedNode(COOP_NAMESPACE + "record")
REPORTED_IN: Final = NamedNode(COOP_NAMESPACE + "reportedIn")
REPRESENTS: Final = NamedNode(COOP_NAMESPACE + "represents")
SAYS: Final = NamedNode(COOP_NAMESPACE + "says")
SENDER: Final = NamedNode(COOP_NAMESPACE + "sender")
SIGNATORY: Final = NamedNode(COOP_NAMESPACE + "signatory")
SIGNATURE: Final = NamedNode(COOP_NAMESPACE + "signature")
STAGE: Final = NamedNode(COOP_NAMESPACE + "stage")
HAS_STATE: Final = NamedNode(COOP_NAMESPACE + "state")
HAS_STATUS: Final = NamedNode(COOP_NAMESPACE + "status")
TEXT: Final = NamedNode(COOP_NAMESPACE + "text")
UNDONE_AT: Final = NamedNode(COOP_NAMESPACE + "undoneAt")
UNDONE_BY: Final = NamedNode(COOP_NAMESPACE + "undoneBy")
VALUE_TEXT: Final = NamedNode(COOP_NAMESPACE + "valueText")
VISITOR: Final = NamedNode(COOP_NAMESPACE + "visitor")
WHEN: Final = NamedNode(COOP_NAMESPACE + "when")

DCTERMS_CREATED: Final = NamedNode(DCTERMS_NAMESPACE + "created")
DCTERMS_CREATOR: Final = NamedNode(DCTERMS_NAMESPACE + "creator")
DCTERMS_IDENTIFIER: Final = NamedNode(DCTERMS_NAMESPACE + "identifier")
DCTERMS_TYPE: Final = NamedNode(DCTERMS_NAMESPACE + "type")
OA_END: Final = NamedNode(OA_NAMESPACE + "end")
OA_EXACT: Final = NamedNode(OA_NAMESPACE + "exact")
OA_START: Final = NamedNode(OA_NAMESPACE + "start")
RDF_TYPE: Final = NamedNode(RDF_NAMESPACE + "type")
SCHEMA_NEWS_ARTICLE: Final = NamedNode(SCHEMA_NAMESPACE + "NewsArticle")
SCHEMA_DATE_PUBLISHED: Final = NamedNode(SCHEMA_NAMESPACE + "datePublished")
SCHEMA_HEADLINE: Final = NamedNode(SCHEMA_NAMESPACE + "headline")
SCHEMA_PUBLISHER: Final = NamedNode(SCHEMA_NAMESPACE + "publisher")
SCHEMA_URL: Final = NamedNode(SCHEMA_NAMESPACE + "url")
SKOS_ALT_LABEL: Final = NamedNode(SKOS_NAMESPACE + "altLabel")
SKOS_EXACT_MATCH: Final = NamedNode(SKOS_NAMESPACE + "exactMatch")
SKOS_PREF_LABEL: Final = NamedNode(SKOS_NAMESPACE + "prefLabel")
XSD_ANY_URI: Final = NamedNode(XSD_NAMESPACE + "anyURI")
XSD_DATE: Final = NamedNode(XSD_NAMESPACE + "date")
XSD_DATE_TIME: Final = NamedNode(XSD_NAMESPACE + "dateTime")
XSD_DECIMAL: Final = NamedNode(XSD_NAMESPACE + "decimal")
XSD_INTEGER: Final = NamedNode(XSD_NAMESPACE + "integer")

PREFIXES: Final[Mapping[str, str]] = {
    "coop": COOP_NAMESPACE,
    "dcterms": DCTERMS_NAMESPACE,
    "oa": OA_NAMESPACE,
    "rdf": RDF_NAMESPACE,
    "schema": SCHEMA_NAMESPACE,
    "skos": SKOS_NAMESPACE,
    "xsd": XSD_NAMESPACE,
}
"""Prefix to namespace, for writers and queries."""

COOP: Final[Mapping[str, NamedNode]] = {
    "Actor": ACTOR,
    "Actual": ACTUAL,
    "Agreement": AGREEMENT,
    "ArmsTransfer": ARMS_TRANSFER,
    "Cancelled": CANCELLED,
    "CooperationEvent": COOPERATION_EVENT,
    "Decision": DECISION,
    "Deployment": DEPLOYMENT,
    "Equipment": EQUIPMENT,
    "Evidence": EVIDENCE,
    "Exercise": EXERCISE,
    "IndustrialProject": INDUSTRIAL_PROJECT,
    "Item": ITEM,
    "Meeting": MEETING,
    "MilitaryAid": MILITARY_AID,
    "Organization": ORGANIZATION,
    "Person": PERSON,
    "Place": PLACE,
    "Planned": PLANNED,
    "Post": POST,
    "Profile": PROFILE,
    "Proposed": PROPOSED,
    "State": STATE,
    "Status": STATUS,
    "Training": TRAINING,
    "Visit": VISIT,
    "about": ABOUT,
    "actor": HAS_ACTOR,
    "amount": AMOUNT,
    "article": ARTICLE,
    "between": BETWEEN,
    "called": CALLED,
    "confidence": CONFIDENCE,
    "copyOf": COPY_OF,
    "cow": COW,
    "currency": CURRENCY,
    "decided": DECIDED,
    "digest": DIGEST,
    "during": DURING,
    "earliest": EARLIEST,
    "equipment": HAS_EQUIPMENT,
    "evidence": HAS_EVIDENCE,
    "extractor": EXTRACTOR,
    "held": HELD,
    "holds": HOLDS,
    "host": HOST,
    "identifies": IDENTIFIES,
    "iso2": ISO2,
    "iso3": ISO3,
    "item": HAS_ITEM,
    "key": KEY,
    "kind": KIND,
    "latest": LATEST,
    "likelihood": LIKELIHOOD,
    "name": NAME,
    "organization": HAS_ORGANIZATION,
    "participant": PARTICIPANT,
    "party": PARTY,
    "place": HAS_PLACE,
    "profile": HAS_PROFILE,
    "provider": PROVIDER,
    "quantity": QUANTITY,
    "rank": RANK,
    "readFrom": READ_FROM,
    "recipient": RECIPIENT,
    "record": RECORD,
    "reportedIn": REPORTED_IN,
    "represents": REPRESENTS,
    "says": SAYS,
    "sender": SENDER,
    "signatory": SIGNATORY,
    "signature": SIGNATURE,
    "stage": STAGE,
    "state": HAS_STATE,
    "status": HAS_STATUS,
    "text": TEXT,
    "undoneAt": UNDONE_AT,
    "undoneBy": UNDONE_BY,
    "valueText": VALUE_TEXT,
    "visitor": VISITOR,
    "when": WHEN,
}
"""The ontology's own terms by local name, for names that arrive as text."""
