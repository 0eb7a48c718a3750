//! A bare HTTP/1.1 connection: it costs the one who measures little, and can be cut in the middle of a request.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use waakvlam::domain::JournalId;
use waakvlam::sync::wire::{Push, SealedRecord};

use super::support::Phone;

/// See the module.
pub struct Line {
    stream: TcpStream,
    unread: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// A push as it goes over the line.
pub fn push(phone: &Phone, journal: JournalId, records: Vec<SealedRecord>) -> Vec<u8> {
    let body = serde_json::to_vec(&Push { device: phone.device, records }).unwrap();
    let mut request = format!(
        "POST /api/v1/journals/{journal}/pushes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        phone.push_credential.0,
        body.len()
    )
    .into_bytes();
    request.extend(body);
    request
}

impl Line {
    pub async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, unread: Vec::new() })
    }

    pub async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes).await
    }

    pub async fn answer(&mut self) -> Result<Answer> {
        let end = loop {
            if let Some(at) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            self.more().await?;
        };
        let rest = self.unread.split_off(end + 4);
        let head = String::from_utf8_lossy(&self.unread).into_owned();
        self.unread = rest;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let length = header(&head, "content-length").and_then(|length| length.parse::<usize>().ok());
        let length = length.ok_or_else(|| Error::other(format!("an answer without a length: {head}")))?;
        while self.unread.len() < length {
            self.more().await?;
        }
        let rest = self.unread.split_off(length);
        let body = std::mem::replace(&mut self.unread, rest);
        Ok(Answer { status, head, body })
    }

    async fn more(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.unread).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// What a header says.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}
