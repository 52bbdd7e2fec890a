//! Firms are swapped while many ask: every question is answered, and every answer belongs to the digest that it carries.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::client::{Client, EVALUATION, number, question, replace, server, text};

/// In one firm ben does the billing, in the other cy: no answer can be right in both.
const FIRM: &str = "firm: One\nusers:\n  - { id: ada, manage: { roles: [primary_subscriber] } }\n  - { id: ben, manage: { roles: [BEN] } }\n  - { id: cy, manage: { roles: [CY] } }\n";

/// Whether ben and cy may, as a batch says it.
fn batch() -> String {
    let both = format!(
        "{},{}",
        question("ben", "create_bill"),
        question("cy", "create_bill")
    );
    format!(r#"{{"evaluations":[{both},{both},{both}]}}"#)
}

#[test]
fn no_answer_is_lost_or_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firm.yaml");
    let firms = [("billing", ""), ("", "billing")]
        .map(|(ben, cy)| FIRM.replace("BEN", ben).replace("CY", cy));
    std::fs::write(&file, &firms[0]).unwrap();
    let server = server(&["--firm", text(&file)]);

    // Which digest means which firm.
    let mut meaning = HashMap::new();
    for firm in [&firms[1], &firms[0]] {
        replace(&file, firm);
        server.operation().reloader.reload(None).unwrap();
        let reply = Client::to(&server).ask("ben", "create_bill");
        let digest = reply.header("x-rules-digest").unwrap().to_owned();
        meaning.insert(digest, reply.decision());
    }
    assert_eq!(meaning.len(), 2);

    let is_over = AtomicBool::new(false);
    let answered = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let reloads = thread::scope(|scope| {
        for reader in 0..16 {
            let (server, meaning, is_over, answered) = (&server, &meaning, &is_over, &answered);
            scope.spawn(move || {
                let mut client = Client::to(server);
                while !is_over.load(Ordering::Relaxed) {
                    let is_batch = reader % 2 == 0;
                    let reply = if is_batch {
                        client.post("/access/v1/evaluations", &batch(), &[])
                    } else {
                        client.post(EVALUATION, &question("ben", "create_bill"), &[])
                    };
                    let ben = meaning[reply.header("x-rules-digest").expect("a digest")];
                    if is_batch {
                        let expected: Vec<serde_json::Value> = [ben, !ben]
                            .repeat(3)
                            .iter()
                            .map(|may| serde_json::json!({ "decision": may }))
                            .collect();
                        assert_eq!(
                            reply.json()["evaluations"],
                            serde_json::Value::from(expected)
                        );
                    } else {
                        assert_eq!(reply.decision(), ben);
                    }
                    answered[usize::from(ben)].fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let start = Instant::now();
        let mut reloads = 0;
        while start.elapsed() < Duration::from_secs(3) {
            replace(&file, &firms[(reloads + 1) % 2]);
            server.operation().reloader.reload(None).unwrap();
            reloads += 1;
            thread::sleep(Duration::from_millis(5));
        }
        is_over.store(true, Ordering::Relaxed);
        reloads
    });
    assert!(reloads > 5, "{reloads}");
    let [one, other] = answered.map(AtomicUsize::into_inner);
    assert!(one > 50 && other > 50, "{one} and {other}");
    assert_eq!(number(&server, "clio_rules_connections_broken_total"), 0);
}
