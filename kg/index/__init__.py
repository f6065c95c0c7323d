"""The index beside a store: who takes part in which event, by which names, and each event as it is handed out.

It is an SQLite file made from the graph alone and can be deleted at any time. What articles a writer is about to change
is noted in it first, so it knows what to read anew, whoever wrote.
"""
