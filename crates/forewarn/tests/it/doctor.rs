//! What whoever runs it asks the program: whether all is well, and what is set.

use anyhow::{Context as _, Result, ensure};
use forewarn_testing::{FakeSmtp, Finished, Forewarn, Setup};
use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");

fn finish(mut command: Command) -> Result<Finished> {
    let output = command.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Finished { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) })
}

/// Whether this was found good; `None` if nobody looked.
fn found(doctor: &serde_json::Value, check: &str) -> Option<bool> {
    let findings = doctor["findings"].as_array()?;
    findings.iter().find(|finding| finding["check"] == check)?["ok"].as_bool()
}

#[test]
fn the_doctor_looks_at_everything_and_changes_nothing() -> Result<()> {
    for forewarn in [Forewarn::on_sqlite(PROGRAM)?, Forewarn::on_postgres(PROGRAM)?] {
        let new = forewarn.run(["doctor", "--json"])?;
        let (code, new) = (new.code, new.json()?);
        ensure!(code == Some(1) && new["healthy"] == false, "{new}");
        ensure!(
            found(&new, "admin").is_none() && !forewarn.data_folder().join("forewarn.db").exists(),
            "{new}"
        );

        forewarn.run(["people", "add", "ada@example.com", "--role", "admin"])?.succeeded()?;
        let doctor = forewarn.run(["doctor", "--json"])?.json()?;
        for check in ["version", "settings", "folder", "disk", "clock", "database", "schema", "zone", "mail"]
        {
            ensure!(found(&doctor, check) == Some(true), "{check}: {doctor}");
        }
        ensure!(found(&doctor, "report") == Some(false), "{doctor}");
        let words = forewarn.run(["doctor"])?.stdout;
        ensure!(
            words.lines().all(|line| line.starts_with("ok    ") || line.starts_with("mend  ")),
            "{words}"
        );
        ensure!(
            words.contains("No report has been imported yet. Try `forewarn import FILE --dry-run`."),
            "{words}"
        );
    }
    Ok(())
}

#[test]
fn a_folder_into_which_everybody_may_look_is_to_be_mended() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    forewarn.run(["people", "add", "ada@example.com"])?.succeeded()?;
    let folder = forewarn.data_folder();
    fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    let doctor = forewarn.run(["doctor"])?;
    ensure!(doctor.code == Some(1) && doctor.stdout.contains("chmod 700"), "{doctor:?}");
    Ok(())
}

#[test]
fn a_company_is_never_served_as_a_demo() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    forewarn.run(["people", "add", "ada@example.com", "--role", "admin"])?.succeeded()?;
    // If it went on, it would stumble here, and not serve for ever.
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let demo = forewarn.run(["demo", "--listen", &taken.local_addr()?.to_string()])?;
    ensure!(demo.code == Some(2) && demo.stderr.contains("holds a company that is no demo"), "{demo:?}");
    Ok(())
}

#[test]
fn a_database_that_is_not_there_is_named_with_what_to_do() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let mut command = forewarn.command(["doctor"]);
    command.args(["--database", "postgres://fore:s3cret@127.0.0.1:1/warn"]);
    let done = finish(command)?;
    ensure!(done.code == Some(1) && done.stdout.contains("Is it running"), "{done:?}");
    ensure!(!done.stdout.contains("s3cret") && !done.stderr.contains("s3cret"), "{done:?}");
    Ok(())
}

#[test]
fn the_doctor_signs_in_at_the_mail_server_and_sends_nothing() -> Result<()> {
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    forewarn.run(["people", "add", "ada@example.com"])?.succeeded()?;
    let login = Some(("forewarn".to_owned(), "right".to_owned()));
    let server = FakeSmtp::with(Setup { login, ..Setup::default() })?;
    for (password, good) in [("right", true), ("wrong", false)] {
        let mut command = forewarn.command(["doctor", "--json"]);
        command.env("FOREWARN_SMTP_HOST", "localhost").env("FOREWARN_SMTP_PORT", server.port().to_string());
        command.env("FOREWARN_SMTP_SECURITY", "plain").env("FOREWARN_MAIL_FROM", "orders@nordpumpe.example");
        command.env("FOREWARN_SMTP_USER", "forewarn").env("FOREWARN_SMTP_PASSWORD", password);
        let doctor = finish(command)?.json()?;
        ensure!(found(&doctor, "smtp") == Some(good), "{password}: {doctor}");
    }
    ensure!(server.taken().is_empty(), "it sent something");
    Ok(())
}

/// Every setting that there is, with a secret wherever one can be.
const FILE: &str = r#"
database = "postgres://fore:s3cret@127.0.0.1:1/warn"
listen = "127.0.0.1:9999"
public_url = "https://forewarn.example.com"
metrics_token = "s3cret"
heartbeat_url = "https://health.example.com/s3cret"
"#;

#[test]
fn a_dump_of_the_settings_shows_what_holds_and_no_secret() -> Result<()> {
    let (files, forewarn) = (tempfile::tempdir()?, Forewarn::on_sqlite(PROGRAM)?);
    let file = files.path().join("forewarn.toml");
    std::fs::write(&file, FILE)?;
    for more in [&[][..], &["--json"]] {
        let mut command = forewarn.command(
            [&["config", "dump", "--config"], &[file.to_str().context("a path")?][..], more].concat(),
        );
        for name in ["SMTP_PASSWORD", "IMAP_PASSWORD", "METRICS_TOKEN", "HEARTBEAT_URL", "ADDED_LATER"] {
            command.env(format!("FOREWARN_{name}"), "s3cret");
        }
        command.env("FOREWARN_SMTP_HOST", "mail.example.com").env("FOREWARN_LISTEN", "127.0.0.1:7777");
        let done = finish(command)?.succeeded()?;
        ensure!(!done.stdout.contains("s3cret") && !done.stderr.contains("s3cret"), "{done:?}");
        for shown in ["mail.example.com", "127.0.0.1:7777", "127.0.0.1:9999", "fore@127.0.0.1:1/warn", "***"]
        {
            ensure!(done.stdout.contains(shown), "{shown} is missing: {}", done.stdout);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_password_that_is_saved_in_the_database_is_not_shown_either() -> Result<()> {
    use forewarn_store::settings::mail::{MailSecurity, MailServer, MailSettings, Secret};
    let forewarn = Forewarn::on_sqlite(PROGRAM)?;
    let location = forewarn_store::Location::Folder(forewarn.data_folder().to_owned());
    let store = forewarn_store::Store::open(&location).await?;
    let smtp = MailServer {
        host: "mail.example.com".to_owned(),
        port: 587,
        security: MailSecurity::StartTls,
        user: Some("forewarn".to_owned()),
        password: Secret::new("s3cret"),
    };
    let from_address = "orders@nordpumpe.example".to_owned();
    let mail = MailSettings { from_address, from_name: None, smtp, imap: None, self_copy: None };
    store.save_mail_settings(&mail).await?;
    let done = forewarn.run(["config", "dump"])?.succeeded()?;
    ensure!(done.stdout.contains("mail.smtp.host = \"mail.example.com\""), "{}", done.stdout);
    ensure!(
        done.stdout.contains("mail.smtp.password = \"***\"") && !done.stdout.contains("s3cret"),
        "{}",
        done.stdout
    );
    Ok(())
}

#[test]
fn settings_with_a_mistake_are_refused_with_the_place() -> Result<()> {
    let (files, forewarn) = (tempfile::tempdir()?, Forewarn::on_sqlite(PROGRAM)?);
    let file = files.path().join("forewarn.toml");
    let path = file.to_str().context("a path")?;
    std::fs::write(&file, "listen = \"127.0.0.1:8480\"\n")?;
    forewarn.run(["config", "check", "--config", path])?.succeeded()?;
    std::fs::write(&file, "lisen = \"127.0.0.1:8480\"\n")?;
    let refused = forewarn.run(["config", "check", "--config", path])?;
    ensure!(refused.code == Some(2) && refused.stderr.contains("lisen"), "{refused:?}");

    // Where the mistake is a secret, its place is told, and not what stands there.
    for mistake in
        ["metrics_token = \"s3cret", "metrics_token = 12345678s3cret", "metrics_token = 53123", "s3cret"]
    {
        std::fs::write(&file, format!("listen = \"127.0.0.1:8480\"\n{mistake}\n"))?;
        let refused = forewarn.run(["config", "dump", "--config", path])?;
        ensure!(refused.code == Some(2) && refused.stderr.contains("line 2"), "{refused:?}");
        ensure!(!refused.stderr.contains("s3cret") && !refused.stderr.contains("53123"), "{refused:?}");
    }

    std::fs::write(&file, "")?;
    let mut command = forewarn.command(["config", "check", "--config", path]);
    command.env("FOREWARN_SMTP_PORT", "smtp");
    let refused = finish(command)?;
    ensure!(
        refused.code == Some(2) && refused.stderr.contains("FOREWARN_SMTP_PORT must be a port"),
        "{refused:?}"
    );
    Ok(())
}
