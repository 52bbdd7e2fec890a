//! Inputs of chance that are the same in every run.

/// Numbers that look random.
pub(crate) struct Chance(u64);

/// What means something in one of the languages that are read.
const SIGNS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "{}",
    "[]",
    ",",
    "#",
    " #",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "'",
    "\"",
    "%",
    "@",
    "`",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\n  ",
    "é",
    "𝒳",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{1b}[31m",
    "---\n",
    "...\n",
    "<<: ",
    "~",
    "null",
    "true",
    "false",
    "&&",
    "||",
    "!",
    "==",
    "!=",
    "=>",
    "(",
    ")",
    "()",
    ";",
    "//",
    "/*",
    "fn ",
    "switch ",
    "if ",
    "in [",
    "user",
    "target",
    "same_user",
    "users:\n",
    "  - id: ",
    "roles: ",
    "allow: ",
    "when: ",
    "unless: ",
    "everyone",
    "\\u0000",
    "\\e",
    "0x1F",
    "1e3",
    "99999999999999999999",
    "-1",
];

impl Chance {
    /// The numbers that belong to a name.
    pub(crate) fn new(name: &str) -> Self {
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, |seed: u64, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed | 1)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % end.max(1) as u64) as usize
    }

    /// At most so many bytes.
    pub(crate) fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most))
            .map(|_| self.below(256) as u8)
            .collect()
    }

    /// One of some inputs, changed in a few places.
    pub(crate) fn changed(&mut self, known: &[&[u8]]) -> Vec<u8> {
        let mut input = known[self.below(known.len())].to_vec();
        for _ in 0..=self.below(5) {
            self.change(&mut input, known);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, known: &[&[u8]]) {
        let at = self.below(input.len() + 1);
        let until = (at + self.below(12)).min(input.len());
        match self.below(8) {
            0 => drop(input.drain(at..until)),
            1 | 2 => {
                let sign = SIGNS[self.below(SIGNS.len())];
                input.splice(at..at, sign.bytes());
            }
            3 => {
                let sign = SIGNS[self.below(SIGNS.len())];
                input.splice(at..until, sign.bytes());
            }
            4 => {
                // A piece of another input, or of this one.
                let other = known[self.below(known.len())];
                let from = self.below(other.len() + 1);
                let to = (from + self.below(60)).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
            5 => self.change_lines(input),
            6 => input.truncate(at),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
        }
    }

    fn change_lines(&mut self, input: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = input
            .split_inclusive(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        if lines.is_empty() {
            return;
        }
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(3) {
            0 => drop(lines.remove(one)),
            1 => lines.swap(one, other),
            _ => lines.insert(one, lines[other].clone()),
        }
        *input = lines.concat();
    }
}
