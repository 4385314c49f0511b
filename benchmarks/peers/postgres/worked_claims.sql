-- The function must answer the worked claims of the rules (W1 to W12), refuse in their order, and
-- repeat itself: else what is measured is not the switch's work. Service date today, since claims
-- are barred after 30 days. Leaves nothing behind.
BEGIN;

INSERT INTO rulebook SELECT 'TEST', from_day, until_day, 'TEST', utc_offset, service_date_ahead,
  service_date_past_days_max, prescription_days_max, prescriber_checked, long_term_supply_days_max,
  refill_days_left_max, limits_exempt, prescriptions_per_quarter, prescription_ceiling,
  long_term_rate_bp, exempt_rate_bp, atc_window
FROM rulebook WHERE fund = 'CNAS';

INSERT INTO product
SELECT 'TEST', code, '-infinity', 'infinity', 'INN-' || code, code <> 'UNCOVERED', 10000000000,
  CASE code WHEN 'TARIF' THEN 90000 END, 8000, 10, 90, CASE code WHEN 'AGREED' THEN 0 END,
  CASE code WHEN 'RESTRICTED'
    THEN ARRAY[ROW(65, NULL, NULL), ROW(NULL, NULL, 'ALD04')]::restriction[] END
FROM unnest('{PLAIN,OTHER,THIRD,TARIF,AGREED,UNCOVERED,RESTRICTED}'::text[]) code;

INSERT INTO provider VALUES ('T-1', false, '{TEST}', ARRAY['{(,)}'::datemultirange]);

-- One account with one family card and one person each; ILL… have a long-term treatment.
CREATE TEMP TABLE person AS
SELECT name, name LIKE 'ILL%' AS ill
FROM unnest('{W1,W2,W4,W4B,W5,W6,W7,W11,W12,ILL3,ILL9,ILL10,ILL10B,WALK}'::text[]) name;
INSERT INTO beneficiary
SELECT name, 1, current_date - 40 * 366, false, '{(,)}',
  CASE WHEN ill THEN ARRAY[ROW('ALD04', '(,)', '{INN-TARIF}')]::treatment[] END,
  CASE WHEN name = 'W6' THEN ARRAY[ROW(true, '(,)', 'AGREED', NULL)]::prior_agreement[] END
FROM person;
INSERT INTO card
SELECT name, name, 'TEST', 0, 1, true, NULL, 'infinity', 'infinity', 0, 0 FROM person;

CREATE TEMP SEQUENCE counter_of_all;

-- A claim of one line of PLAIN at 1.00 on prescription 1, today, but for the changes. Gives
-- "outcome or reason, total insurer + patient: the same of each line or its reason".
CREATE FUNCTION pg_temp.ask(changes jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  c jsonb := jsonb_build_object(
    'provider', 'T-1', 'participant', 'T-1', 'rank', 1, 'atc', nextval('counter_of_all'),
    'service', current_date, 'prescribed', current_date, 'prescription', '1', 'type', 'ACUTE',
    'id', gen_random_uuid(), 'products', '{PLAIN}', 'quantity', 1, 'prices', '{100}',
    'days', 0) || changes;
  products text[] := c->>'products';
  answer claim_answer;
BEGIN
  answer := submit_claim(
    c->>'participant', (c->>'id')::uuid, c->>'provider', 'T1', c->>'card', (c->>'atc')::bigint,
    (c->>'rank')::int, (c->>'service')::date, coalesce(c->>'first_act', c->>'service')::date,
    'M1', c->>'prescription', (c->>'prescribed')::date, c->>'type', products,
    array_fill((c->>'quantity')::int, ARRAY[cardinality(products)]), (c->>'prices')::bigint[],
    array_fill((c->>'days')::int, ARRAY[cardinality(products)]));
  RETURN concat_ws(': ',
    format('%s %s+%s', coalesce(answer.reason::text, answer.outcome::text), answer.insurer,
           answer.patient),
    (SELECT string_agg(coalesce(reason::text, format('%s+%s', insurer, patient)), ', ')
     FROM unnest(answer.lines)));
END
$$;

CREATE FUNCTION pg_temp.expect(changes jsonb, wanted text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  got text := pg_temp.ask(changes);
BEGIN
  ASSERT got = wanted, format('%s: %s, expected %s', changes, got, wanted);
END
$$;

-- Amounts in centimes.
SELECT pg_temp.expect('{"card": "W1", "prices": "{120000}"}', 'APPROVED 96000+24000: 96000+24000');
SELECT pg_temp.expect('{"card": "W2", "products": "{TARIF}", "prices": "{120000}"}',
  'APPROVED 72000+48000: 72000+48000');
SELECT pg_temp.expect(
  '{"card": "ILL3", "type": "LONG_TERM", "products": "{TARIF}", "prices": "{120000}"}',
  'APPROVED 90000+30000: 90000+30000');
SELECT pg_temp.expect('{"card": "W4", "prices": "{500000}"}',
  'APPROVED 400000+100000: 400000+100000');
SELECT pg_temp.expect('{"card": "W4B", "prices": "{500001}"}',
  'NO_PAYABLE_LINE 0+0: PRESCRIPTION_CEILING_EXCEEDED');
SELECT pg_temp.expect('{"card": "W5", "prices": "{400000}"}',
  'APPROVED 320000+80000: 320000+80000');
SELECT pg_temp.expect('{"card": "W5", "products": "{OTHER}", "prices": "{300000}"}',
  'NO_PAYABLE_LINE 0+0: PRESCRIPTION_CEILING_EXCEEDED');
SELECT pg_temp.expect('{"card": "W6", "products": "{AGREED,PLAIN}", "prices": "{400000,200000}"}',
  'APPROVED 480000+120000: 320000+80000, 160000+40000');

SELECT pg_temp.expect('{"card": "W7", "prescription": "1"}', 'APPROVED 80+20: 80+20');
SELECT pg_temp.expect('{"card": "W7", "prescription": "2"}', 'APPROVED 80+20: 80+20');
SELECT pg_temp.expect('{"card": "W7", "prescription": "3"}',
  'NO_PAYABLE_LINE 0+0: PRESCRIPTION_COUNT_EXCEEDED');
SELECT pg_temp.expect('{"card": "W7", "prescription": "2", "products": "{OTHER}"}',
  'APPROVED 80+20: 80+20');  -- W8: counted already.
UPDATE claim SET counts = false WHERE card = 'W7' AND prescription = '1';
SELECT pg_temp.expect('{"card": "W7", "prescription": "3"}', 'APPROVED 80+20: 80+20');

SELECT pg_temp.expect('{"card": "ILL9", "prices": "{600000}"}',
  'APPROVED 480000+120000: 480000+120000');
CREATE TEMP TABLE refill AS
SELECT card, supplied, jsonb_build_object(
  'card', card, 'type', 'LONG_TERM', 'products', '{TARIF}', 'days', 30,
  'prescribed', current_date - 26) AS claim
FROM (VALUES ('ILL10', 26), ('ILL10B', 21)) AS ago(card, supplied);
SELECT pg_temp.expect(claim || jsonb_build_object('service', current_date - supplied),
  'APPROVED 100+0: 100+0') FROM refill;
SELECT pg_temp.expect(claim, 'APPROVED 100+0: 100+0') FROM refill WHERE card = 'ILL10';
SELECT pg_temp.expect(claim, 'NO_PAYABLE_LINE 0+0: REFILL_TOO_SOON')
FROM refill WHERE card = 'ILL10B';
SELECT pg_temp.expect('{"card": "W11", "products": "{NONE,PLAIN}", "prices": "{100,10000}"}',
  'APPROVED_PARTIALLY 8000+2000: PRODUCT_UNKNOWN, 8000+2000');
SELECT pg_temp.expect('{"card": "W12", "products": "{PLAIN,OTHER,THIRD}", "prices": "{63,63,63}"}',
  'APPROVED 150+39: 50+13, 50+13, 50+13');
SELECT pg_temp.expect('{"card": "W12", "prescription": "2", "products": "{PLAIN,OTHER,THIRD}",
  "prices": "{1,2,3}"}', 'APPROVED 5+1: 1+0, 2+0, 2+1');

-- A claim that breaks every check of the claim; each step repairs the one before.
UPDATE provider SET suspended = true WHERE code = 'T-1';
UPDATE card SET bar = 'replaced', active = false, rights_until = current_date - 1
WHERE number = 'WALK';
UPDATE beneficiary SET rights = '{}' WHERE insured = 'WALK';
UPDATE rulebook SET prescriber_checked = true WHERE fund = 'TEST';
CREATE TEMP TABLE walk AS
SELECT '{"card": "NOBODY", "participant": "T-2", "rank": 2, "atc": 0, "products": "{NONE}"}'
  || jsonb_build_object('service', current_date - 31, 'first_act', current_date,
                        'prescribed', current_date) AS claim;
CREATE FUNCTION pg_temp.step(reason text, repair jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_temp.expect(claim, reason || ' 0+0') FROM walk;
  UPDATE walk SET claim = claim || repair;
END
$$;
SELECT pg_temp.step('PARTICIPANT_SUSPENDED', '{}');
UPDATE provider SET suspended = false WHERE code = 'T-1';
SELECT pg_temp.step('PROVIDER_UNKNOWN', '{"participant": "T-1"}');
SELECT pg_temp.step('CARD_UNKNOWN', '{"card": "WALK"}');
UPDATE provider SET agreed_funds = '{CNAS}' WHERE code = 'T-1';
SELECT pg_temp.step('NO_AGREEMENT', '{}');
UPDATE provider SET agreed_funds = '{TEST}' WHERE code = 'T-1';
SELECT pg_temp.step('CARD_REPLACED', '{}');
UPDATE card SET bar = 'stolen' WHERE number = 'WALK';
SELECT pg_temp.step('CARD_OPPOSED', '{}');
UPDATE card SET bar = 'blacklisted' WHERE number = 'WALK';
SELECT pg_temp.step('CARD_BLACKLISTED', '{}');
UPDATE card SET bar_until = current_date - 2 WHERE number = 'WALK';
SELECT pg_temp.step('CARD_NOT_ACTIVE', '{}');
UPDATE card SET active = true WHERE number = 'WALK';
SELECT pg_temp.step('CARD_PROOF_REPLAYED', '{}');
UPDATE walk SET claim = claim - 'atc';
SELECT pg_temp.step('BENEFICIARY_NOT_COVERED', '{"rank": 1}');
SELECT pg_temp.step('SERVICE_DATE_INVALID', '{}');
UPDATE walk SET claim = claim - 'first_act';
SELECT pg_temp.step('TIME_BARRED', jsonb_build_object('service', current_date - 1));
SELECT pg_temp.step('PRESCRIPTION_DATE_INVALID',
                    jsonb_build_object('service', current_date, 'prescribed', current_date - 91));
SELECT pg_temp.step('PRESCRIPTION_EXPIRED', jsonb_build_object('prescribed', current_date - 90));
SELECT pg_temp.step('CARD_UPDATE_REQUIRED', '{}');
UPDATE card SET rights_until = current_date WHERE number = 'WALK';
SELECT pg_temp.step('RIGHTS_NOT_OPEN', '{}');
UPDATE beneficiary SET rights = '{(,)}' WHERE insured = 'WALK';
SELECT pg_temp.step('PRESCRIBER_NOT_ACCEPTED', '{}');
INSERT INTO prescriber VALUES ('M1', false);

-- The same of one line.
CREATE FUNCTION pg_temp.line_step(reason text, repair jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_temp.expect(claim, 'NO_PAYABLE_LINE 0+0: ' || reason) FROM walk;
  UPDATE walk SET claim = claim || repair;
END
$$;
UPDATE product SET reimbursable = false, public_price = 500001, prior_agreement_above_days = 0
WHERE catalogue = 'TEST' AND code = 'RESTRICTED';
SELECT pg_temp.line_step('PRODUCT_UNKNOWN',
  '{"products": "{RESTRICTED}", "prices": "{500002}", "quantity": 11, "days": 91}');
SELECT pg_temp.line_step('PRODUCT_NOT_COVERED', '{}');
UPDATE product SET reimbursable = true WHERE catalogue = 'TEST' AND code = 'RESTRICTED';
SELECT pg_temp.line_step('PRICE_ABOVE_PUBLIC', '{"prices": "{500001}"}');
SELECT pg_temp.line_step('PRODUCT_RESTRICTED', '{}');
UPDATE beneficiary SET birth = current_date - 66 * 366 WHERE insured = 'WALK';
SELECT pg_temp.line_step('PRIOR_AGREEMENT_REQUIRED', '{}');
UPDATE product SET prior_agreement_above_days = NULL
WHERE catalogue = 'TEST' AND code = 'RESTRICTED';
SELECT pg_temp.line_step('QUANTITY_ABOVE_MAXIMUM', '{"quantity": 1}');
SELECT pg_temp.line_step('SUPPLY_TOO_LONG', '{"days": 90}');
SELECT pg_temp.line_step('PRESCRIPTION_CEILING_EXCEEDED', '{"prices": "{500000}"}');
SELECT pg_temp.expect(claim, 'APPROVED 400000+100000: 400000+100000') FROM walk;
SELECT pg_temp.line_step('DUPLICATE_DISPENSING', '{"prescription": "2"}');
SELECT pg_temp.line_step('REFILL_TOO_SOON', '{}');
SELECT pg_temp.expect(
  '{"card": "WALK", "prescription": "2", "products": "{PLAIN,PLAIN}", "prices": "{100,100}"}',
  'APPROVED_PARTIALLY 80+20: 80+20, DUPLICATE_DISPENSING');

-- A repeat gets the stored answer and has no effect, whatever was changed since.
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "atc": 1000,
  "id": "11111111-1111-1111-1111-111111111111"}', 'APPROVED 80+20: 80+20');
UPDATE product SET rate_bp = 5000 WHERE catalogue = 'TEST';
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "atc": 1000,
  "id": "11111111-1111-1111-1111-111111111111"}', 'APPROVED 80+20: 80+20');

-- Counters: each once, and only within 64 below the highest.
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{OTHER}", "atc": 1000}',
  'CARD_PROOF_REPLAYED 0+0');
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{OTHER}", "atc": 935}',
  'CARD_PROOF_REPLAYED 0+0');
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{OTHER}", "atc": 936}',
  'APPROVED 50+50: 50+50');
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{THIRD}", "atc": 936}',
  'CARD_PROOF_REPLAYED 0+0');
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{THIRD}", "atc": 1010}',
  'APPROVED 50+50: 50+50');
SELECT pg_temp.expect('{"card": "W1", "prescription": "r", "products": "{TARIF}", "atc": 1000}',
  'CARD_PROOF_REPLAYED 0+0');

ROLLBACK;
