-- What a company decides and keeps besides its log.

-- Precious. Every version of the rules document; the newest is in force.
create table rules (
  version bigint primary key,
  hash text not null,
  document text not null,
  saved_at bigint not null
);

-- Precious, and personal: the only table with names and addresses. Deleting a row leaves the books intact.
-- `search` is name, e-mail address and company in lower case, one a line.
create table profiles (
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

-- Can be lost at the price of reading a source again. How far each source has been read.
create table imports (
  id text not null primary key,
  state text not null,
  finished bigint not null,
  updated_at bigint not null
) without rowid;

-- Precious. Secrets and the like, made once: `pseudonym-key` is what e-mail addresses are hashed with.
create table settings (
  key text not null primary key,
  value text not null
) without rowid;
