use super::*;
use pretty_assertions::assert_eq;

fn decode(bytes: &[u8]) -> (Option<String>, String) {
    let mut findings = Findings::new();
    let source = decode_text("f", bytes.to_vec(), 100, &mut findings);
    (
        source.map(|source| source.text().to_owned()),
        findings.to_string(),
    )
}

#[test]
fn plain_text_passes_and_a_byte_order_mark_goes() {
    assert_eq!(
        decode("\u{feff}é: x\r\n\t".as_bytes()),
        (Some("é: x\r\n\t".to_owned()), String::new())
    );
}

#[test]
fn what_is_not_plain_text_is_refused_with_its_place() {
    let first = |bytes: &[u8]| {
        let (text, findings) = decode(bytes);
        assert_eq!(text, None);
        findings.split(';').next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        first(b"a: b\nc: \xff\xfe d"),
        "f:2:4: error[not-utf8]: this is not UTF-8 text"
    );
    assert_eq!(
        first(b"a\0"),
        "f:1:2: error[control-character]: the invisible character U+0000 stands here"
    );
    for c in ["\u{85}", "\u{2028}", "\u{2029}", "\u{1b}", "\u{7f}"] {
        assert!(first(c.as_bytes()).contains("control-character"));
    }
    let (_, findings) = decode(&[b'a'; 101]);
    assert!(
        findings.contains("file-too-large") && findings.contains("101") && findings.contains("100")
    );
}
