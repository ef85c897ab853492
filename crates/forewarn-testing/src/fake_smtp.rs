//! A mail server that does what a test tells it to, and remembers every mail it took.

mod script;
mod session;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

use crate::certificate::Certificate;
pub use script::{Deed, Moment, Script};
pub(crate) use session::Wire;

/// A real TCP server on a free port of 127.0.0.1, each connection on a thread of its own, stopped when dropped.
pub struct FakeSmtp {
    address: SocketAddr,
    shared: Arc<Shared>,
    doorman: Option<JoinHandle<()>>,
}

/// How the server is protected, whom it lets in, and how it behaves.
pub struct Setup {
    /// TLS, and when.
    pub protection: Protection,
    /// User and password it asks for; `None` asks for none.
    pub login: Option<(String, String)>,
    /// The ways to log in that it offers.
    pub ways: &'static str,
    /// What each connection will live through; they count from 0.
    pub script: Box<dyn Fn(u64) -> Script + Send + Sync>,
}

impl Default for Setup {
    fn default() -> Self {
        let script = Box::new(|_| Script::accepts());
        Self { protection: Protection::None, login: None, ways: "PLAIN LOGIN", script }
    }
}

/// TLS, and when.
#[derive(Clone, Debug)]
pub enum Protection {
    /// Never.
    None,
    /// After STARTTLS.
    StartTls(Certificate),
    /// From the first byte.
    Tls(Certificate),
}

/// A mail the server took: its dot was there, and the server did not say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Of which connection.
    pub connection: u64,
    /// As MAIL said.
    pub from: String,
    /// As RCPT said.
    pub to: Vec<String>,
    /// The text, its doubled dots undone.
    pub mime: String,
    /// Of the header Message-ID, with its brackets.
    pub message_id: Option<String>,
}

struct Shared {
    setup: Setup,
    stopping: AtomicBool,
    connections: AtomicU64,
    taken: Mutex<Vec<Taken>>,
    took: Condvar,
}

impl FakeSmtp {
    /// One that takes everything.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> Result<Self> {
        Self::with(Setup::default())
    }

    /// The n-th connection lives through the n-th script; later ones are accepted.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn scripted(scripts: Vec<Script>) -> Result<Self> {
        Self::deciding(move |connection| {
            let at = usize::try_from(connection).ok();
            at.and_then(|at| scripts.get(at)).cloned().unwrap_or_else(Script::accepts)
        })
    }

    /// `script` decides for each connection; they count from 0.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn deciding(script: impl Fn(u64) -> Script + Send + Sync + 'static) -> Result<Self> {
        Self::with(Setup { script: Box::new(script), ..Setup::default() })
    }

    /// As `setup` says.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn with(setup: Setup) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (stopping, connections) = (AtomicBool::new(false), AtomicU64::new(0));
        let shared = Shared { setup, stopping, connections, taken: Mutex::default(), took: Condvar::new() };
        let shared = Arc::new(shared);
        let doorman = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || open_doors(&listener, &shared)
        });
        Ok(Self { address, shared, doorman: Some(doorman) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port of [`Self::address`].
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The ledger: every mail it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.ledger().clone()
    }

    /// Waits until it has taken `count` mails, at most `limit`; returns the ledger as it then is.
    pub fn wait_for(&self, count: usize, limit: Duration) -> Vec<Taken> {
        let too_few = |taken: &mut Vec<Taken>| taken.len() < count;
        let waited = self.shared.took.wait_timeout_while(self.shared.ledger(), limit, too_few);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

impl Drop for FakeSmtp {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the doorman; where that fails he has gone already.
        let _ = TcpStream::connect(self.address);
        if let Some(doorman) = self.doorman.take() {
            let _ = doorman.join();
        }
    }
}

impl Shared {
    fn ledger(&self) -> MutexGuard<'_, Vec<Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, mail: Taken) {
        self.ledger().push(mail);
        self.took.notify_all();
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

fn open_doors(listener: &TcpListener, shared: &Arc<Shared>) {
    for socket in listener.incoming() {
        if shared.is_stopping() {
            return;
        }
        let Ok(socket) = socket else { continue };
        let number = shared.connections.fetch_add(1, Ordering::SeqCst);
        let shared = Arc::clone(shared);
        std::thread::spawn(move || session::run(socket, number, &shared));
    }
}
