//! How deep JSON is nested, before anything reads it.

/// Whether brackets are nested deeper than a limit. What is no JSON may be taken for deeper or shallower than it is: it is refused
/// either way, here or where it is read.
pub(super) fn is_deeper_than(limit: usize, json: &[u8]) -> bool {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}
