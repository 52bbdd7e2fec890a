//! Scripts changed at random: whatever the text, there are findings or an answer, never a panic.

use super::*;

/// A small generator of random numbers, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

const FUNCTIONS: &str = "fn sees(p, what) { let x = p.visibility; for v in [\"all\", \"own\"] { if x == v { return true; } } x == what }\n// two\nfn feed() { try { feed_is_open && user.enabled } catch (e) { false } }\nfn count(n) { let i = 0; while i < n { i += 1; } switch role { \"billing\" | \"reports\" => i, _ => 0 } }\n";
const CONDITION: &str = "if same_user || role in [\"billing\", \"reports\"] { sees(user, \"all\") } else { !target.billing && count(3) >= 2 }";
const PIECES: &[&str] = &[
    "(", ")", "{", "}", "[", "]", "\"", "`", "'", "/*", "*/", "//", "\n", "!", "&&", "||", "==",
    "=", ".", "..", "::", ",", ";", "|", "=>", "fn ", "let ", "loop ", "this", "user", "role", "9",
    "-", "é", "\u{0}", "#{", "${", "?.", "??", "switch ", "return ", "break ", "in ", "\"all\"",
    "f(", "if ", "else ", "const ", "_", "$", "@", "+=", "%",
];

fn mutated(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(letters.len());
        let end = (at + dice.roll(6)).min(letters.len());
        match dice.roll(4) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let piece: Vec<char> = PIECES[dice.roll(PIECES.len())].chars().collect();
                letters.splice(at..at, piece);
            }
            2 => {
                let copy: Vec<char> = letters[at..end].to_vec();
                let to = dice.roll(letters.len());
                letters.splice(to..to, copy);
            }
            _ => {
                let other = dice.roll(letters.len());
                if at < letters.len() && other < letters.len() {
                    letters.swap(at, other);
                }
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn changed_scripts_never_panic() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let known = everything(["false", "billing", "listed", "true", "true", "true", "all"]);
    let mut answered = 0;
    for round in 0..3_000 {
        let sandbox = Sandbox::new(&Limits {
            script_operations: 2_000,
            ..Limits::default()
        });
        let changes_functions = round % 2 == 0;
        let functions = if changes_functions {
            mutated(&mut dice, FUNCTIONS)
        } else {
            FUNCTIONS.to_owned()
        };
        let condition = if changes_functions {
            CONDITION.to_owned()
        } else {
            mutated(&mut dice, CONDITION)
        };
        match compile(&sandbox, &functions, &condition) {
            Ok(script) => {
                let _ = sandbox.run(&script, &[]);
                answered += usize::from(sandbox.run(&script, &known).is_ok());
            }
            Err(findings) => {
                for finding in findings.iter() {
                    assert!(
                        finding.place().is_some() && !finding.message().contains('\n'),
                        "{finding}"
                    );
                }
            }
        }
    }
    assert!(
        answered > 50,
        "{answered} of the changed scripts still answered"
    );
}
