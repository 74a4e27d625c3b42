-- The record, schema version 3. Views (at the end) are the stable, documented part: docs/schema.md.
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
  record TEXT NOT NULL,                  -- JSON, what the rows below are laid out from
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
  quote TEXT NOT NULL
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
  quote TEXT NOT NULL
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

CREATE INDEX role_document ON role (document);
CREATE INDEX meeting_document ON meeting (document);
CREATE INDEX statement_document ON statement (document);
CREATE INDEX event_document ON event (document);
CREATE INDEX participant_row ON participant ("row");
CREATE INDEX participant_code ON participant (code);
CREATE INDEX participant_name ON participant (name);
CREATE INDEX participant_document ON participant (document);
CREATE INDEX provenance_row ON provenance ("row");
CREATE INDEX provenance_document ON provenance (document);
CREATE INDEX note_document ON note (document);
CREATE INDEX ingest_document ON ingest (document);
CREATE INDEX happening_event ON happening_member (event);
CREATE INDEX encounter_meeting ON encounter_member (meeting);

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
       place, parties, format, told, documents, country, planned, date_from, date_to
FROM encounter;

CREATE VIEW accounts AS
SELECT m.id AS id, m.date_from AS date_from, m.date_to AS date_to, m.place AS place, m.country AS country,
       m.shown AS parties, m.format AS format, m.told AS told, m.planned AS planned, m.quote AS quote,
       'M' || e.encounter AS meeting, 'd' || m.document AS document
FROM meeting m LEFT JOIN encounter_member e ON e.meeting = m.id;

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
       'd' || e.document AS document, e.date_from AS date_from, e.date_to AS date_to
FROM event e;

CREATE VIEW roles AS
SELECT r.id AS id, d.date AS date, r.person AS person, r.office AS office, r.organization AS organization,
       r.country AS country, r.quote AS quote, 'd' || r.document AS document
FROM role r JOIN document d ON d.number = r.document;

CREATE VIEW people AS
SELECT p.name AS name,
       (SELECT group_concat(c.code, '; ')
        FROM (SELECT DISTINCT q.code FROM participant q WHERE q.name = p.name AND q.code <> '') c) AS code,
       (SELECT group_concat(o.office, '; ')
        FROM (SELECT DISTINCT r.office FROM role r WHERE r.person = p.name) o) AS offices,
       count(DISTINCT CASE WHEN p.part = 'party' THEN e.encounter END) AS meetings,
       count(DISTINCT CASE WHEN p.part = 'speaker' THEN p."row" END) AS statements,
       count(DISTINCT p.document) AS documents,
       min(d.date) AS first_date, max(d.date) AS last_date
FROM participant p JOIN document d ON d.number = p.document
LEFT JOIN encounter_member e ON e.meeting = p."row"
WHERE p.name IS NOT NULL
GROUP BY p.name;

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
       d.source ->> 'path' AS path, d.source ->> 'url' AS url, d.coder AS coder, d.text AS text
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
