-- The answer to every question of the table `questions`: product, user, action, target, facts (JSON, or null), and columns of your own.
-- Where a question cannot be asked, `decision` is null and `error` says why. An error is no denial.
{view} answers AS
WITH named AS (
  SELECT product AS asked, action, action_id, CAST(NULL AS {text}) AS error
  FROM actions
  UNION ALL
  -- Without a product: the action that only one product has.
  SELECT '', action, CASE WHEN count(*) = 1 THEN min(action_id) END, CASE WHEN count(*) > 1 THEN 'ambiguous-product' END
  FROM actions
  GROUP BY action
),
found AS (
  SELECT q.*, a.action_id, a.done_to, a.form, a.reads, n.action AS named, n.error AS name_error,
    fm.needs, fm.needs_thing,
    u.user_id IS NOT NULL AS has_user, t.user_id IS NOT NULL AS has_target,
    te.thing IS NOT NULL OR tp.thing IS NOT NULL AS has_thing,
    -- What the thing says of the user comes before what it says of everybody, and that before the default.
    coalesce(tp.bits, te.bits, fm.bits) AS first_bits, coalesce(tp.known, te.known, 0) AS first_known,
    ku.user_kind, CASE WHEN a.done_to = 'user' THEN kt.target_kind ELSE 0 END AS target_kind,
    a.done_to = 'user' AND q.{user} = q.target AS same_user
  FROM questions q
  LEFT JOIN named n ON n.asked = coalesce(q.product, '') AND n.action = q.action
  LEFT JOIN actions a ON a.action_id = n.action_id
  LEFT JOIN forms fm ON fm.form = a.form
  LEFT JOIN people u ON u.product = a.product AND u.user_id = q.{user}
  LEFT JOIN people t ON t.product = a.product AND t.user_id = q.target
  LEFT JOIN kinds ku ON ku.action_id = a.action_id AND ku.profile = u.profile
  LEFT JOIN kinds kt ON kt.action_id = a.action_id AND kt.profile = t.profile
  LEFT JOIN (SELECT * FROM things WHERE user_id IS NULL) te ON te.form = a.form AND te.thing = q.target
  LEFT JOIN (SELECT * FROM things WHERE user_id IS NOT NULL) tp
    ON tp.form = a.form AND tp.thing = q.target AND tp.user_id = q.{user}
),
-- Facts are looked up once for all questions that give the same about the same.
said AS (
  SELECT DISTINCT form, first_bits, first_known, facts FROM found WHERE facts IS NOT NULL AND form IS NOT NULL
),
pieces AS (
  SELECT s.form, s.first_bits, s.first_known, s.facts, e.fact, e.value
  FROM said s {each}
),
known_facts AS (
  SELECT DISTINCT form, fact FROM facts
),
given AS (
  SELECT p.form, p.first_bits, p.first_known, p.facts,
    bit_or(f.place) AS places, bit_or(f.mask) AS mask, bit_or(f.bits) AS bits, bit_or(f.closes) AS closes,
    bool_or(f.of_thing) AS of_thing,
    CASE
      WHEN bool_or(k.fact IS NULL) THEN 'unknown-fact'
      WHEN bool_or(f.fact IS NULL) THEN 'unknown-value'
      WHEN count(*) > count(DISTINCT p.fact) THEN 'duplicate-fact'
    END AS error
  FROM pieces p
  LEFT JOIN known_facts k ON k.form = p.form AND k.fact = p.fact
  LEFT JOIN facts f ON f.form = p.form AND f.fact = p.fact AND f.value = p.value
  GROUP BY p.form, p.first_bits, p.first_known, p.facts
),
closed AS (
  -- Whoever does not stand on a list does not stand on those that bring it either, unless that is said.
  SELECT g.*, ((g.first_bits & ~g.mask) | g.bits) & ~(g.closes & ~g.mask) AS closed_bits
  FROM given g
),
followed AS (
  SELECT c.form, c.first_bits, c.first_known, c.facts, bit_or(w.place) AS places, bit_or(w.mask) AS mask,
    bit_or(CASE WHEN c.closed_bits & w.lists <> 0 THEN w.listed ELSE w.not_listed END) AS bits
  FROM closed c
  JOIN followers w ON w.form = c.form
  WHERE c.places & w.place = 0 AND (c.places & w.list <> 0 OR c.bits & w.lists <> 0)
  GROUP BY c.form, c.first_bits, c.first_known, c.facts
),
told AS (
  SELECT c.form, c.first_bits, c.first_known, c.facts, c.error, c.of_thing,
    c.first_known | c.places | coalesce(w.places, 0) AS known,
    (c.closed_bits & ~coalesce(w.mask, 0)) | coalesce(w.bits, 0) AS bits
  FROM closed c
  LEFT JOIN followed w
    ON w.form = c.form AND w.first_bits = c.first_bits AND w.first_known = c.first_known AND w.facts = c.facts
),
checked AS (
  SELECT l.*, coalesce(g.bits, l.first_bits) & l.reads AS fact_bits,
    CASE
      WHEN l.named IS NULL AND l.product NOT IN (SELECT product FROM actions) THEN 'unknown-product'
      WHEN l.named IS NULL THEN 'unknown-action'
      WHEN l.name_error IS NOT NULL THEN l.name_error
      WHEN NOT l.has_user THEN 'unknown-user'
      WHEN l.target IS NOT NULL AND l.done_to <> 'thing' AND NOT l.has_target THEN 'unknown-user'
      WHEN l.target IS NOT NULL AND l.done_to = 'thing' AND NOT l.has_thing AND NOT coalesce(g.of_thing, false)
        THEN 'unknown-thing'
      WHEN g.error IS NOT NULL THEN g.error
      WHEN l.needs_thing AND NOT l.has_thing AND NOT coalesce(g.of_thing, false) THEN 'missing-thing'
      WHEN l.needs & ~coalesce(g.known, l.first_known) <> 0 THEN 'missing-fact'
      WHEN l.done_to = 'user' AND l.target IS NULL THEN 'missing-target'
      WHEN l.done_to = 'nothing' AND l.target IS NOT NULL THEN 'unexpected-target'
    END AS found_error
  FROM found l
  LEFT JOIN told g
    ON g.form = l.form AND g.first_bits = l.first_bits AND g.first_known = l.first_known AND g.facts = l.facts
)
SELECT c.*,
  CASE WHEN c.found_error IS NULL THEN d.decision END AS decision,
  CASE WHEN c.found_error IS NULL THEN d.rule END AS rule,
  CASE WHEN c.found_error IS NULL THEN d.basis END AS basis,
  CASE WHEN c.found_error IS NULL THEN d.reason END AS reason,
  CASE WHEN c.found_error IS NULL THEN d.place END AS place,
  CASE WHEN c.found_error IS NULL AND d.decision IS NULL THEN 'not-in-tables' ELSE c.found_error END AS error
FROM checked c
LEFT JOIN decisions d ON d.action_id = c.action_id AND d.user_kind = c.user_kind AND d.target_kind = c.target_kind
  AND d.same_user = c.same_user AND d.facts = c.fact_bits
;
