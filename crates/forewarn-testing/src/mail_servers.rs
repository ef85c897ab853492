//! Postfix and Dovecot, as Debian has them, on free ports of 127.0.0.1, in a folder of their own.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::account::Account;
use crate::certificate::Certificate;
use crate::readiness::free_port;

/// How to get the mail servers, for a message.
pub const MAIL_SERVERS_HOW_TO_INSTALL: &str = "  Debian, Ubuntu:  sudo apt-get install postfix dovecot-imapd
  Fedora:          sudo dnf install postfix dovecot";

const POSTFIX: &str = "/usr/sbin/postfix";
const DOVECOT: &str = "/usr/sbin/dovecot";

/// Whether both are installed.
pub fn mail_servers_are_there() -> bool {
    [POSTFIX, DOVECOT].iter().all(|program| Path::new(program).is_file())
}

/// The mail house of example.com: Postfix takes mail and passes on what is for halvorsen.example, Dovecot shows
/// Kari her mailbox. Both stop, folder and all, when this value is dropped or its process dies in whatever way.
#[derive(Debug)]
pub struct MailServers {
    folder: PathBuf,
    certificate: Certificate,
    ports: Ports,
    keeper: Child,
}

#[derive(Clone, Copy, Debug)]
struct Ports {
    smtp: u16,
    imap: u16,
    imaps: u16,
}

impl MailServers {
    /// The one mailbox, and who may log in.
    pub const ADDRESS: &str = "kari@example.com";
    /// The user of [`Self::ADDRESS`], for SMTP and IMAP.
    pub const USER: &str = "kari";
    /// Their password.
    pub const PASSWORD: &str = "a-long-password";

    /// Whether this account can start them: Postfix starts for root only.
    pub fn can_start() -> bool {
        rustix::process::geteuid().is_root()
    }

    /// Starts both. Mail for halvorsen.example goes to the server at `customer_port` of 127.0.0.1.
    ///
    /// # Errors
    /// When they are not installed or do not start (with the words of their logs); when we are not root, as whom
    /// alone Postfix starts.
    pub fn start(customer_port: u16) -> Result<Self> {
        ensure!(
            mail_servers_are_there(),
            "Postfix or Dovecot is missing. Install them:\n{MAIL_SERVERS_HOW_TO_INSTALL}"
        );
        ensure!(Self::can_start(), "Postfix starts for root only: run this as root, or in a container");
        let account = Account::that_may_run_a_server()?;
        let ports = Ports { smtp: free_port()?, imap: free_port()?, imaps: free_port()? };
        let certificate = Certificate::for_localhost()?;
        let folder = tempfile::Builder::new().prefix("forewarn-mail-").tempdir()?;
        lay_out(folder.path(), &account, &certificate)?;
        configure(folder.path(), &account, ports, customer_port)?;
        // From here on the keeper removes the folder, whatever happens to us.
        let folder = folder.keep();
        let keeper = spawn_keeper(&folder, &account)?;
        let servers = Self { folder, certificate, ports, keeper };
        servers.wait_until_both_answer()?;
        Ok(servers)
    }

    /// Postfix: plain, STARTTLS on offer, login only after it.
    pub fn smtp_port(&self) -> u16 {
        self.ports.smtp
    }

    /// Dovecot: plain, STARTTLS on offer.
    pub fn imap_port(&self) -> u16 {
        self.ports.imap
    }

    /// Dovecot: TLS from the start.
    pub fn imaps_port(&self) -> u16 {
        self.ports.imaps
    }

    /// What both show.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What both have logged, for a message.
    pub fn log(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        ["keeper.log", "postfix.log", "dovecot.log"].map(read).join("\n")
    }

    fn wait_until_both_answer(&self) -> Result<()> {
        let started = Instant::now();
        for port in [self.ports.smtp, self.ports.imap, self.ports.imaps] {
            while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
                if started.elapsed() > Duration::from_secs(30) {
                    bail!("the mail servers do not answer on port {port}. Their last words:\n{}", self.log());
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        Ok(())
    }
}

impl Drop for MailServers {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The worst that can be left behind is a folder below the temporary one.
        let _ = self.keeper.wait();
    }
}

fn lay_out(folder: &Path, account: &Account, certificate: &Certificate) -> Result<()> {
    // Three accounts work in it.
    std::fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    for name in ["postfix", "queue", "data", "mail", "mail/kari", "dovecot"] {
        std::fs::create_dir(folder.join(name))?;
    }
    std::fs::write(folder.join("certificate.pem"), certificate.pem())?;
    std::fs::write(folder.join("key.pem"), certificate.key_pem())?;
    std::fs::set_permissions(folder.join("key.pem"), Permissions::from_mode(0o600))?;
    std::fs::write(folder.join("dovecot.log"), "")?;
    for name in ["mail", "mail/kari", "dovecot", "key.pem", "dovecot.log"] {
        account.give(&folder.join(name))?;
    }
    let given = Command::new("chown").arg("postfix").arg(folder.join("data")).status();
    ensure!(given.context("starting chown")?.success(), "there is no account postfix");
    Ok(())
}

fn configure(folder: &Path, account: &Account, ports: Ports, customer_port: u16) -> Result<()> {
    let said = Command::new(DOVECOT).arg("--version").output().context("starting dovecot --version")?;
    let old = String::from_utf8_lossy(&said.stdout).starts_with("2.3");
    let dovecot = if old {
        include_str!("mail_servers/dovecot-2.3.conf")
    } else {
        include_str!("mail_servers/dovecot-2.4.conf")
    };
    let ids = account.ids();
    let values = [
        ("@folder@", folder.display().to_string()),
        ("@user_name@", name_of("passwd", ids.user)?),
        ("@group_name@", name_of("group", ids.group)?),
        ("@user@", ids.user.to_string()),
        ("@group@", ids.group.to_string()),
        ("@password@", MailServers::PASSWORD.to_owned()),
        ("@smtp_port@", ports.smtp.to_string()),
        ("@imap_port@", ports.imap.to_string()),
        ("@imaps_port@", ports.imaps.to_string()),
        ("@customer_port@", customer_port.to_string()),
    ];
    for (name, template) in [
        ("postfix/main.cf", include_str!("mail_servers/main.cf")),
        ("postfix/master.cf", include_str!("mail_servers/master.cf")),
        ("dovecot.conf", dovecot),
    ] {
        let fill = |text: String, (placeholder, value): &(&str, String)| text.replace(placeholder, value);
        std::fs::write(folder.join(name), values.iter().fold(template.to_owned(), fill))?;
    }
    Ok(())
}

/// The name that belongs to a number in `/etc/passwd` or `/etc/group`.
fn name_of(file: &str, number: u32) -> Result<String> {
    let lines = std::fs::read_to_string(Path::new("/etc").join(file))
        .with_context(|| format!("reading /etc/{file}"))?;
    let number = number.to_string();
    let line = lines.lines().find(|line| line.split(':').nth(2) == Some(&number));
    let name = line
        .and_then(|line| line.split(':').next())
        .with_context(|| format!("no {number} in /etc/{file}"))?;
    Ok(name.to_owned())
}

fn spawn_keeper(folder: &Path, account: &Account) -> Result<Child> {
    let ids = account.ids();
    let script = format!(
        r#"trap '' HUP INT
folder=$1
exec 2>"$folder/keeper.log" >&2
{POSTFIX} -c "$folder/postfix" start-fg </dev/null &
setpriv --reuid {} --regid {} --clear-groups {DOVECOT} -F -c "$folder/dovecot.conf" </dev/null &
dovecot=$!
read -r _ || true
kill $(cat "$folder/queue/pid/master.pid") "$dovecot"
wait
rm -rf "$folder""#,
        ids.user, ids.group
    );
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(script).arg("forewarn-mail").arg(folder);
    // A group of its own: Ctrl-C goes to the tests, and the servers stop in good order after them.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().context("starting /bin/sh to keep the mail servers")
}
