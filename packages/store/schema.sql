-- What the migrations make, for reading. A test holds it to them; to renew it, delete it and run that test.

CREATE TABLE absorbed (
  cluster integer primary key,
  survivor bigint not null,
  stamp bigint not null,
  emptied bigint not null
);

CREATE INDEX absorbed_survivor on absorbed (survivor);

CREATE TABLE baselines (
  id integer primary key,
  seq bigint not null,
  as_of bigint not null,
  rules_version bigint not null,
  published_at bigint not null
);

CREATE TABLE directory_due (
  key text not null primary key
) without rowid;

CREATE TABLE facts (
  seq integer primary key,
  id text not null unique,
  kind text not null,
  occurred_at bigint not null,
  recorded_at bigint not null,
  subject text,
  body text not null,
  logged_at bigint not null
);

CREATE INDEX facts_subject on facts (subject);

CREATE TABLE imports (
  id text not null primary key,
  state text not null,
  finished bigint not null,
  updated_at bigint not null
) without rowid;

CREATE TABLE links (
  key text not null primary key,
  cluster bigint not null,
  stamp bigint not null
) without rowid;

CREATE INDEX links_cluster on links (cluster);

CREATE INDEX links_stamp on links (stamp);

CREATE TABLE migrations (name text not null primary key, hash text not null);

CREATE TABLE outbox (
  record text not null primary key,
  kind text not null,
  change text not null,
  hash text not null,
  body text,
  seq bigint not null
) without rowid;

CREATE INDEX outbox_seq on outbox (seq);

CREATE TABLE positions (
  one integer primary key,
  seq bigint not null,
  facts bigint not null,
  bulk bigint not null,
  directory bigint not null,
  cluster bigint not null,
  version bigint not null,
  publication bigint not null,
  outbox bigint not null
);

CREATE TABLE profiles (
  key text not null primary key,
  first_name text,
  last_name text,
  email text,
  company text,
  title text,
  phone text,
  country text,
  search text not null
) without rowid;

CREATE TABLE published (
  cluster integer primary key,
  seq bigint not null,
  hashes text not null,
  partial bigint not null
);

CREATE INDEX published_seq on published (seq);

CREATE TABLE rules (
  version integer primary key,
  hash text not null,
  document text not null,
  saved_at bigint not null
);

CREATE TABLE settings (
  key text not null primary key,
  value text not null
) without rowid;

CREATE TABLE work (
  cluster integer primary key,
  version bigint not null,
  marked bigint not null,
  due bigint not null,
  wake_at bigint,
  claimed_until bigint not null
);

CREATE INDEX work_due on work (marked) where due = 1;

CREATE INDEX work_wake on work (wake_at) where wake_at is not null;
