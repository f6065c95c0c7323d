-- The index of a store. Numbers are digests of ids (kg.index.numbers), days are proleptic ordinals, 0 where unknown.

CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE due (article TEXT PRIMARY KEY) WITHOUT ROWID;            -- articles to be read anew

CREATE TABLE node (                                                   -- what events speak of
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    label TEXT NOT NULL,
    country TEXT,                                                     -- ISO 3166-1 alpha-2
    side TEXT NOT NULL                                                -- whom it acts for: a country's code, or an id
);
CREATE TABLE belonging (node INTEGER, whole INTEGER, PRIMARY KEY (whole, node)) WITHOUT ROWID;
CREATE INDEX belonging_node ON belonging (node);
CREATE TABLE name (                                                   -- labels, other labels, codes and ids
    number INTEGER PRIMARY KEY,
    node INTEGER NOT NULL,
    folded TEXT NOT NULL,
    text TEXT NOT NULL,
    main INTEGER NOT NULL
);
CREATE INDEX name_node ON name (node);
CREATE TABLE word (start TEXT, name INTEGER, PRIMARY KEY (start, name)) WITHOUT ROWID;
CREATE INDEX word_name ON word (name);
CREATE TABLE triple (letters TEXT, name INTEGER, PRIMARY KEY (letters, name)) WITHOUT ROWID;
CREATE INDEX triple_name ON triple (name);

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    confidence REAL NOT NULL,
    sources INTEGER NOT NULL
);
CREATE INDEX event_last ON event (last DESC, number);
CREATE TABLE telling (event INTEGER PRIMARY KEY, json BLOB NOT NULL); -- the event as kg.answers.views has it
CREATE TABLE part (                                                   -- also places and equipment
    node INTEGER,
    last INTEGER,
    event INTEGER,
    roles INTEGER NOT NULL,                                           -- bits of kg.index.numbers.ROLES
    PRIMARY KEY (node, last DESC, event)
) WITHOUT ROWID;
CREATE INDEX part_event ON part (event, roles, node);

CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    day INTEGER NOT NULL,
    publisher TEXT,
    headline TEXT,
    url TEXT
);
CREATE INDEX article_day ON article (day DESC, number);
CREATE TABLE source (article INTEGER, event INTEGER, PRIMARY KEY (article, event)) WITHOUT ROWID;
CREATE INDEX source_event ON source (event);
CREATE TABLE mention (article INTEGER, node INTEGER, PRIMARY KEY (article, node)) WITHOUT ROWID;
CREATE INDEX mention_node ON mention (node);
CREATE TABLE tenure (                                                 -- as articles have it
    person INTEGER,
    post INTEGER,
    former INTEGER,
    article INTEGER,
    PRIMARY KEY (person, post, former, article)
) WITHOUT ROWID;
CREATE INDEX tenure_article ON tenure (article);

-- The register's profiles by their keys; see kg.identity.filing.
CREATE TABLE profile (id TEXT PRIMARY KEY, said TEXT, node TEXT, label TEXT) WITHOUT ROWID;
CREATE TABLE filed (key TEXT, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE unfiled (id TEXT PRIMARY KEY) WITHOUT ROWID;             -- to be filed anew
