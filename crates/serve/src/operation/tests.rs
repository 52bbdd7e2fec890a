use std::future::{pending, ready};
use std::time::Duration;

use super::body::within;
use super::nesting::is_deeper_than;

#[test]
fn brackets_count_where_they_are_no_text() {
    for (json, depth) in [
        ("1", 0),
        ("[]", 1),
        ("[[],[]]", 2),
        (r#"{"a":[{}]}"#, 3),
        (r#"{"[[[":"]]]{{{"}"#, 1),
        (r#"["\"[[[[", "\\", [1]]"#, 2),
    ] {
        assert!(!is_deeper_than(depth, json.as_bytes()), "{json}");
        assert!(
            depth == 0 || is_deeper_than(depth - 1, json.as_bytes()),
            "{json}"
        );
    }
}

#[test]
fn a_future_has_its_time_and_no_more() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        assert_eq!(within(Duration::ZERO, ready(7)).await, Some(7));
        assert_eq!(
            within(Duration::from_millis(10), pending::<()>()).await,
            None
        );
        let soon = tokio::time::sleep(Duration::from_millis(10));
        assert_eq!(within(Duration::from_secs(60), soon).await, Some(()));
    });
}
