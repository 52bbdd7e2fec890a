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
known_facts AS (
  SELECT DISTINCT form, fact FROM facts
),
said AS (
  -- Facts that many questions give are looked up once.
  SELECT DISTINCT coalesce(product, '') AS asked, action, facts FROM questions WHERE facts IS NOT NULL
),
pieces AS (
  SELECT s.asked, s.action, s.facts, e.fact, e.value
  FROM said s {each}
),
given AS (
  SELECT p.asked, p.action, p.facts,
    bit_or(f.place) AS places, bit_or(f.mask) AS mask, bit_or(f.bits) AS bits, bool_or(f.of_thing) AS of_thing,
    CASE
      WHEN bool_or(k.fact IS NULL) THEN 'unknown-fact'
      WHEN bool_or(f.fact IS NULL) THEN 'unknown-value'
      WHEN count(*) > count(DISTINCT p.fact) THEN 'duplicate-fact'
      WHEN bool_or(NOT f.alone) THEN 'not-in-tables'
    END AS error
  FROM pieces p
  JOIN named n ON n.asked = p.asked AND n.action = p.action
  JOIN actions a ON a.action_id = n.action_id
  LEFT JOIN known_facts k ON k.form = a.form AND k.fact = p.fact
  LEFT JOIN facts f ON f.form = a.form AND f.fact = p.fact AND f.value = p.value
  GROUP BY p.asked, p.action, p.facts
),
looked_up AS (
  SELECT q.*, a.action_id, ku.user_kind,
    CASE WHEN a.done_to = 'user' THEN kt.target_kind ELSE 0 END AS target_kind,
    a.done_to = 'user' AND q.{user} = q.target AS same_user,
    -- What the question says comes before what the thing says, and that before the default.
    ((coalesce(tp.bits, te.bits, fm.bits) & ~coalesce(g.mask, 0)) | coalesce(g.bits, 0)) & a.reads AS fact_bits,
    CASE
      WHEN n.action IS NULL AND q.product NOT IN (SELECT product FROM actions) THEN 'unknown-product'
      WHEN n.action IS NULL THEN 'unknown-action'
      WHEN n.error IS NOT NULL THEN n.error
      WHEN u.user_id IS NULL THEN 'unknown-user'
      WHEN q.target IS NOT NULL AND a.done_to <> 'thing' AND t.user_id IS NULL THEN 'unknown-user'
      WHEN q.target IS NOT NULL AND a.done_to = 'thing' AND te.thing IS NULL AND tp.thing IS NULL
        AND NOT coalesce(g.of_thing, false) THEN 'unknown-thing'
      WHEN g.error IS NOT NULL THEN g.error
      WHEN fm.needs_thing AND te.thing IS NULL AND tp.thing IS NULL AND NOT coalesce(g.of_thing, false) THEN 'missing-thing'
      WHEN fm.needs & ~(coalesce(tp.known, te.known, 0) | coalesce(g.places, 0)) <> 0 THEN 'missing-fact'
      WHEN a.done_to = 'user' AND q.target IS NULL THEN 'missing-target'
      WHEN a.done_to = 'nothing' AND q.target IS NOT NULL THEN 'unexpected-target'
    END AS found_error
  FROM questions q
  LEFT JOIN named n ON n.asked = coalesce(q.product, '') AND n.action = q.action
  LEFT JOIN actions a ON a.action_id = n.action_id
  LEFT JOIN forms fm ON fm.form = a.form
  LEFT JOIN people u ON u.product = a.product AND u.user_id = q.{user}
  LEFT JOIN people t ON t.product = a.product AND t.user_id = q.target
  LEFT JOIN kinds ku ON ku.action_id = a.action_id AND ku.profile = u.profile
  LEFT JOIN kinds kt ON kt.action_id = a.action_id AND kt.profile = t.profile
  LEFT JOIN given g ON g.asked = coalesce(q.product, '') AND g.action = q.action AND g.facts = q.facts
  LEFT JOIN (SELECT * FROM things WHERE user_id IS NULL) te ON te.form = a.form AND te.thing = q.target
  LEFT JOIN (SELECT * FROM things WHERE user_id IS NOT NULL) tp
    ON tp.form = a.form AND tp.thing = q.target AND tp.user_id = q.{user}
)
SELECT l.*,
  CASE WHEN l.found_error IS NULL THEN d.decision END AS decision,
  CASE WHEN l.found_error IS NULL THEN d.rule END AS rule,
  CASE WHEN l.found_error IS NULL THEN d.basis END AS basis,
  CASE WHEN l.found_error IS NULL THEN d.reason END AS reason,
  CASE WHEN l.found_error IS NULL THEN d.place END AS place,
  CASE WHEN l.found_error IS NULL AND d.decision IS NULL THEN 'not-in-tables' ELSE l.found_error END AS error
FROM looked_up l
LEFT JOIN decisions d ON d.action_id = l.action_id AND d.user_kind = l.user_kind AND d.target_kind = l.target_kind
  AND d.same_user = l.same_user AND d.facts = l.fact_bits
;
