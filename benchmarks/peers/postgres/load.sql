-- Fills schema.sql's tables from the files of `wasl sample` in the current directory
-- (docs/import_format.md) and from rulebooks.csv, which peer_postgres makes of its rulebooks. In the
-- transaction that made the tables: none of it passes through the write-ahead log.

CREATE FUNCTION centimes(amount text) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (amount::numeric * 100)::bigint;

CREATE FUNCTION since(day date) RETURNS date LANGUAGE sql IMMUTABLE
RETURN coalesce(day, '-infinity');
CREATE FUNCTION until(day date) RETURNS date LANGUAGE sql IMMUTABLE
RETURN coalesce(day, 'infinity');
CREATE FUNCTION days(from_day date, until_day date) RETURNS daterange LANGUAGE sql IMMUTABLE
RETURN daterange(since(from_day), until(until_day), '[]');

-- Reference.

\copy rulebook FROM 'rulebooks.csv' CSV

CREATE TEMP TABLE products (
  catalogue text, product text, "from" date, until date, inn text, name text, reimbursable boolean,
  public_price text, rate_percent numeric, quantity_max int, supply_days_max int,
  prior_agreement_above_days int, source_version bigint);
\copy products FROM 'products.csv' CSV HEADER
CREATE INDEX ON products (catalogue, product);
CREATE TEMP TABLE restrictions (
  catalogue text, product text, "from" date, age_min int, age_max int, condition text);
\copy restrictions FROM 'restrictions.csv' CSV HEADER
CREATE TEMP TABLE tarifs (
  catalogue text, inn text, "from" date, until date, amount text, source_version bigint);
\copy tarifs FROM 'tarifs.csv' CSV HEADER
CREATE INDEX ON tarifs (catalogue, inn);

-- From each day on which a product or its tarif changes to the day before the next: the newest row
-- of each that holds the day.
WITH change AS (
  SELECT catalogue, product, since("from") AS day FROM products
  UNION SELECT catalogue, product, until + 1 FROM products WHERE until IS NOT NULL
  UNION SELECT catalogue, product, since(t."from")
    FROM products JOIN tarifs t USING (catalogue, inn)
  UNION SELECT catalogue, product, t.until + 1
    FROM products JOIN tarifs t USING (catalogue, inn) WHERE t.until IS NOT NULL),
span AS (
  SELECT *, lead(day, 1, 'infinity') OVER of_product - 1 AS last_day
  FROM change WINDOW of_product AS (PARTITION BY catalogue, product ORDER BY day))
INSERT INTO product
SELECT span.catalogue, span.product, day, last_day, inn, reimbursable, centimes(public_price),
  centimes(amount), (rate_percent * 100)::int, quantity_max, supply_days_max, prior_agreement_above_days,
  (SELECT array_agg(ROW(age_min, age_max, condition)::restriction) FROM restrictions r
   WHERE (r.catalogue, r.product) = (p.catalogue, p.product)
     AND r."from" IS NOT DISTINCT FROM p."from")
FROM span
  CROSS JOIN LATERAL (
    SELECT * FROM products
    WHERE (catalogue, product) = (span.catalogue, span.product) AND days("from", until) @> day
    ORDER BY since("from") DESC LIMIT 1) p
  LEFT JOIN LATERAL (
    SELECT amount FROM tarifs
    WHERE (catalogue, inn) = (p.catalogue, p.inn) AND days("from", until) @> day
    ORDER BY since("from") DESC LIMIT 1) t ON true;

CREATE TEMP TABLE file (prescriber text, name text, suspended boolean, source_version bigint);
\copy file FROM 'prescribers.csv' CSV HEADER
INSERT INTO prescriber SELECT prescriber, suspended FROM file;
DROP TABLE file;

CREATE TEMP TABLE file (
  provider text, wilaya text, centre text, name text, suspended boolean, signing_key text,
  payout_account text, source_version bigint);
\copy file FROM 'providers.csv' CSV HEADER
CREATE TEMP TABLE provider_agreements (provider text, fund text, "from" date, until date);
\copy provider_agreements FROM 'provider_agreements.csv' CSV HEADER
INSERT INTO provider
SELECT provider, suspended, array_agg(fund) FILTER (WHERE fund IS NOT NULL),
  array_agg(agreed_days) FILTER (WHERE fund IS NOT NULL)
FROM file LEFT JOIN (
    SELECT provider, fund, range_agg(days("from", until)) AS agreed_days
    FROM provider_agreements GROUP BY provider, fund) AS agreements USING (provider)
GROUP BY provider, suspended;
DROP TABLE file;

-- Accounts.

CREATE TEMP TABLE file (insured text, fund text, payout_account text, source_version bigint);
\copy file FROM 'accounts.csv' CSV HEADER
INSERT INTO account SELECT insured, fund, payout_account FROM file;
DROP TABLE file;

CREATE TEMP TABLE beneficiaries (insured text, rank int, birth date, exempt boolean);
\copy beneficiaries FROM 'beneficiaries.csv' CSV HEADER
CREATE TEMP TABLE rights (insured text, rank int, "from" date, until date);
\copy rights FROM 'rights.csv' CSV HEADER
CREATE TEMP TABLE treatments (
  insured text, rank int, condition text, "from" date, until date, inns text);
\copy treatments FROM 'treatments.csv' CSV HEADER
CREATE TEMP TABLE agreements (
  insured text, agreement bigint, rank int, state text, "from" date, until date, product text,
  prescriber text, prescription text, prescription_date date);
\copy agreements FROM 'agreements.csv' CSV HEADER
INSERT INTO beneficiary
SELECT b.insured, b.rank, b.birth, b.exempt, r.rights, t.treatments, a.agreements
FROM beneficiaries b
  JOIN (
    SELECT insured, rank, range_agg(days("from", until)) AS rights
    FROM rights GROUP BY insured, rank) r USING (insured, rank)
  LEFT JOIN (
    SELECT insured, rank, array_agg(
      ROW(condition, days("from", until), string_to_array(inns, ' '))::treatment) AS treatments
    FROM treatments GROUP BY insured, rank) t USING (insured, rank)
  LEFT JOIN (
    SELECT insured, rank, array_agg(ROW(
      state = 'granted', days("from", until), product, ROW(
        prescriber, prescription, prescription_date)::prescription)::prior_agreement) AS agreements
    FROM agreements GROUP BY insured, rank) a USING (insured, rank);

-- pgbench draws numbers and looks nothing up: cards are numbered anew, and those that it draws from
-- come first, 1 to `cards_drawn`: active family cards of the Algerian funds.
CREATE TEMP TABLE file (
  insured text, card text, kind text, rank int, key_version int, active boolean, bar text,
  bar_until date, rights_until date);
\copy file FROM 'cards.csv' CSV HEADER
CREATE TABLE cards_drawn AS
SELECT count(*) FROM file JOIN account USING (insured)
WHERE kind = 'family' AND active AND fund <> 'AMO';
INSERT INTO card
SELECT 2130000000000000 + row_number() OVER (
    ORDER BY NOT (kind = 'family' AND active AND fund <> 'AMO'), hashtext(card)),
  insured, fund, rank, key_version, active, bar, until(bar_until),
  coalesce(rights_until, '-infinity'), 0, 0
FROM file JOIN account USING (insured);

-- What pgbench's pharmacies sell: in force, covered, without restriction or prior agreement, three
-- packs together below every ceiling.
CREATE TABLE medicine AS
SELECT row_number() OVER (ORDER BY code) - 1 AS place, code, public_price FROM product
WHERE catalogue = 'DZ' AND reimbursable AND current_date BETWEEN from_day AND until_day
  AND restrictions IS NULL AND prior_agreement_above_days IS NULL AND public_price <= 150000;

-- One pharmacy for each of pgbench's connections.
CREATE TABLE counter AS
SELECT row_number() OVER (ORDER BY code) - 1 AS place, code AS provider FROM provider
WHERE NOT suspended
  AND agreed_days[array_position(agreed_funds, 'CNAS')] @> current_date
  AND agreed_days[array_position(agreed_funds, 'CASNOS')] @> current_date;

CREATE EXTENSION pg_prewarm;
CREATE ROLE terminal LOGIN;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO terminal;
GRANT USAGE ON SEQUENCE claim_id TO terminal;
