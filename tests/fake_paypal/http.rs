//! Just enough HTTP/1.1 for one request a connection, and for breaking off in every way that a network can.
//!
//! No keep-alive, no chunks: the client under test sends neither. Nothing is accepted from half a body.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::faults::Delivery;

/// Bytes of a request's head.
const HEAD_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a request's body; 15,000 payments have about 4 MB.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How long a silent client is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request whose body is still on its way.
pub struct Request {
    /// In capitals.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Behind the question mark.
    pub query: String,
    headers: Vec<(String, String)>,
    stream: TcpStream,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: String,
}

impl Reply {
    /// Makes an answer of JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".into(), "application/json".into())],
            body: body.to_string(),
        }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl Request {
    /// Reads a request up to its body, byte by byte, so that the body stays in the socket.
    pub fn read_head(mut stream: TcpStream) -> Option<Self> {
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let mut head = Vec::new();
        let mut byte = [0_u8];
        while !head.ends_with(b"\r\n\r\n") {
            if head.len() > HEAD_BYTES_MAX || stream.read(&mut byte).ok()? == 0 {
                return None;
            }
            head.extend_from_slice(&byte);
        }
        let head = String::from_utf8(head).ok()?;
        let mut lines = head.lines();
        let mut first = lines.next()?.split(' ');
        let (method, target) = (first.next()?.to_owned(), first.next()?);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Some(Self { method, path: path.to_owned(), query: query.to_owned(), headers, stream })
    }

    /// Returns a header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns a parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|it| it.1)
    }

    fn body_bytes(&self) -> Option<usize> {
        let length = self.header("content-length").map_or(Some(0), |length| length.parse().ok())?;
        (length <= BODY_BYTES_MAX).then_some(length)
    }

    /// Reads the whole body; none if the client went away before its end.
    pub fn read_body(&mut self) -> Option<Vec<u8>> {
        let mut body = vec![0; self.body_bytes()?];
        self.stream.read_exact(&mut body).ok()?;
        Some(body)
    }

    /// Reads the whole body but leaves its last byte in the socket: closing then resets the connection.
    pub fn peek_body(&mut self) -> Option<Vec<u8>> {
        let mut body = vec![0; self.body_bytes()?];
        let (last, most) = body.split_last_mut()?;
        self.stream.read_exact(most).ok()?;
        let mut byte = [0_u8];
        if self.stream.peek(&mut byte).ok()? == 0 {
            return None;
        }
        *last = byte[0];
        Some(body)
    }

    /// Sends an answer in the way that was asked for. A client that has gone away is no error.
    pub fn deliver(mut self, reply: &Reply, delivery: &Delivery) {
        let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, phrase(reply.status));
        for (name, value) in &reply.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\nConnection: close\r\n\r\n", reply.body.len());
        let whole = [head.as_bytes(), reply.body.as_bytes()].concat();
        let half = head.len() + reply.body.len() / 2;
        match delivery {
            Delivery::Whole => {
                let _ = self.stream.write_all(&whole);
                let _ = self.stream.shutdown(Shutdown::Write);
            }
            Delivery::Close => {}
            Delivery::Half => {
                let _ = self.stream.write_all(&whole[..half]);
            }
            Delivery::Hang => {
                let _ = self.stream.read(&mut [0]);
            }
            Delivery::Drip => {
                let wait = Duration::from_millis(50);
                for byte in &whole {
                    if self.stream.write_all(&[*byte]).is_err() {
                        break;
                    }
                    std::thread::sleep(wait);
                }
            }
        }
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200..=299 => "OK",
        300..=399 => "Elsewhere",
        400..=499 => "Refused",
        _ => "Failed",
    }
}
