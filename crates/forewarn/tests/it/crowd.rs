//! A thousand sign-ins at once: memory stays bounded, and whoever is in already is served.

use crate::browser::Browser;
use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Forewarn, free_port, wait_until_ready};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const CROWD: usize = 1_000;

/// Two hashes take 128 MiB; the program itself, its connections and the forms of the crowd take the rest.
const MOST_KIB: u64 = 400 * 1024;

#[test]
fn a_thousand_sign_ins_at_once_take_bounded_memory_and_others_are_still_served() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let mut add = forewarn.command(["people", "add", "jon@example.com", "--name", "Jon Berg"]);
    ensure!(add.env("FOREWARN_PASSWORD", "a long enough password").output()?.status.success());
    // Each of the crowd comes from an address of its own, as through a proxy: the limits stop none of them.
    let settings = forewarn.data_folder().join("forewarn.toml");
    std::fs::write(&settings, "trusted_proxies = [\"127.0.0.1\"]\n")?;
    let port = free_port()?;
    let (listen, settings) = (format!("127.0.0.1:{port}"), settings.to_string_lossy().into_owned());
    let mut running = forewarn.start(["serve", "--listen", &listen, "--config", &settings])?;
    wait_until_ready(port, Duration::from_secs(30), || running.is_alive())?;
    let jon = Browser::sign_in(&format!("http://{listen}"), "jon@example.com", "a long enough password")?;

    let answered = Arc::new(AtomicUsize::new(0));
    let mut crowd = Vec::with_capacity(CROWD);
    for number in 0..CROWD {
        let answered = Arc::clone(&answered);
        let one = Builder::new().stack_size(256 * 1024).spawn(move || {
            let status = try_to_sign_in(port, number);
            answered.fetch_add(1, Ordering::SeqCst);
            status
        });
        crowd.push(one?);
    }
    let mut served = 0;
    while served < 3 || answered.load(Ordering::SeqCst) < CROWD {
        let today = jon.get("/today")?;
        ensure!(today == 200, "whoever is in is served: {today}");
        served += 1;
    }
    let mut judged = 0;
    for one in crowd {
        match one.join().ok().context("one of the crowd broke")?? {
            422 => judged += 1,
            503 => {}
            other => anyhow::bail!("one of the crowd got {other}"),
        }
    }
    ensure!(judged > 0, "some are looked at, the others asked to come again");
    let peak = most_memory_kib(running.id())?;
    ensure!(peak < MOST_KIB, "it took {} MiB", peak / 1024);
    Ok(())
}

/// Sends a wrong password; gives the status of the answer.
fn try_to_sign_in(port: u16, number: usize) -> Result<u16> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let form = format!("email=nobody{number}%40example.com&password=one+of+my+guesses");
    write!(
        stream,
        "POST /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: \
         10.{}.{}.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: \
         close\r\n\r\n{form}",
        number / 250,
        number % 250,
        form.len()
    )?;
    let mut start = [0; 12];
    match stream.read_exact(&mut start) {
        // Turned away before the form was read: the same as being asked to come again.
        Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(503),
        read => read?,
    }
    Ok(std::str::from_utf8(&start[9..])?.parse()?)
}

/// The most memory that the process has had, as Linux counts it.
fn most_memory_kib(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
