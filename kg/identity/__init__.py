"""Which reports of many articles speak of one person, one organisation, one act.

What a report says that matters for this is its profile; reports of equal profiles are one by definition. Profiles that
come near each other by an index of keys are compared in pairs, and a cluster is what the pairs hold together.
Everything here is a function of the set of profiles and of what curators decided, so the order in which articles come
makes no difference.
"""
