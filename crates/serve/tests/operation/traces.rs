//! Traces, as a collector gets them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;

use super::client::{Client, EVALUATION, PATIENCE, question};

/// Takes one report, as a collector does, and gives its path and its bytes.
fn collect(listener: &TcpListener) -> (String, Vec<u8>) {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let mut path = String::new();
    reader.read_line(&mut path).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end().to_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    reader
        .get_mut()
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        .unwrap();
    (path, body)
}

#[test]
fn a_request_is_a_span_of_the_trace_of_its_client() {
    let collector = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", collector.local_addr().unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_clio-rules-serve"))
        .args(["--listen", "127.0.0.1:0"])
        .env_clear()
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim_end()
        .rsplit("//")
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let trace = [(
        "traceparent",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )];
    assert_eq!(
        Client::at(address)
            .post(EVALUATION, &question("wren", "create_bill"), &trace)
            .status,
        200
    );
    let (send, reports) = channel();
    thread::spawn(move || send.send(collect(&collector)));
    assert!(
        Command::new("kill")
            .arg(child.id().to_string())
            .status()
            .unwrap()
            .success()
    );
    let (path, body) = reports.recv_timeout(PATIENCE).unwrap();
    assert!(path.starts_with("POST /v1/traces "), "{path}");
    let has = |bytes: &[u8]| body.windows(bytes.len()).any(|part| part == bytes);
    assert!(has(b"clio-rules-serve") && has(b"evaluation"));
    assert!(
        has(&[0x4b, 0xf9, 0x2f, 0x35, 0x77, 0xb3, 0x4d, 0xa6]),
        "it belongs to the trace of the client"
    );
    assert!(!has(b"wren"), "nothing of what is asked goes out");
    assert!(child.wait().unwrap().success());
}
