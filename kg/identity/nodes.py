"""The keys under which profiles are filed, and the nodes that clusters of profiles are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox

from kg.identity import acts, bodies, people
from kg.identity.names import is_short
from kg.identity.profiles import ActProfile, BodyProfile, PersonProfile, Profile, TenureProfile, digest, written
from kg.rdf.identities import Known
from kg.rdf.iris import local
from kg.rdf.slugs import slug

SUFFIX = 8
"""Digits of a digest that tell nodes of one name apart."""


def profile_id(profile: Profile) -> str:
    """The id of a profile: its digest, and behind it the days that rule out which acts are the same, unread."""
    days = acts.days(profile) if isinstance(profile, ActProfile) else None
    return ".".join((digest(written(profile)), *(day.isoformat() for day in days or ())))


def keys(profile: Profile) -> frozenset[str]:
    """The keys under which the profile is filed; one that names an IRI holds whatever might go by that IRI."""
    match profile:
        case PersonProfile() if is_short(profile.name):
            return people.keys(profile) | {f"person/{slug(profile.name)}-{_suffix(profile)}"}
        case PersonProfile():
            return people.keys(profile)
        case TenureProfile():
            return people.tenure_keys(profile)
        case BodyProfile():
            return bodies.keys(profile)
        case ActProfile():
            return acts.keys(profile)


def sought(profile: Profile) -> frozenset[str]:
    """The keys under which those are filed that may be the same, or whom a tenure may decide."""
    match profile:
        case TenureProfile():
            return people.shorts_near(profile)
        case ActProfile():
            return acts.sought(profile)
        case PersonProfile():
            return people.sought(profile)
        case BodyProfile():
            return bodies.keys(profile)


@lru_cache(maxsize=20_000)
def local_names(profile: Profile) -> frozenset[str]:
    """The keys of a profile that are the local parts of IRIs; the IRI of an act, or of a short name, is its own."""
    if isinstance(profile, ActProfile):
        return frozenset()
    return frozenset(key for key in keys(profile) if " " not in key)


def named(clusters: Mapping[frozenset[str], Sequence[Profile]], base: str) -> dict[str, Known]:
    """The node of each id. Clusters that would have one IRI all get their side, or else a digest, behind it.

    A name in short may be anybody's: the digest alone is always behind it, whoever else has that name.
    """
    first = {cluster: _plain(profiles) for cluster, profiles in clusters.items()}
    plain = {cluster: iri for cluster, (iri, label) in first.items() if not _is_short(iri, label)}
    sided = {
        cluster: f"{iri}-{_side(clusters[cluster])}" if _shared(iri, plain) else iri for cluster, iri in plain.items()
    }
    full = {
        cluster: sided[cluster]
        if cluster in sided and not _shared(sided[cluster], sided)
        else f"{sided.get(cluster, iri)}-{min(map(_suffix, clusters[cluster]))}"
        for cluster, (iri, _) in first.items()
    }
    return {
        id: Known(ox.NamedNode(f"{base}{iri}"), first[cluster][1]) for cluster, iri in full.items() for id in cluster
    }


def _shared(iri: str, named: Mapping[frozenset[str], str]) -> bool:
    return sum(iri == other for other in named.values()) > 1


def _suffix(profile: Profile) -> str:
    """A digest of what a profile says, whether a curator decided on its report or not."""
    bare = profile if isinstance(profile, ActProfile) else replace(profile, own=None)
    return digest(written(bare))[:SUFFIX]


def _is_short(iri: str, label: str) -> bool:
    return iri.startswith("person/") and is_short(label)


def _plain(profiles: Sequence[Profile]) -> tuple[str, str]:
    """The local part of a cluster's IRI and its label."""
    head = profiles[0]
    match head:
        case PersonProfile():
            name = people.best_name(one for one in profiles if isinstance(one, PersonProfile))
            return f"person/{slug(name)}", name
        case BodyProfile():
            own = [one for one in profiles if isinstance(one, BodyProfile)]
            name, state = bodies.best_name(own), next((one.state for one in own if one.state), None)
            return f"org/{local(state, name)}", name
        case TenureProfile():
            raise TypeError("a tenure is no node")
        case ActProfile():
            earliest = acts.earliest(one for one in profiles if isinstance(one, ActProfile))
            return f"event/{earliest.own.rpartition('/')[2]}", earliest.label


def _side(profiles: Sequence[Profile]) -> str:
    sides = {one.state or getattr(one, "body", None) for one in profiles if not isinstance(one, ActProfile)}
    return min((slug(side) for side in sides if side), default="x")
