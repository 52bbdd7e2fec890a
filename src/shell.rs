//! Words in a row, quoted as a POSIX shell reads them.

use std::borrow::Cow;

/// The words of a text. A word that starts with a quote is read as a shell reads it; every other word is what stands between
/// the spaces, so that `o'neil` needs no quotes. A quote that is not closed is a letter like any other.
pub(crate) fn split(text: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let word = rest.get(..length(rest)).unwrap_or(rest);
        words.push(unquoted(word));
        rest = rest.get(word.len()..).unwrap_or_default().trim_start();
    }
    words
}

/// Where the first word of a text ends.
fn length(text: &str) -> usize {
    let plain = text.find(char::is_whitespace).unwrap_or(text.len());
    if !text.starts_with(QUOTES) {
        return plain;
    }
    let (mut open, mut is_escaped) = (None, false);
    for (at, c) in text.char_indices() {
        match (open, c) {
            _ if is_escaped => is_escaped = false,
            (None | Some('"'), '\\') => is_escaped = true,
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), _) if quote == c => open = None,
            (None, _) if c.is_whitespace() => return at,
            _ => {}
        }
    }
    if open.is_some() { plain } else { text.len() }
}

fn unquoted(word: &str) -> Cow<'_, str> {
    let read = word.starts_with(QUOTES).then(|| shlex::split(word));
    match read.flatten().as_deref() {
        Some([one]) => Cow::Owned(one.clone()),
        _ => Cow::Borrowed(word),
    }
}

const QUOTES: [char; 2] = ['"', '\''];

/// Words in a row. A word that is more than letters and digits has quotes, and [`split`] reads all of them back.
pub(crate) fn join<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    in_a_row(words, char::is_alphanumeric)
}

#[cfg(any(feature = "render", test))]
/// Words as they are pasted into a shell. Some shells take parts of letters beyond ASCII for spaces, so these have quotes, too.
pub(crate) fn command<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    in_a_row(words, |c| c.is_ascii_alphanumeric())
}

fn in_a_row<S: AsRef<str>>(
    words: impl IntoIterator<Item = S>,
    is_letter: fn(char) -> bool,
) -> String {
    let words = words.into_iter();
    let quoted: Vec<String> = words.map(|word| quoted(word.as_ref(), is_letter)).collect();
    quoted.join(" ")
}

/// A word as a shell reads it. No quoting lets a shell read a zero byte, so that is left out.
fn quoted(word: &str, is_letter: fn(char) -> bool) -> String {
    let word = word.replace('\0', "");
    // An equals sign is a letter to every shell, but at the start of a word.
    let is_plain = |c: char| is_letter(c) || "_-./:+@=".contains(c);
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(is_plain) {
        return word;
    }
    match shlex::try_quote(&word) {
        // Where the crate quotes only the end of a word, an empty pair of quotes says in front that it is quoted.
        Ok(quoted) if quoted != word && !quoted.starts_with(QUOTES) => format!("''{quoted}"),
        Ok(quoted) => quoted.into_owned(),
        Err(_) => word,
    }
}

#[cfg(test)]
mod tests;
