use super::*;
use crate::Loader;

/// Ways to write one part.
const FORMS: [&str; 5] = [
    "- grant billing wren\n",
    "- {change: grant, role: billing, target: wren}\n",
    "- change: grant\n  role: billing\n  target: wren\n",
    "- {\"change\": \"grant\", \"role\": \"billing\", \"target\": \"wren\"}\n",
    "- {change: grant, target: wren, role: billing} #\n",
];

#[test]
fn a_list_has_room_for_all_parts_of_a_bulk_change_however_they_are_written() {
    const PARTS: usize = 1_000;
    let limits = Limits {
        events: 4_000,
        bulk_parts: PARTS,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    for form in FORMS {
        // A part with a number is looked at closely, and all others with it.
        for last in ["", "- {change: grant, role: 12, target: wren}\n"] {
            let judged = |parts: usize| {
                let text = form.repeat(parts - usize::from(!last.is_empty())) + last;
                let mut findings = Findings::new();
                let source = Source::new("changes.yaml", text);
                let bulk = read(&firm, None, "tomas", &source, &mut findings);
                let codes: Vec<&str> = findings.iter().map(|f| f.code().name()).collect();
                match bulk {
                    Some(_) if !codes.is_empty() => Err(codes.join(" ")),
                    Some(bulk) => firm
                        .judge_bulk(&bulk)
                        .map(drop)
                        .map_err(|error| error.code().name().to_owned()),
                    None => Err(codes.join(" ")),
                }
            };
            let expected = |good: Result<(), String>| match last {
                "" => good,
                _ => Err("unknown-role".to_owned()),
            };
            assert_eq!(judged(PARTS), expected(Ok(())), "{form}{last}");
            let too_large = Err("bulk-too-large".to_owned());
            assert_eq!(judged(PARTS + 1), expected(too_large), "{form}{last}");
        }
    }
}
