//! The auditor's job: looks every minute, on a connection of its own, whether the promises are kept, and says so to
//! `/healthz`, to the figures and, when all is well, to a web address.
//!
//! It has nothing to do with the other jobs: one that stands still does not hold it up, and it repairs nothing.

use crate::clock;
use anyhow::{Context as _, Result};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Role;
use forewarn_outreach::http::{Guard, Http, Network};
use forewarn_store::auditor::{Audit, Auditor};
use forewarn_store::notices::NewNotice;
use forewarn_store::{Location, Store};
use forewarn_web::{AppState, Watch};
use jiff::Timestamp;
use metrics::gauge;
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(60);
/// What came due while the program was off is settled by then.
const FIRST_AFTER: Duration = Duration::from_secs(10);
/// How long the address of the heartbeat may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks until `stopped` says so.
pub(crate) async fn run(
    state: AppState,
    location: Location,
    heartbeat: Option<String>,
    mut stopped: watch::Receiver<bool>,
) {
    let watching = async {
        let mut auditing = Auditing {
            store: state.store().clone(),
            watch: state.watch(),
            location,
            auditor: None,
            heartbeat: None,
        };
        if let Some(address) = heartbeat {
            match Heartbeat::to(address) {
                Ok(heartbeat) => auditing.heartbeat = Some(heartbeat),
                Err(error) => tracing::error!(error = format!("{error:#}"), "there will be no heartbeat"),
            }
        }
        tokio::time::sleep(FIRST_AFTER).await;
        loop {
            if let Err(error) = auditing.look().await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "nobody can tell whether the promises are kept"
                );
            }
            tokio::time::sleep(EVERY).await;
        }
    };
    tokio::select! {
        () = watching => {}
        // An error means that nobody can say it any more, which says it as well.
        _told = stopped.wait_for(|stopped| *stopped) => {}
    }
}

struct Auditing {
    store: Store,
    watch: Watch,
    location: Location,
    /// Connects when it is needed, and again after trouble.
    auditor: Option<Auditor>,
    heartbeat: Option<Heartbeat>,
}

impl Auditing {
    async fn look(&mut self) -> Result<()> {
        let auditor = match self.auditor.take() {
            Some(auditor) => auditor,
            None => Auditor::open(&self.location).await?,
        };
        let now = auditor.time(clock::now()).await?;
        let audit = auditor.audit(now).await?;
        self.auditor = Some(auditor);
        tell(&audit);
        self.watch.saw(audit.clone());
        if audit.breaks_a_promise() {
            tell_admins(&self.store, &audit, now).await?;
        }
        if let Some(heartbeat) = self.heartbeat.as_ref().filter(|_| !audit.breaks_a_promise()) {
            heartbeat.beat().await?;
        }
        Ok(())
    }
}

/// Says what was found in the log and in the figures.
fn tell(audit: &Audit) {
    for finding in &audit.findings {
        let (check, count) = (finding.check, finding.count);
        gauge!("forewarn_audit_findings", "check" => check.name()).set(count as f64);
        if count > 0 && check.is_a_promise() {
            tracing::error!(check = check.name(), count, cases = ?finding.cases, "{}", check.says());
        } else if count > 0 {
            tracing::warn!(check = check.name(), count, cases = ?finding.cases, "{}", check.says());
        }
    }
    gauge!("forewarn_audit_findings", "check" => "unreachable").set(audit.unreachable as f64);
    gauge!("forewarn_promises_kept").set(if audit.breaks_a_promise() { 0.0 } else { 1.0 });
    gauge!("forewarn_audited_at_seconds").set(audit.at.as_second() as f64);
}

/// Every admin hears of a broken promise, once a day as long as it lasts.
async fn tell_admins(store: &Store, audit: &Audit, now: Timestamp) -> Result<()> {
    let people = store.people().await?;
    let admins = people.iter().filter(|person| person.role == Role::Admin && person.disabled_at.is_none());
    let broken = || audit.findings.iter().filter(|finding| finding.count > 0 && finding.check.is_a_promise());
    let day = now.strftime("%F");
    for admin in admins {
        for finding in broken() {
            let cases: Vec<String> = finding.cases.iter().map(|case| format!("/cases/{case}")).collect();
            let notice = NewNotice {
                key: format!("auditor/{}/{day}/{}", finding.check.name(), admin.id),
                person: admin.id,
                case: None,
                kind: NoticeKind::Auditor,
                subject: format!("Forewarn: {} ({})", finding.check.says(), finding.count),
                words: format!("Look at the log of the program, and at {}.", cases.join(", ")),
                why: None,
                hot: true,
            };
            store.notify(notice, now).await?;
        }
    }
    Ok(())
}

/// Asks for a web address after each audit that finds no broken promise. Whoever listens there raises the alarm when
/// it stays silent: whatever has gone wrong, even the whole machine.
struct Heartbeat {
    http: Http,
    address: String,
}

impl Heartbeat {
    fn to(address: String) -> Result<Self> {
        // Whoever runs the program chose the address; it may well be in their own network.
        let anywhere = ["0.0.0.0/0", "::/0"].into_iter().map(str::parse::<Network>);
        let anywhere = anywhere.collect::<Result<Vec<_>, _>>()?;
        Ok(Self { http: Http::new(Guard::allowing(anywhere), PATIENCE)?, address })
    }

    async fn beat(&self) -> Result<()> {
        self.http.get(&self.address).await.context("the heartbeat could not be sent")
    }
}
