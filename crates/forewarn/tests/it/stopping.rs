//! Asked to stop, the program ends by itself, with what it has in hand done.

use crate::browser::Browser;
use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Forewarn, free_port, wait_until_ready};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const PASSWORD: &str = "a long enough password";

fn code_after(child: &mut Child, signal: Signal) -> Result<Option<i32>> {
    kill_process(Pid::from_raw(i32::try_from(child.id())?).context("a process")?, signal)?;
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.code());
        }
        if began.elapsed() > Duration::from_secs(60) {
            child.kill()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn asked_to_stop_it_ends_although_pages_are_open() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let mut add = forewarn.command(["people", "add", "jon@example.com"]);
    ensure!(add.env("FOREWARN_PASSWORD", PASSWORD).output()?.status.success());
    for signal in [Signal::TERM, Signal::INT] {
        let port = free_port()?;
        let mut command = forewarn.command(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        wait_until_ready(port, Duration::from_secs(60), || matches!(child.try_wait(), Ok(None)))?;
        let browser = Browser::sign_in(&format!("http://127.0.0.1:{port}"), "jon@example.com", PASSWORD)?;
        let mut live = browser.look("/events?since=0")?.into_body();
        ensure!(code_after(&mut child, signal)? == Some(0), "it had to be killed after {signal:?}");
        let mut rest = String::new();
        // The stream ends as streams do, and not in the middle of something.
        live.as_reader().read_to_string(&mut rest)?;
    }
    Ok(())
}

#[test]
fn a_request_that_never_ends_does_not_keep_it_from_stopping() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let port = free_port()?;
    let mut command = forewarn.command(["serve", "--listen", &format!("127.0.0.1:{port}")]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    wait_until_ready(port, Duration::from_secs(60), || matches!(child.try_wait(), Ok(None)))?;
    let mut half = TcpStream::connect(("127.0.0.1", port))?;
    half.write_all(
        b"POST /session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=",
    )?;
    // Until it is being waited for.
    std::thread::sleep(Duration::from_millis(500));
    ensure!(code_after(&mut child, Signal::TERM)? == Some(0), "it had to be killed");
    Ok(())
}
