"""The index beside a store: who takes part in which event, by which names, and each event as it is handed out.

It also has the profiles of reports by their keys (`kg.identity.filing`). It is an SQLite file made from the graph alone
and can be deleted at any time. What a writer is about to change is noted in it first, so it knows what to read anew,
whoever wrote.
"""
