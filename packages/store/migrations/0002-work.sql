-- Work: what has to be derived again, what was derived last, and what is on its way out.

-- Can be rebuilt by a baseline. A row appears when a cluster is first due or has a time to wake, and stays
-- until the next baseline covers it. `version` changes with every mark and every publication; `marked` is
-- the newest fact when it was last marked. A claim lasts until `claimed_until`, then another may take it.
create table work (
  cluster bigint primary key,
  version bigint not null,
  marked bigint not null,
  due bigint not null,
  wake_at bigint,
  claimed_until bigint not null
);
create index work_due on work (marked) where due = 1;
create index work_wake on work (wake_at) where wake_at is not null;

-- Can be rebuilt by a baseline. What each cluster derived since the baseline: record id to content hash,
-- '' where a record has gone. `partial` is 1 after a merge with a cluster that has no row here: what the
-- baseline published for that one is missing. `seq` is 0 until the cluster itself is published.
create table published (
  cluster bigint primary key,
  seq bigint not null,
  hashes text not null,
  partial bigint not null
);
create index published_seq on published (seq);

-- Can be rebuilt by a baseline. Clusters that are now part of another. `emptied` is 1 once the publication
-- of the survivor has told followers to remove what the absorbed one had.
create table absorbed (
  cluster bigint primary key,
  survivor bigint not null,
  stamp bigint not null,
  emptied bigint not null
);
create index absorbed_survivor on absorbed (survivor);

-- Precious. One row per rebuild that was published.
create table baselines (
  id bigint primary key,
  seq bigint not null,
  as_of bigint not null,
  rules_version bigint not null,
  published_at bigint not null
);

-- Precious until delivered. The newest change of each derived record that has not been confirmed.
create table outbox (
  record text not null primary key,
  kind text not null,
  change text not null,
  hash text not null,
  body text,
  seq bigint not null
) without rowid;
create index outbox_seq on outbox (seq);

-- Can be rebuilt by a baseline. Directory entries that changed and whose mentions are not marked due yet.
create table directory_due (
  key text not null primary key
) without rowid;
