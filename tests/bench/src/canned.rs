//! An upstream that answers what was recorded, after a fixed time: as fast as a server can be, the same for everybody.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What makes a question: host, path, and the scope of a token request.
pub type Question = (String, String, String);

/// The answers, and how long each takes.
pub struct Canned {
    /// Where it listens.
    pub address: SocketAddr,
    delay: Arc<AtomicU64>,
    asked: Arc<AtomicU64>,
}

impl Canned {
    /// Starts on the runtime that runs.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(answers: HashMap<Question, Vec<u8>>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (delay, asked) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let this =
            Self { address: listener.local_addr()?, delay: Arc::clone(&delay), asked: Arc::clone(&asked) };
        let answers = Arc::new(answers);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answers, delay, asked) = (Arc::clone(&answers), Arc::clone(&delay), Arc::clone(&asked));
                tokio::spawn(async move { drop(serve(stream, &answers, &delay, &asked).await) });
            }
        });
        Ok(this)
    }

    /// Milliseconds before each answer.
    pub fn delay(&self, milliseconds: u64) {
        self.delay.store(milliseconds, Ordering::Relaxed);
    }

    /// Questions so far.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }
}

async fn serve(
    mut stream: TcpStream,
    answers: &HashMap<Question, Vec<u8>>,
    delay: &AtomicU64,
    asked: &AtomicU64,
) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(8 * 1024);
    loop {
        let head = loop {
            if let Some(at) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        };
        let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
        let header = |name: &str| {
            let mut lines = text.lines().skip(1).filter_map(|l| l.split_once(':'));
            lines.find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim().to_owned())
        };
        let length: usize = header("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
        while buffer.len() < head + length {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        }
        let path = text.split(' ').nth(1).unwrap_or_default();
        let path =
            path.split_once("://").map_or(path, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        let question = question(&header("host").unwrap_or_default(), path, &buffer[head..head + length]);
        asked.fetch_add(1, Ordering::Relaxed);
        let wait = delay.load(Ordering::Relaxed);
        if wait > 0 {
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        let none: &[u8] = b"HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answers.get(&question).map_or(none, Vec::as_slice)).await?;
        buffer.drain(..head + length);
    }
}

/// The name of a question.
#[must_use]
pub fn question(host: &str, path: &str, body: &[u8]) -> Question {
    let body = String::from_utf8_lossy(body);
    let part = |name: &str| {
        let found = body.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap_or_default();
        found
            .replace("%2F", "/")
            .replace("%2f", "/")
            .replace("%3A", ":")
            .replace("%3a", ":")
            .replace("%7E", "~")
    };
    (host.to_owned(), path.to_owned(), format!("{} {}", part("scope="), part("client_secret=")))
}
