-- Checks 3 to 5 and 7 to 22 of docs/declimit_reasons.md for a third-party claim, its price, and its
-- effects, in one transaction. Names and order are those of switch/core/decide_*.cpp.
--
-- The participant is who speaks. Proofs are not checked, but the card's counter is: marking it
-- needs the same row. A repeat of a request id gets the stored answer; one that overtakes its
-- original's commit fails on the primary key, and is to be sent again.
--
-- Claims of one account pass in turn: its lock is taken before the history is read, and each
-- statement of a PL/pgSQL function has a snapshot of its own.

CREATE FUNCTION quarter(day date) RETURNS date LANGUAGE sql IMMUTABLE
RETURN date_trunc('quarter', day::timestamp)::date;

-- Half up to the centime, per line.
CREATE FUNCTION share(base bigint, rate_bp int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (base * rate_bp + 5000) / 10000;

-- Of a counter so far below the card's highest, 1 to 64.
CREATE FUNCTION counter_bit(below bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN 1::bigint << (below - 1)::int;

-- An approved line of an earlier claim.
CREATE TYPE dispensed AS (
  prescription prescription, service_date date, product text, inn text, supplied_until date,
  price bigint, subject_to_limits boolean);

-- Check 16: one alternative, wholly met, is enough.
CREATE FUNCTION allows(
  alternatives restriction[], birth date, service_date date, conditions text[])
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  years int := extract(year FROM age(service_date, birth));
BEGIN
  RETURN EXISTS (
    SELECT FROM unnest(alternatives) r
    WHERE years BETWEEN coalesce(r.age_min, 0) AND coalesce(r.age_max, 999)
      AND (r.condition IS NULL OR r.condition = ANY (conditions)));
END
$$;

CREATE FUNCTION declined_line(product text, supply_days int, broken reason)
RETURNS claim_line LANGUAGE sql IMMUTABLE
RETURN ROW(product, broken, NULL, supply_days, 0, 0, 0, false, false)::claim_line;

-- Checks 19 and 20.
CREATE FUNCTION decline_repeated(
  lines claim_line[], history dispensed[], asked prescription, p_service_date date,
  days_left_max int)
RETURNS claim_line[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  l claim_line;
  broken reason;
  passed text[] := '{}';
BEGIN
  FOR i IN 1 .. cardinality(lines) LOOP
    l := lines[i];
    CONTINUE WHEN l.reason IS NOT NULL;
    SELECT CASE
      WHEN l.product = ANY (passed)
          OR bool_or(h.product = l.product AND h.prescription = asked
                     AND (NOT l.long_term OR h.service_date = p_service_date))
        THEN 'DUPLICATE_DISPENSING'
      WHEN max(h.supplied_until) FILTER (WHERE h.inn = l.inn AND h.service_date <= p_service_date)
          - p_service_date > days_left_max
        THEN 'REFILL_TOO_SOON'
      END
    INTO broken
    FROM unnest(history) h;
    IF broken IS NULL THEN
      passed := passed || l.product;
    ELSE
      lines[i] := declined_line(l.product, l.supply_days, broken);
    END IF;
  END LOOP;
  RETURN lines;
END
$$;

-- Of the lines that pass; `limited` is NULL where none is subject to limits.
CREATE FUNCTION totals(
  lines claim_line[], OUT passed int, OUT insurer bigint, OUT price bigint, OUT limited bigint)
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  SELECT count(*) FILTER (WHERE l.reason IS NULL), sum(l.insurer), sum(l.price),
    sum(l.price) FILTER (WHERE l.subject_to_limits)
  INTO passed, insurer, price, limited
  FROM unnest(lines) l;
END
$$;

-- Checks 21 and 22.
CREATE FUNCTION decline_limited(lines claim_line[], broken reason)
RETURNS claim_line[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  FOR i IN 1 .. cardinality(lines) LOOP
    IF lines[i].subject_to_limits THEN
      lines[i] := declined_line(lines[i].product, lines[i].supply_days, broken);
    END IF;
  END LOOP;
  RETURN lines;
END
$$;

CREATE FUNCTION submit_claim(
  p_participant text, p_request_id uuid, p_provider text, p_terminal text,
  p_card text, p_atc bigint, p_rank int, p_service_date date, p_first_act_date date,
  p_prescriber text, p_prescription text, p_prescribed_on date, p_prescription_type text,
  p_products text[], p_quantities int[], p_unit_prices bigint[], p_supply_days int[])
RETURNS claim_answer LANGUAGE plpgsql AS $$
DECLARE
  asked prescription;
  s record;  -- The situation: every row that checks 3 to 12 look at.
  locked text;
  claim_reason reason;
  long_term_inns text[] := '{}';  -- Whose lines are long-term ones.
  treated_conditions text[];
  agreed_products text[] := '{}';
  agreed_whole boolean := false;
  exempt_person boolean := false;
  history dispensed[];
  lines claim_line[] := '{}';
  any_again boolean;    -- A product stands on two lines.
  any_history boolean;
  passed int := 0;
  limit_reason reason;
  limited_price bigint;  -- Of this claim; NULL: no passed line is subject to limits.
  used_in_quarter int := 0;  -- Prescriptions counted in the service date's quarter.
  asked_since date;  -- The asked prescription is counted already, since then and with that price.
  asked_price bigint := 0;
  counts_now boolean;
  prescriptions_left int;
  insurer bigint := 0;
  total bigint := 0;
  answer claim_answer;
BEGIN
  SELECT known.answer AS stored, known.participant IS NOT NULL AS is_repeat,
    p.code AS provider, p.suspended, c.insured, c.number AS card, c.rank AS card_rank,
    c.bar, c.bar_until, c.active, c.rights_until, b.rank, b.birth, b.exempt, b.rights, b.treatments,
    b.agreements, r.fund AS rulebook, r.catalogue, r.service_date_past_days_max,
    r.prescription_days_max, r.long_term_supply_days_max, r.refill_days_left_max, r.limits_exempt,
    r.prescriptions_per_quarter, r.prescription_ceiling, r.long_term_rate_bp, r.exempt_rate_bp,
    r.prescriber_checked, r.atc_window,
    (now() AT TIME ZONE 'UTC' + r.utc_offset)::date AS today,
    (now() AT TIME ZONE 'UTC' + r.utc_offset + r.service_date_ahead)::date AS latest_service,
    p.agreed_days[array_position(p.agreed_funds, c.fund)] @> p_service_date AS agreed
  INTO s
  FROM (SELECT) AS one
    LEFT JOIN claim known ON known.participant = p_participant AND known.request_id = p_request_id
    LEFT JOIN provider p ON p.code = p_provider
    LEFT JOIN card c ON c.number = p_card
    LEFT JOIN rulebook r ON r.fund = c.fund AND p_service_date BETWEEN r.from_day AND r.until_day
    LEFT JOIN beneficiary b ON b.insured = c.insured AND b.rank = p_rank;
  IF s.is_repeat THEN
    RETURN s.stored;
  END IF;
  locked := pg_advisory_xact_lock(hashtextextended(s.insured, 0));

  claim_reason := CASE
    WHEN s.suspended THEN 'PARTICIPANT_SUSPENDED'
    WHEN s.provider IS NULL OR p_provider <> p_participant THEN 'PROVIDER_UNKNOWN'
    WHEN s.card IS NULL THEN 'CARD_UNKNOWN'
    WHEN s.agreed IS NOT TRUE THEN 'NO_AGREEMENT'
    WHEN s.bar = 'replaced' THEN 'CARD_REPLACED'
    WHEN s.bar IN ('lost', 'stolen') THEN 'CARD_OPPOSED'
    WHEN s.bar = 'blacklisted' AND s.today <= s.bar_until THEN 'CARD_BLACKLISTED'
    WHEN NOT s.active THEN 'CARD_NOT_ACTIVE'
    WHEN s.rulebook IS NULL THEN 'RULEBOOK_UNKNOWN'
  END;

  -- The counter is marked whatever follows.
  IF claim_reason IS NULL THEN
    UPDATE card SET
      atc_used = CASE
        WHEN p_atc < atc_highest THEN atc_used | counter_bit(atc_highest - p_atc)
        WHEN atc_highest = 0 OR p_atc - atc_highest > 64 THEN 0
        WHEN p_atc - atc_highest = 64 THEN counter_bit(64)
        ELSE (atc_used << (p_atc - atc_highest)::int) | counter_bit(p_atc - atc_highest)
      END,
      atc_highest = greatest(atc_highest, p_atc)
    WHERE number = p_card AND (
      p_atc > atc_highest
      OR (p_atc > 0 AND p_atc < atc_highest AND atc_highest - p_atc <= s.atc_window
          AND (atc_used & counter_bit(atc_highest - p_atc)) = 0));
    claim_reason := CASE
      WHEN NOT FOUND THEN 'CARD_PROOF_REPLAYED'
      WHEN s.rank IS NULL OR s.card_rank NOT IN (0, p_rank) THEN 'BENEFICIARY_NOT_COVERED'
      WHEN p_service_date > s.latest_service OR p_first_act_date > p_service_date
        THEN 'SERVICE_DATE_INVALID'
      WHEN p_service_date < s.today - s.service_date_past_days_max THEN 'TIME_BARRED'
      WHEN p_prescribed_on > p_service_date THEN 'PRESCRIPTION_DATE_INVALID'
      WHEN p_service_date - p_prescribed_on > s.prescription_days_max THEN 'PRESCRIPTION_EXPIRED'
      WHEN s.rights_until < p_service_date THEN 'CARD_UPDATE_REQUIRED'
      WHEN NOT s.rights @> p_prescribed_on THEN 'RIGHTS_NOT_OPEN'
    END;
    IF claim_reason IS NULL AND s.prescriber_checked THEN
      PERFORM FROM prescriber WHERE code = p_prescriber AND NOT suspended;
      claim_reason := CASE WHEN NOT FOUND THEN 'PRESCRIBER_NOT_ACCEPTED' END;
    END IF;
  END IF;

  IF claim_reason IS NULL THEN
    IF s.treatments IS NOT NULL THEN
      SELECT coalesce(array_agg(i.inn) FILTER (WHERE p_prescription_type = 'LONG_TERM'), '{}'),
        array_agg(t.condition)
      INTO long_term_inns, treated_conditions
      FROM unnest(s.treatments) t, unnest(t.inns) i(inn)
      WHERE t.in_force @> p_service_date;
      exempt_person := treated_conditions IS NOT NULL AND s.limits_exempt = 'long_term_beneficiary';
    END IF;
    IF s.agreements IS NOT NULL THEN
      asked := ROW(p_prescriber, p_prescription, p_prescribed_on);
      SELECT coalesce(array_agg(g.product) FILTER (WHERE g.product IS NOT NULL), '{}'),
        coalesce(bool_or(g.prescription = asked), false)
      INTO agreed_products, agreed_whole
      FROM unnest(s.agreements) g
      WHERE g.granted AND g.in_force @> p_service_date;
    END IF;

    SELECT array_agg(
        CASE WHEN l.reason IS NULL THEN ROW(
          l.product, NULL, l.inn, l.supply_days, l.price, l.insurer, l.price - l.insurer,
          l.long_term, l.subject_to_limits)::claim_line
        ELSE declined_line(l.product, l.supply_days, l.reason) END),
      count(*) - count(l.reason), sum(l.insurer), sum(l.price),
      sum(l.price) FILTER (WHERE l.subject_to_limits), bool_or(l.again),
      EXISTS (SELECT FROM claim c WHERE c.insured = s.insured AND c.rank = p_rank AND c.counts)
    INTO lines, passed, insurer, total, limited_price, any_again, any_history
    FROM (
      SELECT a.product, a.supply_days, p.inn, f.long_term, a.quantity * a.unit_price AS price,
        a.product = ANY (p_products[:a.place - 1]) AS again,
        share(a.quantity * least(a.unit_price, p.tarif),
              greatest(p.rate_bp, CASE WHEN f.long_term THEN s.long_term_rate_bp END,
                       CASE WHEN s.exempt THEN s.exempt_rate_bp END)) AS insurer,
        NOT (f.agreed OR exempt_person
             OR (f.long_term AND s.limits_exempt = 'long_term_lines')) AS subject_to_limits,
        CASE
          WHEN p.inn IS NULL THEN 'PRODUCT_UNKNOWN'
          WHEN NOT p.reimbursable THEN 'PRODUCT_NOT_COVERED'
          WHEN a.unit_price > p.public_price THEN 'PRICE_ABOVE_PUBLIC'
          WHEN p.restrictions IS NOT NULL
              AND NOT allows(p.restrictions, s.birth, p_service_date, treated_conditions)
            THEN 'PRODUCT_RESTRICTED'
          WHEN (p.prior_agreement_above_days = 0 OR a.supply_days > p.prior_agreement_above_days)
              AND NOT f.agreed
            THEN 'PRIOR_AGREEMENT_REQUIRED'
          WHEN a.quantity > p.quantity_max AND NOT f.agreed THEN 'QUANTITY_ABOVE_MAXIMUM'
          WHEN a.supply_days > least(
              p.supply_days_max, CASE WHEN f.long_term THEN s.long_term_supply_days_max END)
              AND NOT f.agreed
            THEN 'SUPPLY_TOO_LONG'
        END::reason AS reason
      FROM unnest(p_products, p_quantities, p_unit_prices, p_supply_days)
          WITH ORDINALITY a(product, quantity, unit_price, supply_days, place)
        LEFT JOIN product p ON p.catalogue = s.catalogue AND p.code = a.product
          AND p_service_date BETWEEN p.from_day AND p.until_day
        CROSS JOIN LATERAL (
          SELECT agreed_whole OR a.product = ANY (agreed_products) AS agreed,
            p.inn = ANY (long_term_inns) AS long_term) f
      ORDER BY a.place) l;

    IF any_history THEN
      asked := ROW(p_prescriber, p_prescription, p_prescribed_on);
      SELECT array_agg(ROW(
        ROW(c.prescriber, c.prescription, c.prescribed_on)::prescription, c.service_date, l.product,
        l.inn, c.service_date + nullif(l.supply_days, 0), l.price, l.subject_to_limits)::dispensed)
      INTO history
      FROM claim c, unnest((c.answer).lines) l
      WHERE c.insured = s.insured AND c.rank = p_rank AND c.counts AND l.reason IS NULL;

      SELECT count(*) FILTER (WHERE quarter(first_day) = quarter(p_service_date)),
        min(first_day) FILTER (WHERE prescription = asked),
        coalesce(sum(price) FILTER (WHERE prescription = asked), 0)
      INTO used_in_quarter, asked_since, asked_price
      FROM (SELECT h.prescription, min(h.service_date) AS first_day, sum(h.price) AS price
            FROM unnest(history) h WHERE h.subject_to_limits GROUP BY h.prescription) AS counted;
    END IF;
    IF any_history OR any_again THEN
      lines := decline_repeated(lines, history, asked, p_service_date, s.refill_days_left_max);
    END IF;
    IF any_history OR any_again OR passed < cardinality(p_products) THEN
      SELECT * INTO passed, insurer, total, limited_price FROM totals(lines);
    END IF;
    limit_reason := CASE
      WHEN limited_price IS NULL THEN NULL
      WHEN asked_since IS NULL AND used_in_quarter >= s.prescriptions_per_quarter
        THEN 'PRESCRIPTION_COUNT_EXCEEDED'
      WHEN limited_price + asked_price > s.prescription_ceiling
        THEN 'PRESCRIPTION_CEILING_EXCEEDED'
    END;
    IF limit_reason IS NOT NULL THEN
      lines := decline_limited(lines, limit_reason);
      SELECT * INTO passed, insurer, total, limited_price FROM totals(lines);
    END IF;
    IF NOT exempt_person THEN
      counts_now := limited_price IS NOT NULL
        AND (asked_since IS NULL OR quarter(asked_since) > quarter(p_service_date));
      prescriptions_left :=
        greatest(s.prescriptions_per_quarter - used_in_quarter - counts_now::int, 0);
    END IF;
    claim_reason := CASE WHEN passed = 0 THEN 'NO_PAYABLE_LINE' END;
  END IF;

  answer := ROW(
    nextval('claim_id'),
    CASE WHEN claim_reason IS NOT NULL THEN 'DECLINED'
         WHEN passed < cardinality(p_products) THEN 'APPROVED_PARTIALLY'
         ELSE 'APPROVED' END,
    claim_reason, lines, insurer, total - insurer, prescriptions_left, s.rights_until);
  -- A suspended participant's claim is not remembered.
  IF s.suspended IS NOT TRUE THEN
    INSERT INTO claim VALUES (
      p_participant, p_request_id, now(), p_terminal, p_card, s.insured, p_rank, p_atc,
      p_service_date, p_first_act_date, p_prescriber, p_prescription, p_prescribed_on,
      p_prescription_type, p_quantities, p_unit_prices, answer, claim_reason IS NULL);
  END IF;
  RETURN answer;
END
$$;
