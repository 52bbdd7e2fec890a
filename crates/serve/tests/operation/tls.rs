//! TLS, and certificates that change.

use std::net::TcpStream;
use std::sync::Arc;

use clio_rules_serve::Server;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tempfile::TempDir;

use super::client::{Client, PATIENCE, replace, server, text, wait_until};

/// A new certificate, written where the server reads it.
fn certificate(folder: &TempDir) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    replace(&folder.path().join("key.pem"), &signing_key.serialize_pem());
    replace(&folder.path().join("cert.pem"), &cert.pem());
    cert.der().clone()
}

fn secure(folder: &TempDir) -> Server {
    let [cert, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
    server(&[
        "--tls-cert",
        text(&cert),
        "--tls-key",
        text(&key),
        "--header-seconds",
        "1",
    ])
}

fn client(
    server: &Server,
    trusted: &CertificateDer<'static>,
) -> Client<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    Client::over(StreamOwned::new(connection, stream))
}

/// Whether the server shows this certificate.
fn shows(server: &Server, certificate: &CertificateDer<'static>) -> bool {
    let mut client = client(server, certificate);
    client
        .send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .is_ok()
        && client.reply().is_some_and(|reply| reply.status == 200)
}

#[test]
fn questions_are_answered_over_tls_and_only_so() {
    let folder = tempfile::tempdir().unwrap();
    let cert = certificate(&folder);
    let server = secure(&folder);
    let mut client = client(&server, &cert);
    assert!(!client.ask("wren", "create_bill").decision());
    assert!(
        client.get("/.well-known/authzen-configuration", &[]).json()["policy_decision_point"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
    let mut plain = Client::to(&server);
    plain
        .send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        .unwrap();
    assert!(plain.is_closed());
    // Whoever begins no handshake is cut off as well.
    assert!(Client::to(&server).is_closed());
}

#[test]
fn a_new_certificate_is_shown_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = certificate(&folder);
    let server = secure(&folder);
    let mut open = client(&server, &first);
    assert_eq!(open.get("/healthz", &[]).status, 200);
    replace(&folder.path().join("cert.pem"), "nothing");
    wait_until("it is told", || {
        client(&server, &first)
            .get("/readyz", &[])
            .body
            .contains(r#""stage":"tls""#)
    });
    let second = certificate(&folder);
    wait_until("the new certificate is shown", || shows(&server, &second));
    assert!(!shows(&server, &first));
}
