"""SPARQL answered aside from the server: killable processes that read a snapshot of the store, within limits.

    from kg.serving.limits import Limits          seconds, megabytes, rows, bytes of one answer; `within` caps them
    from kg.serving.snapshots import Snapshots    Snapshots(store): backups next to the store, at most one a second
    from kg.serving.pool import Pool              Pool(snapshots, size, waiting, patience, limits), a context manager
    from kg.serving.replies import Reply          what a query returns: an iterator of bytes, also an async one

`pool.query(text, format, default_graphs, named_graphs, limits, *, base, union, client)` returns a `Reply` once its
first bytes are there, and `await pool.ask(...)` the same without blocking an event loop; cancelled, it frees the
worker.
`format` is a media type, or several by preference: the first that suits the form of the query is taken, and
`reply.format` says which. A `client` that is named gets half of the pool at most. `reply.close()`, from any thread,
frees the worker; so does forgetting the reply. Raised, before the first bytes or between two of them: `QueryError`, its
`FormatError` (`offered` holds the media types that would do), `LimitReached` (`limit` is seconds, megabytes, rows,
bytes, queue or client), `StoreError`.

Nothing of a query reaches out: SERVICE, LOAD and files are refused when parsed, and where the system allows it
(`reply.isolated` says whether it did) a worker lives in a network namespace of its own, in which there is no network.
A worker is ended by the kernel: by a timer of its own, so even where the server is stopped or dead, and by RLIMIT_AS.
Both are POSIX: the pool does not run on Windows.
"""
