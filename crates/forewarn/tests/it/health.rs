//! Whether the promises are kept, for whoever runs the program.

use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{Forewarn, free_port, wait_until_ready};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

/// A server that is stopped with this value.
struct Serving(Child, String);

impl Serving {
    fn with(forewarn: &Forewarn, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Self> {
        let port = free_port()?;
        let listen = format!("127.0.0.1:{port}");
        let mut command = forewarn.command([&["serve", "--listen", &listen], arguments].concat());
        command.envs(environment.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        wait_until_ready(port, Duration::from_secs(30), || matches!(child.try_wait(), Ok(None)))?;
        Ok(Self(child, format!("http://{listen}")))
    }

    fn ask(&self, path: &str, token: Option<&str>) -> Result<(u16, String)> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = agent.get(format!("{}{path}", self.1));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut answer = request.call()?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn every_audit_that_finds_no_broken_promise_is_followed_by_a_heartbeat() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/beat", listener.local_addr()?);
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let serving = Serving::with(&forewarn, &[], &[("FOREWARN_HEARTBEAT_URL", &address)])?;

    let (mut asked, _) = listener.accept()?;
    let mut request = [0; 9];
    asked.read_exact(&mut request)?;
    asked.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")?;
    ensure!(&request == b"GET /beat", "asked for {}", String::from_utf8_lossy(&request));

    let (status, health) = serving.ask("/healthz", None)?;
    let health: serde_json::Value = serde_json::from_str(&health)?;
    ensure!(status == 200 && health["audited_at"].is_string(), "{health}");
    let (_, figures) = serving.ask("/metrics", None)?;
    figures.lines().find(|line| *line == "forewarn_promises_kept 1").context("the promises are kept")?;
    figures.lines().find(|line| line.starts_with("forewarn_tick_seconds_count ")).context("ticks")?;
    Ok(())
}

#[test]
fn behind_a_proxy_figures_are_for_whoever_brings_the_token() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let public = ["--public-url", "https://forewarn.example.com"];
    let without = Serving::with(&forewarn, &public, &[])?;
    ensure!(without.ask("/metrics", None)?.0 == 404, "a proxy on this machine hands on a stranger's request");
    drop(without);
    let with = Serving::with(&forewarn, &public, &[("FOREWARN_METRICS_TOKEN", "for prometheus")])?;
    ensure!(with.ask("/metrics", None)?.0 == 404 && with.ask("/metrics", Some("for prometheus"))?.0 == 200);
    Ok(())
}
