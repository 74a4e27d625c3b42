-- The record, schema version 6. Views (at the end) are the stable, documented part: docs/schema.md.
-- Ids are readable and unique in the database: document d1, its rows d1.r1 d1.m1 d1.s1 d1.e1, meetings over documents M1.
-- Offsets are bytes of document.text, half-open.

CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO setting VALUES ('linked', 1);

CREATE TABLE raw (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,              -- SHA-256 of the text
  name TEXT NOT NULL UNIQUE,
  date TEXT,                             -- the dateline's, else of publication
  title TEXT,
  source TEXT NOT NULL,                  -- JSON
  text TEXT NOT NULL,
  blocks TEXT NOT NULL,                  -- JSON
  coder TEXT NOT NULL,
  record TEXT NOT NULL,                  -- JSON, what the coder found
  corrected TEXT,                        -- JSON, the same with corrections, where there are any: what the rows below are laid out from
  raw TEXT NOT NULL REFERENCES raw (sha256)
) STRICT;

CREATE TABLE sentence (
  document INTEGER NOT NULL REFERENCES document (number),
  number INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  silent TEXT,                           -- why it gave no row
  PRIMARY KEY (document, number)
) STRICT;

CREATE TABLE role (
  id TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (number),
  person TEXT NOT NULL,
  office TEXT NOT NULL,
  organization TEXT,
  country TEXT NOT NULL,
  post TEXT NOT NULL,                    -- the office under one name for all its spellings
  single INTEGER NOT NULL,               -- one person at a time holds it
  sector TEXT NOT NULL,                  -- PLOVER's; empty where the office is not known
  standing TEXT NOT NULL,                -- held, acting, designate, former
  quote TEXT NOT NULL
) STRICT;

-- Which person of the tables of actors a name of the document means.
CREATE TABLE identity (
  document INTEGER NOT NULL REFERENCES document (number),
  name TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (document, name)
) STRICT;

-- What those tables said when the document was read: of its persons, and of who held the offices it states.
CREATE TABLE term (
  document INTEGER NOT NULL REFERENCES document (number),
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  post TEXT NOT NULL,
  code TEXT NOT NULL,
  date_from TEXT,
  date_to TEXT,
  source TEXT NOT NULL,
  checked TEXT,
  place TEXT NOT NULL                    -- file and line
) STRICT;

CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (number),
  date_from TEXT,
  date_to TEXT,
  place TEXT,
  country TEXT,
  parties TEXT NOT NULL,                 -- JSON
  shown TEXT NOT NULL,                   -- the parties, for people
  format TEXT NOT NULL,
  told TEXT NOT NULL,
  planned INTEGER NOT NULL,
  quote TEXT NOT NULL
) STRICT;

CREATE TABLE statement (
  id TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (number),
  sentence INTEGER,
  act TEXT NOT NULL,
  speaker TEXT NOT NULL,
  speaker_code TEXT NOT NULL,
  holder TEXT NOT NULL,
  addressee TEXT NOT NULL,
  polarity TEXT NOT NULL,
  topics TEXT NOT NULL,
  manner TEXT NOT NULL,
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  continues TEXT
) STRICT;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (number),
  date_from TEXT,
  date_to TEXT,
  plover TEXT NOT NULL,
  mode TEXT,
  cameo TEXT,
  contexts TEXT NOT NULL,
  actor TEXT NOT NULL,
  recipient TEXT NOT NULL,
  place TEXT,
  modality TEXT NOT NULL,
  said_in TEXT,
  meeting TEXT,
  quote TEXT NOT NULL,
  confidence INTEGER,                    -- hundredths
  disputed TEXT                          -- what the second opinion says instead
) STRICT;

CREATE TABLE participant (
  document INTEGER NOT NULL REFERENCES document (number),
  "row" TEXT NOT NULL,                   -- id of a role, meeting, statement or event
  part TEXT NOT NULL,                    -- person, party, speaker, holder, addressee, actor, recipient
  name TEXT,
  code TEXT NOT NULL,
  sector TEXT,                           -- PLOVER's, where not the government
  host INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE provenance (
  document INTEGER NOT NULL REFERENCES document (number),
  "row" TEXT NOT NULL,
  field TEXT NOT NULL,
  sentence INTEGER NOT NULL,
  spans TEXT NOT NULL,                   -- JSON
  words TEXT NOT NULL,
  rule TEXT NOT NULL,
  why TEXT
) STRICT;

CREATE TABLE note (
  document INTEGER NOT NULL REFERENCES document (number),
  start INTEGER,
  stop INTEGER,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE ingest (
  place TEXT PRIMARY KEY,                -- path, or path:line
  outcome TEXT NOT NULL,                 -- read, skipped or suspect
  why TEXT,
  document INTEGER REFERENCES document (number)
) STRICT;

-- Derived: meetings linked across documents. Dropped and rebuilt at will; links never edit the rows above.
-- The words and sayings of all texts (word, wording, formulary, shelf, speech, speaker) are derived too, and their tables made with them: src/wording.
CREATE TABLE encounter (
  number INTEGER PRIMARY KEY,
  date_from TEXT,
  date_to TEXT,
  place TEXT,
  country TEXT,
  parties TEXT NOT NULL,
  format TEXT NOT NULL,
  told TEXT NOT NULL,
  planned INTEGER NOT NULL,
  documents TEXT NOT NULL
) STRICT;

CREATE TABLE encounter_member (
  encounter INTEGER NOT NULL REFERENCES encounter (number),
  meeting TEXT NOT NULL REFERENCES meeting (id),
  PRIMARY KEY (encounter, meeting)
) STRICT;

-- Why an account is of its encounter, and what speaks against it; of one alone, what it would fit.
CREATE TABLE bond (
  encounter INTEGER NOT NULL REFERENCES encounter (number),
  meeting TEXT NOT NULL REFERENCES meeting (id),
  field TEXT NOT NULL,
  verdict TEXT NOT NULL,                 -- agrees, missing, contradicts, alone
  words TEXT NOT NULL
) STRICT;

-- What users decided of links, apart from all that is derived. Accounts are told by their texts and words: ids may change.
CREATE TABLE decision (
  number INTEGER PRIMARY KEY,
  ruling TEXT NOT NULL,                  -- one, apart
  decided TEXT NOT NULL
) STRICT;

CREATE TABLE decision_account (
  decision INTEGER NOT NULL REFERENCES decision (number),
  side INTEGER NOT NULL,                 -- 1; of what is apart also 2
  "key" TEXT NOT NULL,                   -- of the document
  name TEXT NOT NULL,                    -- of the document, when it was decided
  date_from TEXT,
  date_to TEXT,
  parties TEXT NOT NULL,                 -- codes
  quote TEXT NOT NULL
) STRICT;

-- What people say of rows, apart from what the machine found. Rows are told by their texts and words: ids may change.
CREATE TABLE correction (
  number INTEGER PRIMARY KEY,
  "key" TEXT NOT NULL,                   -- of the document, which need not be here
  name TEXT NOT NULL,                    -- of the document, when it was judged
  layer TEXT NOT NULL,                   -- role, meeting, statement, event
  verdict TEXT NOT NULL,                 -- accept, edit, reject, add
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  found TEXT,                            -- JSON, the row that was judged
  given TEXT,                            -- JSON, the row as it should be
  note TEXT,
  settles INTEGER NOT NULL,
  undone TEXT,                           -- when it was taken back
  -- Derived, when the rows of the document are laid out:
  "row" TEXT,
  counts INTEGER NOT NULL DEFAULT 0,
  words TEXT,
  start INTEGER,
  stop INTEGER
) STRICT;

-- Derived as well: events that are one real event.
CREATE TABLE happening (
  number INTEGER PRIMARY KEY,
  event TEXT NOT NULL REFERENCES event (id),  -- the one that tells it best
  encounter INTEGER REFERENCES encounter (number),
  date_from TEXT,
  date_to TEXT,
  place TEXT,
  country TEXT,
  modality TEXT NOT NULL
) STRICT;

CREATE TABLE happening_member (
  happening INTEGER NOT NULL REFERENCES happening (number),
  event TEXT NOT NULL REFERENCES event (id),
  PRIMARY KEY (happening, event)
) STRICT;

-- Derived: who is who across documents, what they held when, and where that changes or does not agree. Like encounters.
CREATE TABLE person (
  number INTEGER PRIMARY KEY,
  key TEXT,                              -- in the tables of actors
  name TEXT NOT NULL,
  -- Where and as what the person is named; filled when meetings are linked.
  code TEXT,
  offices TEXT,
  meetings INTEGER NOT NULL DEFAULT 0,
  statements INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0,
  first_date TEXT,
  last_date TEXT,
  sector TEXT
) STRICT;

CREATE TABLE naming (
  document INTEGER NOT NULL,
  name TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (number),
  PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;

-- Every spelling of a person's name, once.
CREATE TABLE spelling (
  person INTEGER NOT NULL REFERENCES person (number),
  name TEXT NOT NULL,
  PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenure (
  person INTEGER NOT NULL REFERENCES person (number),
  post TEXT NOT NULL,
  standing TEXT NOT NULL,
  organization TEXT,
  country TEXT NOT NULL,
  sector TEXT NOT NULL,
  date_from TEXT,
  date_to TEXT,
  documents INTEGER NOT NULL,
  evidence TEXT NOT NULL
) STRICT;

CREATE TABLE change (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                    -- succession, overlap, tables
  post TEXT NOT NULL,
  code TEXT NOT NULL,
  before TEXT NOT NULL,
  before_from TEXT NOT NULL,
  before_to TEXT NOT NULL,
  before_words TEXT NOT NULL,
  after TEXT,
  after_from TEXT,
  after_to TEXT,
  after_words TEXT,
  tables TEXT
) STRICT;

CREATE INDEX document_date ON document (ifnull(date, ''), number);
CREATE INDEX encounter_date ON encounter (ifnull(date_from, ''), number);
CREATE INDEX event_date ON event (date_to, date_from, document);
CREATE INDEX sentence_silent ON sentence (document) WHERE silent IS NOT NULL;
CREATE INDEX person_name ON person (name);
CREATE INDEX role_document ON role (document);
CREATE INDEX term_document ON term (document);
CREATE INDEX term_person ON term (person);
CREATE INDEX naming_person ON naming (person);
CREATE INDEX tenure_person ON tenure (person);
CREATE INDEX meeting_document ON meeting (document);
CREATE INDEX statement_document ON statement (document);
CREATE INDEX event_document ON event (document);
CREATE INDEX participant_row ON participant ("row");
CREATE INDEX participant_code ON participant (code, document, "row");
CREATE INDEX participant_document ON participant (document);
CREATE INDEX provenance_row ON provenance ("row");
CREATE INDEX provenance_document ON provenance (document);
CREATE INDEX note_document ON note (document);
CREATE INDEX ingest_document ON ingest (document);
CREATE INDEX happening_event ON happening_member (event);
CREATE INDEX encounter_meeting ON encounter_member (meeting);
CREATE INDEX bond_encounter ON bond (encounter);
CREATE INDEX decision_member ON decision_account (decision);
CREATE INDEX correction_key ON correction ("key");
CREATE INDEX correction_row ON correction ("row");
-- So that a row can be put anew without looking through all that is derived.
CREATE INDEX bond_meeting ON bond (meeting);
CREATE INDEX happening_leader ON happening (event);
CREATE INDEX happening_encounter ON happening (encounter);

-- Full text. Never INSERT OR REPLACE into document: it would skip the delete trigger and spoil the index.
CREATE VIRTUAL TABLE passage USING fts5 (title, text, content = 'document', content_rowid = 'number');
CREATE TRIGGER document_insert AFTER INSERT ON document BEGIN
  INSERT INTO passage (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER document_delete AFTER DELETE ON document BEGIN
  INSERT INTO passage (passage, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER document_update AFTER UPDATE OF number, title, text ON document BEGIN
  INSERT INTO passage (passage, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
  INSERT INTO passage (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE VIEW meetings AS
SELECT 'M' || number AS id,
       CASE WHEN date_from = date_to THEN date_from ELSE date_from || '/' || date_to END AS date,
       CASE WHEN date_from <> date_to THEN 'interval'
            ELSE CASE length(date_from) WHEN 10 THEN 'day' WHEN 7 THEN 'month' WHEN 4 THEN 'year' END
       END AS precision,
       place, parties, format, told, documents, country, planned, date_from, date_to, number
FROM encounter;

CREATE VIEW accounts AS
SELECT m.id AS id, m.date_from AS date_from, m.date_to AS date_to, m.place AS place, m.country AS country,
       m.shown AS parties, m.format AS format, m.told AS told, m.planned AS planned, m.quote AS quote,
       'M' || e.encounter AS meeting, 'd' || m.document AS document
FROM meeting m LEFT JOIN encounter_member e ON e.meeting = m.id;

CREATE VIEW links AS
SELECT 'M' || encounter AS meeting, meeting AS account, field, verdict, words FROM bond;

CREATE VIEW decisions AS
SELECT d.number AS number, d.ruling AS ruling, d.decided AS decided, a.side AS side, a."key" AS "key", a.name AS name,
       a.date_from AS date_from, a.date_to AS date_to, a.parties AS parties, a.quote AS quote
FROM decision d JOIN decision_account a ON a.decision = d.number;

CREATE VIEW corrections AS
SELECT c.number AS number, c."row" AS "row", c.layer AS layer, c.verdict AS verdict, c.who AS who, c.made AS made, c.words AS words,
       c.note AS note, c.settles AS settles, c.undone AS undone, c.counts AS counts, 'd' || d.number AS document, c.found AS found,
       c.given AS given, c.name AS name, c."key" AS "key"
FROM correction c LEFT JOIN document d ON d."key" = c."key";

CREATE VIEW statements AS
SELECT s.id AS id, d.date AS date, s.speaker AS speaker, s.speaker_code AS speaker_code, s.holder AS holder,
       s.addressee AS addressee, s.act AS act, s.polarity AS polarity, s.content AS content, s.cue AS cue,
       s.topics AS topics, s.manner AS manner, s.continues AS continues, 'd' || s.document AS document,
       s.sentence AS sentence
FROM statement s JOIN document d ON d.number = s.document;

CREATE VIEW events AS
SELECT e.id AS id,
       CASE WHEN e.date_from = e.date_to THEN e.date_from ELSE e.date_from || '/' || e.date_to END AS date,
       e.plover AS plover, e.mode AS mode, e.cameo AS cameo, e.contexts AS contexts, e.actor AS actor, e.recipient AS recipient,
       e.place AS place, e.modality AS modality, e.quote AS quote, e.said_in AS said_in, e.meeting AS meeting,
       'd' || e.document AS document, e.date_from AS date_from, e.date_to AS date_to,
       e.confidence AS confidence, e.disputed AS disputed
FROM event e;

-- Events by how little sure they are; those that somebody judged are no longer in doubt.
CREATE VIEW doubts AS
SELECT v.id AS id, v.confidence AS confidence, v.disputed AS disputed, v.plover AS plover, v.actor AS actor, v.recipient AS recipient,
       v.quote AS quote, v.document AS document,
       (SELECT p.rule FROM provenance p WHERE p."row" = v.id AND p.field = 'row' ORDER BY p.rowid LIMIT 1) AS rule,
       v.date_from AS date_from, v.date_to AS date_to
FROM events v
WHERE NOT EXISTS (SELECT 1 FROM correction c WHERE c."row" = v.id AND c.undone IS NULL);

CREATE VIEW roles AS
SELECT r.id AS id, d.date AS date, r.person AS person, r.office AS office, r.organization AS organization,
       r.country AS country, r.quote AS quote, 'd' || r.document AS document, r.post AS post, r.standing AS standing,
       r.sector AS sector
FROM role r JOIN document d ON d.number = r.document;

-- Every naming of a person in a row, by who is meant.
CREATE VIEW appearances AS
SELECT p."row" AS id, p.name AS name, p.code AS code, p.part AS part, d.date AS date, 'd' || p.document AS document,
       n.person AS number
FROM participant p JOIN document d ON d.number = p.document
JOIN naming n ON n.document = p.document AND n.name = p.name;

CREATE VIEW people AS
SELECT s.name AS name, s.code AS code, s.offices AS offices, s.meetings AS meetings, s.statements AS statements,
       s.documents AS documents, s.first_date AS first_date, s.last_date AS last_date, s.sector AS sector,
       (SELECT group_concat(v.name, '; ') FROM spelling v WHERE v.person = s.number) AS spellings,
       s."key" AS "key", s.number AS number
FROM person s;

CREATE VIEW tenures AS
SELECT s.name AS person, t.post AS office, t.standing AS standing, t.organization AS organization, t.country AS country,
       t.sector AS sector, t.date_from AS first_date, t.date_to AS last_date, t.documents AS documents,
       t.evidence AS evidence, s."key" AS "key", t.person AS number
FROM tenure t JOIN person s ON s.number = t.person;

-- A person through time: what documents state, what the tables of actors say, whom they met, where they are named.
CREATE VIEW careers AS
SELECT person, 'stated' AS basis,
       CASE standing WHEN 'held' THEN '' ELSE standing || ' ' END || office AS office,
       coalesce(organization, country) AS code, sector, first_date AS "from", last_date AS "to", documents, evidence, number
FROM tenures
UNION ALL
SELECT DISTINCT s.name, 'tables', t.office, t.code, NULL, t.date_from, t.date_to, NULL,
       t.place || ': ' || t.source || coalesce('; checked ' || t.checked, ''), s.number
FROM person s JOIN term t ON t.person = s."key"
UNION ALL
SELECT s.name, 'meetings', NULL, NULL, NULL, min(m.date_from), max(m.date_to), count(DISTINCT a.document),
       count(DISTINCT m.number) || CASE count(DISTINCT m.number) WHEN 1 THEN ' meeting' ELSE ' meetings' END, s.number
FROM person s JOIN appearances a ON a.number = s.number AND a.part = 'party'
JOIN encounter_member e ON e.meeting = a.id JOIN encounter m ON m.number = e.encounter
GROUP BY s.number
UNION ALL
SELECT p.name, 'named', NULL, p.code, p.sector, p.first_date, p.last_date, p.documents, p.spellings, p.number
FROM people p;

CREATE VIEW changes AS
SELECT kind, post AS office, code, before, before_from, before_to, before_words, after, after_from, after_to, after_words,
       tables, number
FROM change;

CREATE VIEW documents AS
SELECT 'd' || d.number AS id, d.name AS name, d.date AS date, d.source ->> 'publisher' AS publisher,
       d.source ->> 'published' AS published, coalesce(d.source ->> 'dateline_place', d.source ->> 'place') AS place,
       d.title AS title,
       (SELECT count(*) FROM meeting m WHERE m.document = d.number) AS meetings,
       (SELECT count(*) FROM role r WHERE r.document = d.number) AS roles,
       (SELECT count(*) FROM statement s WHERE s.document = d.number) AS statements,
       (SELECT count(*) FROM event e WHERE e.document = d.number) AS events,
       (SELECT count(*) FROM sentence n WHERE n.document = d.number) AS sentences,
       (SELECT count(*) FROM sentence n WHERE n.document = d.number AND n.silent IS NOT NULL) AS silent,
       d.source ->> 'path' AS path, d.source ->> 'url' AS url, d.coder AS coder, d.text AS text,
       d.number AS number
FROM document d;

CREATE VIEW evidence AS
SELECT p."row" AS id, p.field AS field, 'd' || p.document AS document, p.sentence AS sentence, p.words AS words,
       p.rule AS rule, p.why AS why, p.spans AS spans
FROM provenance p;

CREATE VIEW happenings AS
SELECT h.event AS id,
       CASE WHEN h.date_from = h.date_to THEN h.date_from ELSE h.date_from || '/' || h.date_to END AS date,
       e.plover AS plover, e.mode AS mode, e.cameo AS cameo, e.contexts AS contexts, e.actor AS actor, e.recipient AS recipient,
       h.place AS place, h.country AS country, h.modality AS modality, e.quote AS quote, 'M' || h.encounter AS meeting,
       (SELECT count(*) FROM happening_member m WHERE m.happening = h.number) AS mentions,
       (SELECT count(DISTINCT n.document) FROM happening_member m JOIN event n ON n.id = m.event
        WHERE m.happening = h.number) AS documents,
       h.date_from AS date_from, h.date_to AS date_to
FROM happening h JOIN event e ON e.id = h.event;

CREATE VIEW event_mentions AS
SELECT h.event AS happening, e.id AS event, 'd' || e.document AS document, d.date AS document_date,
       d.source ->> 'publisher' AS publisher, d.source ->> 'url' AS url,
       (SELECT p.sentence FROM provenance p WHERE p."row" = e.id ORDER BY p.rowid LIMIT 1) AS sentence, e.quote AS quote,
       e.date_from AS date_from, e.date_to AS date_to
FROM happening_member m JOIN happening h ON h.number = m.happening JOIN event e ON e.id = m.event
JOIN document d ON d.number = e.document;
