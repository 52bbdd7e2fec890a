//! The page, and the document of what there is to ask.

use clio_rules_serve::authzen::AuthzenOptions;
use clio_rules_serve::http::HttpOptions;
use clio_rules_serve::tenant::{Tenant, Tenants};

use super::server::{Server, example};

#[test]
fn the_page_asks_nobody_else() {
    let server = Server::of(example());
    let page = server.get("/");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    // Every file that it names is there.
    let names = page
        .body
        .split('"')
        .filter_map(|part| part.strip_prefix("./"));
    let names: Vec<&str> = names.collect();
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let file = server.get(&format!("/{name}"));
        assert_eq!(file.status, 200, "{name}");
        assert!(!file.body.is_empty());
        let tag = file.header("etag").expect("a tag");
        let again = server.call("GET", &format!("/{name}"), &[("If-None-Match", tag)], b"");
        assert_eq!((again.status, again.body.as_str()), (304, ""));
    }
    assert_eq!(server.call("POST", "/", &[], b"").status, 405);
    assert_eq!(server.get("/index.html").status, 404);
    assert_eq!(server.get("/../Cargo.toml").status, 404);
}

#[test]
fn each_tenant_has_a_page() {
    let tenants = Tenants::default().with("one", Tenant::new(example()));
    let server = Server::with(tenants, AuthzenOptions::default());
    assert_eq!(server.get("/t/one/").status, 200);
    assert_eq!(server.get("/t/one/explorer.js").status, 200);
    let without_slash = server.get("/t/one");
    assert_eq!(
        (without_slash.status, without_slash.header("location")),
        (308, Some("one/"))
    );
    assert_eq!(server.get("/").status, 404);
    assert_eq!(server.get("/t/two/").status, 404);
}

#[test]
fn there_can_be_no_page() {
    let options = HttpOptions {
        page: false,
        ..HttpOptions::default()
    };
    let server = Server::start(Tenants::of_one(Tenant::new(example())), options);
    for path in ["/", "/explorer.js"] {
        assert_eq!(server.get(path).status, 404);
    }
    assert_eq!(server.get("/v1/firm").status, 200);
}
