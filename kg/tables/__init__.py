"""The graph as tables that analysts know: event lists, registers of transfers and agreements, and all of it plain.

What the tables and their columns are stands in `ontology/codings/tables.toml`, how events are coded beside it.
"""
