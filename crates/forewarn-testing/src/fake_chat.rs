//! A server that takes webhooks, answers as a test tells it to, and remembers what came.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// A real HTTP server on a free port of 127.0.0.1, stopped when dropped.
pub struct FakeChat {
    address: SocketAddr,
    shared: Arc<Shared>,
    doorman: Option<JoinHandle<()>>,
}

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With this status and these words.
    Status(u16, String),
    /// "Go there instead."
    Redirect(String),
    /// Not at all.
    Drop,
    /// Not at all, and the connection stays open for so long.
    Stall(Duration),
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Posted {
    /// `POST /hooks/1`.
    pub to: String,
    /// What was sent; null when it was not JSON.
    pub json: Value,
    /// The same as it came.
    pub body: String,
    /// Its headers, their names in lower case.
    pub headers: Vec<(String, String)>,
}

struct Shared {
    replies: Vec<Reply>,
    posted: Mutex<Vec<Posted>>,
    stopping: AtomicBool,
}

impl FakeChat {
    /// Answers the n-th request with the n-th reply, later ones with "200 ok".
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(replies: Vec<Reply>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { replies, posted: Mutex::default(), stopping: AtomicBool::new(false) });
        let doorman = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for socket in listener.incoming() {
                    if shared.stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    // A client that breaks off is the client's business.
                    let _ = socket.map_err(Into::into).and_then(|socket| serve(socket, &shared));
                }
            }
        });
        Ok(Self { address, shared, doorman: Some(doorman) })
    }

    /// `http://127.0.0.1:port/path`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What has come so far, in order.
    pub fn posted(&self) -> Vec<Posted> {
        self.shared.posted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for FakeChat {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the doorman; where that fails he has gone already.
        let _ = TcpStream::connect(self.address);
        if let Some(doorman) = self.doorman.take() {
            let _ = doorman.join();
        }
    }
}

fn serve(socket: TcpStream, shared: &Shared) -> Result<()> {
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut wire = BufReader::new(socket);
    let mut first = String::new();
    wire.read_line(&mut first)?;
    let (mut length, mut headers) = (0, Vec::new());
    loop {
        let mut line = String::new();
        wire.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().context("content-length")?;
        }
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut body = vec![0; length];
    wire.read_exact(&mut body)?;
    let to = first.rsplit_once(' ').map_or(first.as_str(), |(to, _)| to).to_owned();
    let json = serde_json::from_slice(&body).unwrap_or_default();
    let number = {
        let mut posted = shared.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let body = String::from_utf8_lossy(&body).into_owned();
        posted.push(Posted { to, json, body, headers });
        posted.len() - 1
    };
    let (status, more, words) = match shared.replies.get(number).cloned() {
        None => (200, String::new(), "ok".to_owned()),
        Some(Reply::Status(status, words)) => (status, String::new(), words),
        Some(Reply::Redirect(to)) => (307, format!("Location: {to}\r\n"), String::new()),
        Some(Reply::Drop) => return Ok(()),
        Some(Reply::Stall(time)) => {
            std::thread::sleep(time);
            return Ok(());
        }
    };
    let head =
        format!("HTTP/1.1 {status} As told\r\nConnection: close\r\nContent-Length: {}\r\n", words.len());
    wire.get_mut().write_all(format!("{head}{more}\r\n{words}").as_bytes())?;
    Ok(())
}
