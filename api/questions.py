"""`GET /queries`: the questions that the graph answers, each with its SPARQL text, to start from."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.models import example
from ontology.questions import questions

router = APIRouter(tags=["sparql"])

SAMPLE = {
    "name": "who-signed-what",
    "title": "Who signed what",
    "question": "Who signed which agreement with whom, and when?",
    "parameters": ["?code, the ISO 3166-1 alpha-2 code of the state that is bound; UNDEF for every state"],
    "query": 'SELECT ?when ?agreement WHERE { VALUES ?code { "IN" } ?event coop:party/coop:iso2 ?code }',
}


class Question(BaseModel):
    """A competency question of the ontology."""

    model_config = example(SAMPLE)

    name: str
    title: str
    question: str
    parameters: list[str] = Field(description="What the VALUES at the head of the query mean; they are to be changed.")
    query: str = Field(description="SPARQL, for `/sparql`.")


@router.get("/queries")
def list_queries() -> list[Question]:
    """List the competency questions, each with the query that asks it."""
    return [
        Question(name=one.id, title=one.title, question=one.question, parameters=list(one.parameters), query=one.query)
        for one in questions()
    ]
