// Written by `npm run types` from docs/request.schema.json and docs/reply.schema.json.

export type ValueWord = string | boolean;
export type DecisionWord = "allow" | "deny";
export type Basis = "stated" | "inferred";
export type InputOf = "user" | "target" | "same_user" | "reading" | "fact" | "argument";
export type InputKind = "role" | "setting" | "enabled" | "seat";
export type VerdictWord = "accept" | "reject";
export type AlteredThing =
  | {
      kind: string;
      thing: string;
      property: string;
      from: ValueWord;
      to: ValueWord;
    }
  | {
      kind: string;
      thing: string;
      list: string;
      added: string[];
      removed: string[];
      was_open: boolean;
      is_open: boolean;
    }
  | {
      group: string;
      added: string[];
      removed: string[];
    };
export type TargetsInBrief = "anybody" | "others" | "oneself" | "some";
export type ListStanding =
  | "themselves"
  | {
      group: string;
    }
  | "everyone";
export type CutOff = {
  states: number;
} & CutOff1;
export type CutOff1 =
  | {
      by: "states";
      limit: number;
    }
  | {
      by: "time";
      seconds: number;
    }
  | {
      by: "steps";
      limit: number;
    };
export type Cell =
  | {
      decision: "allow";
    }
  | {
      decision: "deny";
    }
  | {
      decision: "depends";
      on: string[];
      when: string[];
    };
export type RolesTogether = {
  roles: string[];
} & RolesTogether1;
export type RolesTogether1 =
  | {
      decision: "allow";
    }
  | {
      decision: "deny";
    }
  | {
      decision: "depends";
      on: string[];
      when: string[];
    };
export type SourceTexts =
  | string
  | {
      [k: string]: string;
    };
export type ReviewAccess = "allow" | "deny" | "all" | "others" | "some" | "themselves" | "nobody";
export type ReviewTargets =
  | "themselves"
  | {
      others: number;
    }
  | {
      users: string[];
    };
export type ReviewEndingPlace =
  | {
      role: {
        product: string;
        role: string;
      };
    }
  | {
      group: {
        group: string;
      };
    }
  | {
      list: {
        kind: string;
        thing: string;
        list: string;
      };
    };
export type IdleReason = "disabled" | "no_seat" | "unneeded" | "empty_group" | "unnamed_group";
export type OwnConflictChangeKind = "added" | "removed" | "altered";
export type ThingChangeKind = "added" | "removed" | "altered";
export type EntryTerm =
  | "no_entry"
  | "no_end"
  | {
      until: string;
    };
export type OutsideKind = "added" | "removed" | "enabled" | "disabled" | "renamed" | "seat_given" | "seat_taken";
export type Unplanned = number;
export type ChangeKind =
  | "renamed"
  | "decision"
  | "effects"
  | "altered"
  | "brings"
  | "rule"
  | "reason"
  | "needs"
  | "basis"
  | "section"
  | "where"
  | "declared"
  | "alone"
  | "effect"
  | "conflict"
  | "advice"
  | "property"
  | "title";
export type Method = "walk" | "induction";
export type Severity = "warning" | "error";
export type SubjectRole =
  "user" | "target" | "action" | "product" | "fact" | "change" | "argument" | "part" | "reading" | "state";
export type ProofStep = Change | Bulk;
export type Status = "passed" | "failed" | "skipped";

export interface Protocol {}
export interface ActionElsewhere {
  product: string;
  action: string;
  title: string;
}
export interface Question {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
}
export interface Input {
  text: string;
  of: InputOf;
  kind?: InputKind;
  name?: string;
  value: ValueWord;
}
export interface Turn {
  text: string;
  of: InputOf;
  kind?: InputKind;
  name?: string;
  from: ValueWord;
  to: ValueWord;
  rule: string;
}
export interface MissingInput {
  text: string;
  of: InputOf;
  kind?: InputKind;
  name?: string;
  from: ValueWord;
  to: ValueWord;
}
export interface Reason {
  part?: number;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
}
export interface WhyNotRule {
  part?: number;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  missing: MissingInput[];
  refusals: Reason[];
}
export interface AlteredValue {
  product: string;
  user: string;
  kind: InputKind;
  name: string;
  from: ValueWord;
  to: ValueWord;
}
export interface HeldConflict {
  user: string;
  product: string;
  conflict: string;
  title: string;
  both: [string, string];
  because: string;
  basis: Basis;
  place: string;
  section?: string;
}
export interface UnmetAdvice {
  user: string;
  product: string;
  advice: string;
  title: string;
  because: string;
  basis: Basis;
  place: string;
  section: string;
}
export interface ChangePart {
  change: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
}
export interface AllowedUser {
  user: string;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
}
export interface DeniedUser {
  user: string;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  missing: MissingInput[];
}
export interface Ability {
  product: string;
  action: string;
  title: string;
  group: string;
  facts?: {
    [k: string]: ValueWord;
  };
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  targets?: Targets;
  things?: AllowedThings;
  turned_by: MissingInput[];
  missing: MissingInput[];
}
export interface Targets {
  whom: TargetsInBrief;
  count: number;
  of: number;
  users: string[];
  except: string[];
}
export interface AllowedThings {
  kind: string;
  count: number;
  of: number;
  things: string[];
  except: string[];
}
export interface AllowedTarget {
  target: string;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
}
export interface WishRequest {
  grant?: string;
  revoke?: string;
  set?: string;
  words?: string;
  change?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
}
export interface UserShift {
  user: string;
  product: string;
  action: string;
  title: string;
  group: string;
  facts?: {
    [k: string]: ValueWord;
  };
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  targets?: Targets;
  things?: AllowedThings;
  turned_by: MissingInput[];
  missing: MissingInput[];
}
export interface AccessOnThings {
  gained: ThingAccess[];
  lost: ThingAccess[];
  left_out?: number;
}
export interface ThingAccess {
  product: string;
  kind: string;
  things: string[];
  more_things?: number;
  actions: ActionOnThing[];
  users: string[];
  more_users?: number;
  through: AccessPath[];
}
export interface ActionOnThing {
  action: string;
  facts?: {
    [k: string]: ValueWord;
  };
}
export interface AccessPath {
  list: string;
  by: ListStanding;
}
export interface SimulateStep {
  line: string;
  product?: string;
  user: string;
  change: string;
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  verdict: VerdictWord;
  effects: string[];
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  reasons: Reason[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
  anyway?: AnywayReply;
}
export interface AnywayReply {
  effects: string[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
}
export interface Plan {
  steps: Change[];
  by: StepMakers[];
  effects: string[];
  also_opens: UserShift[];
  closes: UserShift[];
  on_things?: AccessOnThings;
}
export interface Change {
  product?: string;
  user: string;
  change: string;
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
}
export interface StepMakers {
  line: string;
  user: string;
  may_be_made_by: string[];
  and_more?: number;
  or_target: string[];
  effects: string[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
}
export interface ClosestRefusal {
  line: string;
  user: string;
  rule: string;
  reason: string;
}
export interface AccessUser {
  user: string;
  product: string;
  actions: string[];
}
export interface UnlistedAction {
  product: string;
  action: string;
  has_target: boolean;
  facts: string[];
}
export interface Matrix {
  product: string;
  title: string;
  by?: string;
  roles: string[];
  columns: string[];
  groups: MatrixGroup[];
  left_out?: number;
}
export interface MatrixGroup {
  group: string;
  rows: MatrixRow[];
}
export interface MatrixRow {
  action: string;
  title: string;
  place: string;
  cells: Cell[];
  together: RolesTogether[];
  has_more?: boolean;
}
export interface ReviewPerson {
  user: string;
  name: string;
  enabled: boolean;
  seats: ReviewSeat[];
}
export interface ReviewSeat {
  product: string;
  holds: string[];
  brought: ReviewBroughtRole[];
  settings: ReviewValue[];
  can: number;
  row: number;
}
export interface ReviewBroughtRole {
  role: string;
  by: string;
}
export interface ReviewValue {
  setting: string;
  value: string;
}
export interface ReviewProduct {
  product: string;
  title: string;
  document: string;
  seats: number;
  disabled: number;
  roles: ReviewRole[];
  settings: ReviewSetting[];
  readings: ReviewReading[];
  actions: ReviewAction[];
  kinds: ReviewKind[];
  rows: ReviewRow[];
  notes: ReviewNote[];
  one_step: ReviewStep[];
  dormant: ReviewDormant[];
  conflicts: ReviewConflict[];
}
export interface ReviewRole {
  role: string;
  title: string;
  held: number;
  brought: number;
  is_powerful: boolean;
}
export interface ReviewSetting {
  setting: string;
  title: string;
  default: string;
  values: ReviewShare[];
}
export interface ReviewShare {
  value: string;
  users: number;
}
export interface ReviewReading {
  reading: string;
  question: string;
  choice: boolean;
  is_default: boolean;
}
export interface ReviewAction {
  action: string;
  title: string;
  group: string;
  on_target: boolean;
  facts?: {
    [k: string]: ValueWord;
  };
}
export interface ReviewKind {
  kind: string;
  title: string;
  count: number;
  actions: ReviewKindAction[];
  things: ReviewThings[];
  left_out?: number;
}
export interface ReviewKindAction {
  action: string;
  title: string;
}
export interface ReviewThings {
  things: ReviewThing[];
  more_things?: number;
  access: UserActions[];
}
export interface ReviewThing {
  id: string;
  title: string;
}
export interface UserActions {
  actions: ActionOnThing[];
  users: string[];
  more_users?: number;
  through: AccessPath[];
}
export interface ReviewRow {
  users: string[];
  notes: number[];
}
export interface ReviewNote {
  note: number;
  column: number;
  access: ReviewAccess;
  answers: ReviewAnswer[];
}
export interface ReviewAnswer {
  on?: ReviewTargets;
  decision: DecisionWord;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
}
export interface ReviewStep {
  role: string;
  change: string;
  title: string;
  arguments: string[];
  users: string[];
  by: string[];
}
export interface ReviewDormant {
  user: string;
  roles: string[];
}
export interface ReviewConflict {
  conflict: string;
  title: string;
  both: string[];
  except: string[];
  because: string;
  basis: Basis;
  place: string;
  section?: string;
  users: string[];
  trusted: string[];
}
export interface ReviewEnding {
  id: string;
  entry: ReviewEndingPlace;
  until: string;
  days: number;
}
export interface IdleEntries {
  id: string;
  why: IdleReason;
  groups: string[];
  lists: IdleList[];
}
export interface IdleList {
  product: string;
  kind: string;
  list: string;
  things: string[];
  more_things?: number;
}
export interface FirmDifference {
  equal: boolean;
  firm?: NameChange;
  readings: ReadingChange[];
  conflicts: OwnConflictChange[];
  groups: ThingChange[];
  things: ThingChange[];
  on_things?: AccessOnThings;
  users: UserDifference[];
  steps: DifferenceStep[];
  then: DifferenceStep[];
  unplanned?: Unplanned;
}
export interface NameChange {
  from: string;
  to: string;
}
export interface ReadingChange {
  product: string;
  reading: string;
  from: boolean;
  to: boolean;
}
export interface OwnConflictChange {
  product: string;
  conflict: string;
  kind: OwnConflictChangeKind;
}
export interface ThingChange {
  kind?: string;
  id: string;
  change: ThingChangeKind;
  parts: ThingPartChange[];
  ends: MemberEndChange[];
  steps: DifferenceStep[];
  impossible: string[];
}
export interface ThingPartChange {
  part: string;
  from: string;
  to: string;
}
export interface MemberEndChange {
  part: string;
  member: string;
  from: EntryTerm;
  to: EntryTerm;
}
export interface DifferenceStep {
  product?: string;
  user: string;
  change: string;
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
}
export interface UserDifference {
  user: string;
  name: string;
  outside: Outside[];
  roles: RoleChanges;
  settings: SettingChange[];
  ends: RoleEndChange[];
  gained: DifferenceAccess[];
  lost: DifferenceAccess[];
  steps: DifferenceStep[];
  impossible: Impossible[];
}
export interface Outside {
  kind: OutsideKind;
  product?: string;
  from?: string;
  to?: string;
}
export interface RoleChanges {
  given: ProductRole[];
  taken: ProductRole[];
}
export interface ProductRole {
  product: string;
  role: string;
}
export interface SettingChange {
  product: string;
  setting: string;
  from: string;
  to: string;
}
export interface RoleEndChange {
  product: string;
  role: string;
  from: EntryTerm;
  to: EntryTerm;
}
export interface DifferenceAccess {
  product: string;
  action: string;
  facts?: {
    [k: string]: ValueWord;
  };
  on?: OnWhom;
}
export interface OnWhom {
  users: string[];
  count: number;
}
export interface Impossible {
  product: string;
  what: string;
  from: string;
  to: string;
  why: string;
  reasons: string[];
}
export interface RuleChange {
  product: string;
  kind: ChangeKind;
  action?: string;
  has_target?: boolean;
  change?: string;
  what?: string;
  title?: string;
  from: string;
  to: string;
  when?: string;
  conditions: {
    [k: string]: string[];
  }[];
}
export interface PropertyResult {
  name: string;
  product: string;
  title: string;
  holds?: boolean;
  method: Method;
  states: number;
  changes?: number;
  basis?: Basis;
  section?: string;
  place: string;
  vacuous?: boolean;
  because?: string;
  undecided?: FindingReply;
  cut_off?: CutOff;
  counterexample?: Counterexample;
}
export interface FindingReply {
  code: string;
  severity: Severity;
  message: string;
  help?: string;
  place?: string;
  labels: LabelReply[];
  subject?: ErrorSubject;
}
export interface LabelReply {
  place: string;
  text: string;
}
export interface ErrorSubject {
  role: SubjectRole;
  name?: string;
  part?: number;
  user?: string;
}
export interface Counterexample {
  firm: string;
  steps: ProofStep[];
  asked: ProofAnswer[];
  asked_after: ProofAnswer[];
  question?: Question;
  end: string;
  smallest?: boolean;
}
export interface Bulk {
  product?: string;
  user: string;
  parts: ChangePart[];
  if_state?: string;
}
export interface ProofAnswer {
  question: Question;
  decision: DecisionWord;
}
export interface CensusReply {
  products: Census[];
  firm?: string;
  users?: number;
  groups?: number;
  things?: number;
  suites?: number;
}
export interface Census {
  product: string;
  roles: number;
  settings: number;
  readings: number;
  actions: number;
  changes: number;
  effects: number;
  rules: number;
  stated: number;
  inferred: number;
  scripts: number;
  paths: number;
  tables: number;
  cells: number;
  walked: number;
}
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  checks: number;
}
export interface SuiteReport {
  suite: string;
  file: string;
  totals: Totals;
  tests: TestReport[];
}
export interface TestReport {
  test: string;
  place: string;
  status: Status;
  skipped?: string;
  checks: number;
  failures: Failure[];
}
export interface Failure {
  place: string;
  key: string;
  asked: string;
  expected: string;
  got: string;
  explanation?: Explanation;
  verdict?: Verdict;
}
export interface Explanation {
  product: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  decision: DecisionWord;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  needs: string[];
  inputs: Input[];
  turns: Turn[];
}
export interface Verdict {
  product: string;
  user: string;
  change?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  parts?: ChangePart[];
  verdict: VerdictWord;
  effects: string[];
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  reasons: Reason[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
}
export interface ProductEntry {
  id: string;
  title: string;
  document: string;
  roles: RoleEntry[];
  settings: SettingEntry[];
  readings: ReadingEntry[];
  things: ThingKindEntry[];
  actions: ActionEntry[];
  changes: ChangeEntry[];
  bulk?: BulkEntry;
  effects: EffectEntry[];
  conflicts: ConflictEntry[];
  advice: AdviceEntry[];
  properties: PropertyEntry[];
}
export interface RoleEntry {
  id: string;
  title: string;
  basis: Basis;
  section: string;
  place: string;
  moves_by?: string;
}
export interface SettingEntry {
  id: string;
  title: string;
  values: string[];
  default: string;
  basis: Basis;
  section: string;
  place: string;
}
export interface ReadingEntry {
  id: string;
  question: string;
  default: boolean;
  section: string;
  place: string;
}
export interface ThingKindEntry {
  id: string;
  title: string;
  part_of?: string;
  properties: ThingPropertyEntry[];
  lists: ThingListEntry[];
  place: string;
}
export interface ThingPropertyEntry {
  id: string;
  title: string;
  values: string[];
  default: string;
}
export interface ThingListEntry {
  id: string;
  title: string;
  brings: string[];
  holds_one: boolean;
  is_open: boolean;
}
export interface ActionEntry {
  id: string;
  title: string;
  group: string;
  on_target: boolean;
  on_thing?: string;
  facts: FactEntry[];
  place: string;
}
export interface FactEntry {
  id: string;
  values: string[];
  default?: string;
}
export interface ChangeEntry {
  id: string;
  title: string;
  takes: string[];
  targets: string[];
  kind?: string;
  lists: string[];
  basis: Basis;
  section: string;
  place: string;
  in_bulk: boolean;
}
export interface BulkEntry {
  title: string;
  of: string[];
  all_or_nothing: Basis;
}
export interface EffectEntry {
  id: string;
  title: string;
  after?: string;
  basis: Basis;
  section: string;
  place: string;
}
export interface ConflictEntry {
  id: string;
  title: string;
  both: string[];
  except: string[];
  because: string;
  basis: Basis;
  section: string;
  place: string;
}
export interface AdviceEntry {
  id: string;
  title: string;
  because: string;
  basis: Basis;
  section: string;
  place: string;
}
export interface PropertyEntry {
  id: string;
  title: string;
  basis?: Basis;
  section?: string;
  place: string;
}
export interface CanRequest {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  ask?: "can";
  id?: unknown;
  v?: 1;
}
export interface ExplainRequest {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  ask: "explain";
  id?: unknown;
  v?: 1;
}
export interface WhyNotRequest {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  ask: "why_not";
  id?: unknown;
  v?: 1;
}
export interface ChangeRequest {
  product?: string;
  user: string;
  change: string;
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  ask?: "change";
  id?: unknown;
  v?: 1;
}
export interface BulkRequest {
  product?: string;
  user: string;
  parts: ChangePart[];
  if_state?: string;
  ask?: "bulk";
  id?: unknown;
  v?: 1;
}
export interface ApplyRequest {
  product?: string;
  user: string;
  change?: string;
  parts?: ChangePart[];
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  ask: "apply";
  id?: unknown;
  v?: 1;
}
export interface WhoCanRequest {
  product?: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  only?: string[];
  after?: string;
  limit?: number;
  ask: "who_can";
  id?: unknown;
  v?: 1;
}
export interface WhatCanRequest {
  product?: string;
  user: string;
  on?: string;
  ask: "what_can";
  id?: unknown;
  v?: 1;
}
export interface WhereCanRequest {
  product?: string;
  user: string;
  action: string;
  facts?: {
    [k: string]: ValueWord;
  };
  after?: string;
  limit?: number;
  ask: "where_can";
  id?: unknown;
  v?: 1;
}
export interface SimulateRequest {
  product?: string;
  user: string;
  changes: WishRequest[];
  by?: string;
  ask: "simulate";
  id?: unknown;
  v?: 1;
}
export interface HowCanRequest {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  ask: "how_can";
  id?: unknown;
  v?: 1;
}
export interface AccessRequest {
  product?: string;
  only?: string[];
  after?: string;
  limit?: number;
  ask: "access";
  id?: unknown;
  v?: 1;
}
export interface MatrixRequest {
  product?: string;
  by?: string;
  ask: "matrix";
  id?: unknown;
  v?: 1;
}
export interface ReviewRequest {
  product?: string;
  only?: string[];
  old?: SourceTexts;
  ask: "review";
  id?: unknown;
  v?: 1;
}
export interface DiffRequest {
  old: SourceTexts;
  new?: SourceTexts;
  ask: "diff";
  id?: unknown;
  v?: 1;
}
export interface DiffFirmRequest {
  old: SourceTexts;
  new?: SourceTexts;
  ask: "diff_firm";
  id?: unknown;
  v?: 1;
}
export interface ProveRequest {
  promises?: SourceTexts;
  ask: "prove";
  id?: unknown;
  v?: 1;
}
export interface CheckRequest {
  ask: "check";
  id?: unknown;
  v?: 1;
}
export interface TestRequest {
  fixtures: SourceTexts;
  filter?: string;
  ask: "test";
  id?: unknown;
  v?: 1;
}
export interface CatalogueRequest {
  product?: string;
  ask: "catalogue";
  id?: unknown;
  v?: 1;
}
export interface CanReply {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  decision: DecisionWord;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  needs: string[];
  elsewhere?: ActionElsewhere;
  yes: boolean;
  ask?: "can";
  id?: unknown;
  v?: 1;
}
export interface ExplainReply {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  decision: DecisionWord;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  needs: string[];
  elsewhere?: ActionElsewhere;
  inputs: Input[];
  turns: Turn[];
  yes: boolean;
  ask: "explain";
  id?: unknown;
  v?: 1;
}
export interface WhyNotReply {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  decision: DecisionWord;
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  needs: string[];
  elsewhere?: ActionElsewhere;
  missing: MissingInput[];
  grounds: Reason[];
  rules: WhyNotRule[];
  yes: boolean;
  ask: "why_not";
  id?: unknown;
  v?: 1;
}
export interface ChangeReply {
  product?: string;
  user: string;
  change: string;
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  verdict: VerdictWord;
  effects: string[];
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  reasons: Reason[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
  yes: boolean;
  ask?: "change";
  id?: unknown;
  v?: 1;
}
export interface BulkReply {
  product?: string;
  user: string;
  parts: ChangePart[];
  if_state?: string;
  verdict: VerdictWord;
  effects: string[];
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  reasons: Reason[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
  yes: boolean;
  ask?: "bulk";
  id?: unknown;
  v?: 1;
}
export interface ApplyReply {
  product?: string;
  user: string;
  change?: string;
  parts?: ChangePart[];
  if_state?: string;
  role?: string;
  setting?: string;
  value?: ValueWord;
  thing?: string;
  list?: string;
  group?: string;
  target?: string | null;
  verdict: VerdictWord;
  effects: string[];
  basis: Basis;
  rule: string;
  reason: string;
  reason_basis?: Basis;
  place: string;
  section: string;
  where?: string;
  reasons: Reason[];
  altered: AlteredValue[];
  altered_things: AlteredThing[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
  state: string;
  written: boolean;
  yes: boolean;
  ask: "apply";
  id?: unknown;
  v?: 1;
}
export interface WhoCanReply {
  product?: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  only?: string[];
  after?: string;
  limit?: number;
  allowed: AllowedUser[];
  denied: DeniedUser[];
  next?: string;
  yes: boolean;
  ask: "who_can";
  id?: unknown;
  v?: 1;
}
export interface WhatCanReply {
  product?: string;
  user: string;
  on?: string;
  actions: Ability[];
  denied: Ability[];
  grounds: Reason[];
  yes: boolean;
  ask: "what_can";
  id?: unknown;
  v?: 1;
}
export interface WhereCanReply {
  product?: string;
  user: string;
  action: string;
  facts?: {
    [k: string]: ValueWord;
  };
  after?: string;
  limit?: number;
  allowed: AllowedTarget[];
  next?: string;
  yes: boolean;
  ask: "where_can";
  id?: unknown;
  v?: 1;
}
export interface SimulateReply {
  product?: string;
  user: string;
  changes: WishRequest[];
  by?: string;
  gained: UserShift[];
  lost: UserShift[];
  on_things?: AccessOnThings;
  effects: string[];
  conflicts: HeldConflict[];
  advice: UnmetAdvice[];
  steps: SimulateStep[];
  left_out?: number;
  yes: boolean;
  ask: "simulate";
  id?: unknown;
  v?: 1;
}
export interface HowCanReply {
  product?: string;
  user: string;
  action: string;
  target?: string | null;
  facts?: {
    [k: string]: ValueWord;
  };
  plans: Plan[];
  more_plans?: number;
  why?: string;
  stopped_by?: string;
  would_take: ClosestRefusal[];
  turned_by: Turn[];
  cut_off?: CutOff;
  least_changes?: number;
  yes: boolean;
  ask: "how_can";
  id?: unknown;
  v?: 1;
}
export interface AccessReply {
  product?: string;
  only?: string[];
  after?: string;
  limit?: number;
  users: AccessUser[];
  left_out: UnlistedAction[];
  next?: string;
  yes: boolean;
  ask: "access";
  id?: unknown;
  v?: 1;
}
export interface MatrixReply {
  product?: string;
  by?: string;
  matrices: Matrix[];
  yes: boolean;
  ask: "matrix";
  id?: unknown;
  v?: 1;
}
export interface ReviewReply {
  product?: string;
  only?: string[];
  old?: SourceTexts;
  firm: string;
  users: number;
  disabled: number;
  without_seat: number;
  people: ReviewPerson[];
  products: ReviewProduct[];
  ending: ReviewEnding[];
  without_effect: IdleEntries[];
  since?: FirmDifference;
  yes: boolean;
  ask: "review";
  id?: unknown;
  v?: 1;
}
export interface DiffReply {
  old: SourceTexts;
  new?: SourceTexts;
  equal: boolean;
  compared: string[];
  not_compared: string[];
  changes: RuleChange[];
  cut_off?: CutOff;
  yes: boolean;
  ask: "diff";
  id?: unknown;
  v?: 1;
}
export interface DiffFirmReply {
  old: SourceTexts;
  new?: SourceTexts;
  equal: boolean;
  firm?: NameChange;
  readings: ReadingChange[];
  conflicts: OwnConflictChange[];
  groups: ThingChange[];
  things: ThingChange[];
  on_things?: AccessOnThings;
  users: UserDifference[];
  steps: DifferenceStep[];
  then: DifferenceStep[];
  unplanned?: Unplanned;
  yes: boolean;
  ask: "diff_firm";
  id?: unknown;
  v?: 1;
}
export interface ProveReply {
  promises?: SourceTexts;
  properties: PropertyResult[];
  yes: boolean;
  ask: "prove";
  id?: unknown;
  v?: 1;
}
export interface CheckReply {
  findings: FindingReply[];
  beyond?: number;
  census?: CensusReply;
  yes: boolean;
  ask: "check";
  id?: unknown;
  v?: 1;
}
export interface TestReply {
  fixtures: SourceTexts;
  filter?: string;
  totals: Totals;
  suites: SuiteReport[];
  yes: boolean;
  ask: "test";
  id?: unknown;
  v?: 1;
}
export interface CatalogueReply {
  product?: string;
  products: ProductEntry[];
  yes: boolean;
  ask: "catalogue";
  id?: unknown;
  v?: 1;
}
export interface ErrorReply {
  id?: unknown;
  line?: number;
  error: FindingReply;
  more: FindingReply[];
  beyond?: number;
}

export interface Requests {
  can: CanRequest;
  explain: ExplainRequest;
  why_not: WhyNotRequest;
  change: ChangeRequest;
  bulk: BulkRequest;
  apply: ApplyRequest;
  who_can: WhoCanRequest;
  what_can: WhatCanRequest;
  where_can: WhereCanRequest;
  simulate: SimulateRequest;
  how_can: HowCanRequest;
  access: AccessRequest;
  matrix: MatrixRequest;
  review: ReviewRequest;
  diff: DiffRequest;
  diff_firm: DiffFirmRequest;
  prove: ProveRequest;
  check: CheckRequest;
  test: TestRequest;
  catalogue: CatalogueRequest;
}

export interface Replies {
  can: CanReply;
  explain: ExplainReply;
  why_not: WhyNotReply;
  change: ChangeReply;
  bulk: BulkReply;
  apply: ApplyReply;
  who_can: WhoCanReply;
  what_can: WhatCanReply;
  where_can: WhereCanReply;
  simulate: SimulateReply;
  how_can: HowCanReply;
  access: AccessReply;
  matrix: MatrixReply;
  review: ReviewReply;
  diff: DiffReply;
  diff_firm: DiffFirmReply;
  prove: ProveReply;
  check: CheckReply;
  test: TestReply;
  catalogue: CatalogueReply;
}
