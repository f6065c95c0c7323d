"""How far words of one sentence lie apart in its tree."""

from spacy.tokens import Token

from kg.clauses import is_verb


def _governors(trigger: Token) -> list[Token]:
    """The trigger and the words above it in its sentence, nearest first."""
    chain = [trigger]
    while chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    return chain


def distance(trigger: Token, token: Token) -> int:
    """Steps in the tree from `trigger` to `token`; going down into another finite clause costs three more."""
    up = {ancestor.i: steps for steps, ancestor in enumerate(_governors(trigger))}
    steps = 0
    while token.i not in up:
        if token.dep_.partition(":")[0] in {"acl", "advcl", "parataxis", "ccomp"} or (
            token.dep_ == "conj" and is_verb(token)
        ):
            steps += 3
        steps += 1
        if token.head == token:
            return 50
        token = token.head
    return steps + up[token.i]
