-- What the peer stores: the switch's rows as a PostgreSQL user would lay them out for speed. Codes
-- are text, money is centimes, intervals include both ends and are open where they are infinite.
-- What a claim reads of one person lies in one row, as in the switch's account row.

CREATE TYPE outcome AS ENUM ('APPROVED', 'APPROVED_PARTIALLY', 'DECLINED');

-- docs/decline_reasons.md. NULL is "passed".
CREATE TYPE reason AS ENUM (
  'PARTICIPANT_SUSPENDED', 'PROVIDER_UNKNOWN', 'NO_AGREEMENT', 'CARD_UNKNOWN', 'CARD_REPLACED',
  'CARD_OPPOSED', 'CARD_BLACKLISTED', 'CARD_NOT_ACTIVE', 'RULEBOOK_UNKNOWN', 'CARD_PROOF_REPLAYED',
  'BENEFICIARY_NOT_COVERED', 'SERVICE_DATE_INVALID', 'TIME_BARRED', 'PRESCRIPTION_DATE_INVALID',
  'PRESCRIPTION_EXPIRED', 'CARD_UPDATE_REQUIRED', 'RIGHTS_NOT_OPEN', 'PRESCRIBER_NOT_ACCEPTED',
  'NO_PAYABLE_LINE',
  'PRODUCT_UNKNOWN', 'PRODUCT_NOT_COVERED', 'PRICE_ABOVE_PUBLIC', 'PRODUCT_RESTRICTED',
  'PRIOR_AGREEMENT_REQUIRED', 'QUANTITY_ABOVE_MAXIMUM', 'SUPPLY_TOO_LONG', 'DUPLICATE_DISPENSING',
  'REFILL_TOO_SOON', 'PRESCRIPTION_COUNT_EXCEEDED', 'PRESCRIPTION_CEILING_EXCEEDED');

-- Reference.

CREATE TABLE rulebook (
  fund text, from_day date, until_day date,
  catalogue text NOT NULL,
  utc_offset interval NOT NULL,
  service_date_ahead interval NOT NULL,
  service_date_past_days_max int NOT NULL,
  prescription_days_max int NOT NULL,
  prescriber_checked boolean NOT NULL,
  long_term_supply_days_max int NOT NULL,
  refill_days_left_max int NOT NULL,
  limits_exempt text NOT NULL,
  prescriptions_per_quarter int,
  prescription_ceiling bigint,
  long_term_rate_bp int NOT NULL,
  exempt_rate_bp int NOT NULL,
  atc_window int NOT NULL,
  PRIMARY KEY (fund, from_day)
);

CREATE TYPE restriction AS (age_min int, age_max int, condition text);

-- With the tarif of its INN, in rows that do not overlap: one look-up per claim line.
CREATE TABLE product (
  catalogue text, code text, from_day date, until_day date NOT NULL,
  inn text NOT NULL,
  reimbursable boolean NOT NULL,
  public_price bigint NOT NULL,
  tarif bigint,
  rate_bp int NOT NULL,
  quantity_max int,
  supply_days_max int,
  prior_agreement_above_days int,
  restrictions restriction[],
  PRIMARY KEY (catalogue, code, from_day)
);

CREATE TABLE prescriber (code text PRIMARY KEY, suspended boolean NOT NULL);

CREATE TABLE provider (
  code text PRIMARY KEY,
  suspended boolean NOT NULL,
  agreed_funds text[],
  agreed_days datemultirange[]  -- With each of these funds.
);

-- Accounts.

CREATE TABLE account (insured text PRIMARY KEY, fund text NOT NULL, payout_account text);

CREATE TYPE treatment AS (condition text, in_force daterange, inns text[]);
-- A prescription is (beneficiary, prescriber, number, date).
CREATE TYPE prescription AS (prescriber text, number text, day date);
-- Names a product or a prescription.
CREATE TYPE prior_agreement AS (
  granted boolean, in_force daterange, product text, prescription prescription);

CREATE TABLE beneficiary (
  insured text, rank int,
  birth date NOT NULL,
  exempt boolean NOT NULL,
  rights datemultirange NOT NULL,
  treatments treatment[],
  agreements prior_agreement[],
  PRIMARY KEY (insured, rank)
);

-- Every claim updates its card's counter: room on each page keeps that update off the index.
CREATE TABLE card (
  number text PRIMARY KEY,
  insured text NOT NULL,
  fund text NOT NULL,  -- The account's.
  rank int NOT NULL,  -- An individual card's one beneficiary; 0: a family's, for all of them.
  key_version int NOT NULL,
  active boolean NOT NULL,
  bar text,
  bar_until date NOT NULL,
  rights_until date NOT NULL,
  atc_highest bigint NOT NULL,
  atc_used bigint NOT NULL  -- Bit n: the counter n + 1 below the highest was used.
) WITH (fillfactor = 80);

-- Claims: the stored answers, and by the rows that count the history of each person.

CREATE TYPE claim_line AS (
  product text, reason reason, inn text, supply_days int,
  price bigint, insurer bigint, patient bigint,
  long_term boolean, subject_to_limits boolean);

CREATE TYPE claim_answer AS (
  claim bigint, outcome outcome, reason reason, lines claim_line[],
  insurer bigint, patient bigint, prescriptions_left int, rights_until date);

CREATE SEQUENCE claim_id CACHE 64;

CREATE TABLE claim (
  participant text, request_id uuid,
  answered_at timestamptz NOT NULL,
  terminal text NOT NULL,
  card text NOT NULL,
  insured text, rank int NOT NULL,
  atc bigint NOT NULL,
  service_date date NOT NULL,
  first_act_date date NOT NULL,
  prescriber text NOT NULL, prescription text NOT NULL, prescribed_on date NOT NULL,
  prescription_type text NOT NULL,
  quantities int[] NOT NULL,
  unit_prices bigint[] NOT NULL,
  answer claim_answer NOT NULL,
  counts boolean NOT NULL,  -- Approved, wholly or partly, and not reversed.
  PRIMARY KEY (participant, request_id)
);
CREATE INDEX claim_history ON claim (insured, rank) WHERE counts;
