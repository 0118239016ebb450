//! TLS is verified, always (promise 28): a certificate authority of our own that works where it is trusted,
//! and every certificate that must not.
//!
//! Which authorities are trusted is read from `SSL_CERT_FILE` by the system's own rules, once for a process:
//! so each case starts this test binary again as a process of its own, which signs in and says what came of
//! it. Nothing turns verification off, in tests either.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use partners::paypal::{Client, Credentials, Environment, Settings};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Tells the other process where to sign in.
const PROBE_VARIABLE: &str = "PARTNERS_TEST_TLS_PROBE";

/// An authority of our own.
struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut wanted = CertificateParams::new(Vec::new()).unwrap();
        wanted.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        wanted.distinguished_name.push(rcgen::DnType::CommonName, name);
        let certificate = wanted.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(wanted, key) }
    }

    /// Signs a certificate for a host that is valid through the end of a year.
    fn certify(&self, host: &str, last_year: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut wanted = CertificateParams::new(vec![host.to_owned()]).unwrap();
        wanted.not_before = date_time_ymd(2020, 1, 1);
        wanted.not_after = date_time_ymd(last_year, 12, 31);
        serving(&wanted.signed_by(&key, &self.issuer).unwrap(), &key)
    }
}

fn serving(certificate: &Certificate, key: &KeyPair) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    Arc::new(config)
}

/// Answers every connection with a token, by TLS or plainly; returns the port.
fn serve(tls: Option<Arc<ServerConfig>>) -> u16 {
    serve_saying(tls, "200 OK")
}

/// Answers every connection with a status line, and headers where it holds line ends.
fn serve_saying(tls: Option<Arc<ServerConfig>>, status: &str) -> u16 {
    let status = status.to_owned();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            match &tls {
                Some(config) => {
                    let connection = ServerConnection::new(Arc::clone(config)).unwrap();
                    give_token(&mut StreamOwned::new(connection, stream), &status);
                }
                None => give_token(&mut { stream }, &status),
            }
        }
    });
    port
}

fn give_token(stream: &mut (impl Read + Write), status: &str) {
    let mut request = Vec::new();
    let mut chunk = [0; 1024];
    while !request.windows(10).any(|part| part == b"grant_type") {
        match stream.read(&mut chunk) {
            Ok(read @ 1..) => request.extend_from_slice(&chunk[..read]),
            _ => return,
        }
    }
    let body = r#"{"access_token":"A21AAinvented","token_type":"Bearer","expires_in":32400}"#;
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
    let _ = stream.flush();
}

/// Signs in from a process that trusts these authorities only; returns what it says.
fn sign_in(url: &str, trusted: &Path) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "paypal_tls::sign_in_and_tell", "--ignored", "--nocapture", "--test-threads=1"]);
    child.env_clear().env("SSL_CERT_FILE", trusted).env(PROBE_VARIABLE, url);
    // A proxy in the environment is not used unless it is configured.
    child.env("HTTPS_PROXY", "http://127.0.0.1:9").env("ALL_PROXY", "http://127.0.0.1:9");
    let said = String::from_utf8(child.output().unwrap().stdout).unwrap();
    let told = said.lines().find_map(|line| line.split_once("sign-in: ")).unwrap_or_else(|| panic!("{said}"));
    told.1.to_owned()
}

/// Not a test by itself: the process that `sign_in` starts.
#[test]
#[ignore = "started by the other tests of this file"]
fn sign_in_and_tell() {
    let Ok(url) = std::env::var(PROBE_VARIABLE) else { return };
    let credentials = Credentials::find(|name| {
        Some(format!("canary-{name}").to_lowercase().into())
            .filter(|_| name != partners::paypal::SECRET_FILE_VARIABLE)
    });
    let settings = Settings {
        elsewhere: Some(url),
        total_timeout: Duration::from_secs(10),
        ..Settings::new(Environment::Sandbox)
    };
    let told = match Client::new(&settings, credentials.unwrap()) {
        Ok(client) => client.sign_in().map_or_else(|why| why.to_string(), |()| "done".to_owned()),
        Err(why) => why.to_string(),
    };
    let _ = writeln!(std::io::stdout(), "sign-in: {told}");
}

#[test]
fn only_a_certificate_that_is_right_in_every_way_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, other) = (Authority::new("the authority of the test"), Authority::new("another authority"));
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, ours.certificate.pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let self_signed =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();

    let right = serve(Some(ours.certify("localhost", 2090)));
    assert_eq!(sign_in(&format!("https://localhost:{right}"), &trusted), "done");

    let expired = serve(Some(ours.certify("localhost", 2021)));
    let wrong_host = serve(Some(ours.certify("api-m.paypal.com", 2090)));
    let unknown = serve(Some(other.certify("localhost", 2090)));
    let self_signed = serve(Some(serving(&self_signed, &key)));
    for (case, url, expected) in [
        ("expired", format!("https://localhost:{expired}"), "xpired"),
        ("for another host", format!("https://localhost:{wrong_host}"), "not valid for name"),
        ("asked for by its address", format!("https://127.0.0.1:{right}"), "not valid for name"),
        ("of an unknown authority", format!("https://localhost:{unknown}"), "UnknownIssuer"),
        ("self-signed", format!("https://localhost:{self_signed}"), "nvalid peer certificate"),
        ("none: plain HTTP", format!("https://localhost:{}", serve(None)), "error"),
    ] {
        let told = sign_in(&url, &trusted);
        assert!(told.starts_with("PayPal cannot be reached") && told.contains(expected), "{case}: {told}");
        assert!(told.contains("nothing was sent") && !told.contains("canary"), "{case}: {told}");
    }
    let nobody = folder.path().join("nobody.pem");
    std::fs::write(&nobody, "").unwrap();
    let told = sign_in(&format!("https://localhost:{right}"), &nobody);
    assert_ne!(told, "done", "without an authority nobody is trusted");
}

/// Whoever has a right certificate may still not send us elsewhere, to another host or out of TLS.
#[test]
fn a_redirection_over_tls_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new("the authority of the test");
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, ours.certificate.pem()).unwrap();
    let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let port = elsewhere.local_addr().unwrap().port();
    for (code, scheme) in [(302, "http"), (307, "http"), (308, "http"), (307, "https")] {
        let status = format!("{code} Moved\r\nLocation: {scheme}://127.0.0.1:{port}/v1/oauth2/token");
        let from = serve_saying(Some(ours.certify("localhost", 2090)), &status);
        let told = sign_in(&format!("https://localhost:{from}"), &trusted);
        assert!(told.contains(&code.to_string()) && told.contains("nothing was sent"), "{told}");
        assert!(elsewhere.accept().is_err(), "{code} {scheme}: nobody was called");
    }
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = folder.path().join("nobody.pem");
    std::fs::write(&nobody, "").unwrap();
    for url in
        ["http://api-m.sandbox.paypal.com", "http://example.com", "https://example.com", "http://192.0.2.1"]
    {
        let told = sign_in(url, &nobody);
        assert!(told.contains("an address of this machine"), "{url}: {told}");
    }
}

/// The port of a server that has gone is not taken for a TLS failure.
#[test]
fn nobody_at_home_is_said_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let ours = Authority::new("the authority of the test");
    let trusted = folder.path().join("authority.pem");
    std::fs::write(&trusted, ours.certificate.pem()).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let told = sign_in(&format!("https://localhost:{port}"), &trusted);
    assert!(told.contains("refused"), "{told}");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}
