use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// A port of 127.0.0.1 that nobody listens on. Somebody may take it before you do: that is rare, not never.
///
/// # Errors
/// When the machine has none left.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Asks `/readyz` on a port of 127.0.0.1 until it answers 200. Returns how long that took.
///
/// # Errors
/// After `limit`, or as soon as `still_alive` says no.
pub fn wait_until_ready(
    port: u16,
    limit: Duration,
    mut still_alive: impl FnMut() -> bool,
) -> Result<Duration> {
    let started = Instant::now();
    while !answers(port) {
        ensure!(still_alive(), "the program stopped before it was ready on port {port}");
        ensure!(started.elapsed() < limit, "not ready on port {port} after {} s", limit.as_secs());
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(started.elapsed())
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
