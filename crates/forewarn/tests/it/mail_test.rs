//! `forewarn mail test`: what works, and what to mend.

use anyhow::{Result, ensure};
use forewarn_testing::{Certificate, Deed, FakeSmtp, Finished, Forewarn, Moment, Protection, Script, Setup};

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

fn test(server: &FakeSmtp, more: &[(&str, &str)], arguments: &[&str]) -> Result<Finished> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let mut command =
        forewarn.command(["mail", "test", "--to", "me@customer.example"].iter().chain(arguments));
    command.env("FOREWARN_SMTP_HOST", "localhost").env("FOREWARN_SMTP_PORT", server.port().to_string());
    command.env("FOREWARN_SMTP_SECURITY", "plain").env("FOREWARN_MAIL_FROM", "orders@nordpumpe.example");
    command.envs(more.iter().copied());
    let output = command.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Finished { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) })
}

#[test]
fn a_test_mail_arrives_and_each_step_is_named() -> Result<()> {
    let server = FakeSmtp::start()?;
    let done = test(&server, &[], &[])?.succeeded()?;
    for step in
        ["connecting to localhost", "the greeting", "the sender orders@", "the recipient me@", "the text"]
    {
        ensure!(
            done.stdout.lines().any(|line| line.starts_with("ok") && line.contains(step)),
            "{}",
            done.stdout
        );
    }
    ensure!(done.stdout.contains("took the test mail to me@customer.example: 250"), "{}", done.stdout);
    let [mail] = server.taken().try_into().map_err(|_| anyhow::anyhow!("one mail"))?;
    ensure!(mail.to == ["me@customer.example"] && mail.mime.contains("Subject: Test by Forewarn"));
    Ok(())
}

#[test]
fn the_first_step_that_fails_is_named_with_what_to_mend() -> Result<()> {
    let no = Script::accepts().at(Moment::Recipient, Deed::answer("550 5.7.1 relaying denied"));
    let server = FakeSmtp::scripted(vec![no.clone(), no])?;
    let done = test(&server, &[], &[])?;
    ensure!(done.code == Some(1), "{:?}", done.code);
    let last: Vec<&str> = done.stdout.lines().rev().take(2).collect();
    ensure!(
        last[1].starts_with("mend   the recipient me@customer.example: it said \"550 5.7.1"),
        "{}",
        done.stdout
    );
    ensure!(last[0].contains("whether the server relays"), "{}", done.stdout);

    let json = test(&server, &[], &["--json"])?.json()?;
    ensure!(
        (json["accepted"].as_bool(), json["failed"].as_str()) == (Some(false), Some("recipient")),
        "{json}"
    );
    ensure!(json["worked"].as_array().is_some_and(|worked| worked.len() == 3), "{json}");
    ensure!(server.taken().is_empty());
    Ok(())
}

#[test]
fn tls_and_login_are_walked_too() -> Result<()> {
    let certificate = Certificate::for_localhost()?;
    let folder = tempfile::tempdir()?;
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, certificate.pem())?;
    let setup = Setup {
        protection: Protection::StartTls(certificate),
        login: Some(("forewarn".to_owned(), "secret".to_owned())),
        ..Setup::default()
    };
    let server = FakeSmtp::with(setup)?;
    let roots = roots.to_string_lossy().into_owned();
    let tls = [("FOREWARN_SMTP_SECURITY", "start-tls"), ("SSL_CERT_FILE", roots.as_str())];
    let login = [("FOREWARN_SMTP_USER", "forewarn"), ("FOREWARN_SMTP_PASSWORD", "secret")];
    let done = test(&server, &[tls, login].concat(), &[])?.succeeded()?;
    for step in ["protecting the connection", "the login"] {
        ensure!(
            done.stdout.lines().any(|line| line.starts_with("ok") && line.contains(step)),
            "{}",
            done.stdout
        );
    }

    let wrong = [("FOREWARN_SMTP_USER", "forewarn"), ("FOREWARN_SMTP_PASSWORD", "wrong")];
    let done = test(&server, &[tls, wrong].concat(), &["--json"])?;
    ensure!((done.code, done.json()?["failed"].as_str()) == (Some(1), Some("login")), "{}", done.stdout);
    let untrusted = [("FOREWARN_SMTP_SECURITY", "start-tls")];
    let done = test(&server, &untrusted, &["--json"])?;
    ensure!((done.code, done.json()?["failed"].as_str()) == (Some(1), Some("tls")), "{}", done.stdout);
    ensure!(!done.stdout.contains("secret"));
    Ok(())
}

#[test]
fn a_server_without_starttls_is_not_spoken_to_in_plain() -> Result<()> {
    let server = FakeSmtp::start()?;
    let done = test(&server, &[("FOREWARN_SMTP_SECURITY", "start-tls")], &[])?;
    ensure!(done.code == Some(1) && done.stdout.contains("does not offer STARTTLS"), "{}", done.stdout);
    Ok(())
}

#[test]
fn without_settings_it_says_where_they_go() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let done = forewarn.run(["mail", "test", "--to", "me@customer.example"])?;
    ensure!(
        done.code == Some(2) && done.stderr.contains("Mail is not set up"),
        "{}{}",
        done.stdout,
        done.stderr
    );
    let mut wrong = forewarn.command(["mail", "test", "--to", "me@customer.example"]);
    let output = wrong.env("FOREWARN_SMTP_PORT", "smtp").output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(2) && said.contains("FOREWARN_SMTP_PORT must be a port"), "{said}");
    Ok(())
}
