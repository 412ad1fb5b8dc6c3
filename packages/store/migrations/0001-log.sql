-- The log: what happened, and which records belong together.
--
-- Every migration is plain SQL for both engines; packages/store/src/migrations.ts documents the three
-- words that are exchanged on the way. Times are milliseconds since 1970 (UTC); documents are JSON text.

-- Precious. One row per fact, never changed. `seq` is the order of commitment, `body` the whole fact;
-- the columns before it repeat what is looked up. `subject` is null for users, campaigns and accounts.
create table facts (
  seq bigint primary key,
  id text not null unique,
  kind text not null,
  occurred_at bigint not null,
  recorded_at bigint not null,
  subject text,
  body text not null,
  logged_at bigint not null
);
create index facts_subject on facts (subject);

-- Can be rebuilt: the connected components of the keys of all facts. Facts are never relabelled; when
-- clusters turn out to be one, the rows of the smaller move to the larger. `stamp` is the newest `seq`
-- when the row was last decided.
create table links (
  key text not null primary key,
  cluster bigint not null,
  stamp bigint not null
) without rowid;
create index links_cluster on links (cluster);
create index links_stamp on links (stamp);

-- Precious. One row: the last number given out for each purpose. `seq` and `facts` count the log, `bulk`
-- is the newest fact that came in bulk, `directory` the newest about a user, campaign or account; the
-- others number clusters, work, publications and the outbox.
create table positions (
  one bigint primary key,
  seq bigint not null,
  facts bigint not null,
  bulk bigint not null,
  directory bigint not null,
  cluster bigint not null,
  version bigint not null,
  publication bigint not null,
  outbox bigint not null
);
insert into positions (one, seq, facts, bulk, directory, cluster, version, publication, outbox)
values (1, 0, 0, 0, 0, 0, 0, 0, 0);
