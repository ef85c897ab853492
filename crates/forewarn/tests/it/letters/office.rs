//! A company with a mail server, and letters to hand over.

use crate::reports::{Line, german};
use anyhow::{Context as _, Result, ensure};
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::case::{Channel, EmailReason, Purpose, Telling};
use forewarn_domain::ids::{CaseId, LetterId};
use forewarn_domain::letter::LetterState;
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::people::Scope;
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_outreach::mime::{self, Mailbox};
use forewarn_store::cases::Act;
use forewarn_store::letters::{CLAIM_LEASE, Frozen, Letter, NewLetter};
use forewarn_store::settings::mail::{MailSecurity, MailServer, MailSettings};
use forewarn_store::{Location, Store};
use forewarn_testing::{FakeSmtp, Forewarn, Postgres, Served};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::time::{Duration, Instant};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_forewarn");
const SENDER: &str = "orders@nordpumpe.example";

/// The program with its data, the data itself, and the mail server.
pub(crate) struct Office {
    pub(crate) forewarn: Forewarn,
    pub(crate) store: Store,
    pub(crate) mails: FakeSmtp,
}

/// Now, as the program has it.
#[expect(clippy::disallowed_methods, reason = "the program under test has the real clock as well")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The program on SQLite, and on PostgreSQL.
pub(crate) fn both() -> Result<Vec<(Forewarn, Option<String>)>> {
    let database = Postgres::fresh_database()?;
    let url = database.url().to_owned();
    Ok(vec![(Forewarn::on_sqlite(PROGRAM)?, None), (Forewarn::on_database(PROGRAM, database)?, Some(url))])
}

impl Office {
    /// With a late order of each of these customers, all of them Jon's.
    pub(crate) async fn open(
        (forewarn, url): (Forewarn, Option<String>),
        mails: FakeSmtp,
        customers: &[&'static str],
    ) -> Result<Self> {
        let files = tempfile::tempdir()?;
        let mut add = forewarn.command(["people", "add", "jon@example.com", "--name", "Jon Berg"]);
        ensure!(add.env("FOREWARN_PASSWORD", "a long enough password").output()?.status.success());
        let planned: Vec<Line> = (4711..)
            .zip(customers)
            .map(|(order, customer)| Line::planned(&order.to_string(), customer, date(2027, 3, 1)))
            .collect();
        let late = planned.iter().map(|line| line.now(Some(date(2027, 4, 1)))).collect();
        for (name, lines, as_of) in [("one.csv", planned, "2026-11-19"), ("two.csv", late, "2026-11-20")] {
            let path = german(files.path(), name, &lines)?;
            forewarn.run(["import", &path.to_string_lossy(), "--as-of", as_of])?.succeeded()?;
        }
        let location = match url {
            Some(url) => Location::Postgres(url),
            None => Location::Folder(forewarn.data_folder().to_owned()),
        };
        let store = Store::open(&location).await?;
        let smtp = MailServer {
            host: "127.0.0.1".to_owned(),
            port: mails.port(),
            security: MailSecurity::Plain,
            user: None,
            password: None,
        };
        let from_address = SENDER.to_owned();
        let settings = MailSettings { from_address, from_name: None, smtp, imap: None, self_copy: None };
        store.save_mail_settings(&settings).await?;
        give_days_off(&store).await?;
        Ok(Self { forewarn, store, mails })
    }

    pub(crate) fn serve(&self) -> Result<Served> {
        self.forewarn.serve()
    }

    pub(crate) async fn cases(&self) -> Result<Vec<CaseId>> {
        Ok(self.store.today(Scope::Program, now()).await?.rows.iter().map(|row| row.case).collect())
    }

    /// Approves the first word of a case. It was read long enough ago to leave at once.
    pub(crate) async fn approve(&self, case: CaseId) -> Result<LetterId> {
        let at = now() - SignedDuration::from_secs(11);
        let file = self.store.case(Scope::Program, case, at).await?.context("the case")?;
        let on = date(2027, 4, 1);
        let telling = Telling {
            to: text("Anna"),
            channel: Channel::Email { reason: Some(EmailReason::CustomerAsked) },
            lines: file.case.lines.keys().map(|line| (*line, Expectation::NewDate { on })).collect(),
        };
        let new = NewLetter {
            purpose: Purpose::FirstWord { telling, next_word: None },
            to: text("Anna"),
            address: format!("anna-{case}@customer.example"),
            subject: text("Order delayed until Thursday 1 April 2027"),
            body: text("Dear Anna,\n\nyour order comes on 1 April.\n.\nKind regards\nJon"),
            again: None,
        };
        let act = Act::now(Scope::Program, at);
        let id = self.store.draft_letter(act, case, &new).await?;
        let letter = self.letter(id).await?;
        self.store.approve_letter(act, id, &freeze(&letter)?).await?;
        Ok(id)
    }

    pub(crate) async fn letter(&self, id: LetterId) -> Result<Letter> {
        self.store.letter(Scope::Program, id, now()).await?.context("the letter")
    }

    /// Waits until a letter has come so far.
    pub(crate) async fn until(&self, id: LetterId, state: LetterState) -> Result<Letter> {
        let started = Instant::now();
        loop {
            let letter = self.letter(id).await?;
            if letter.state == state {
                return Ok(letter);
            }
            ensure!(started.elapsed() < Duration::from_secs(60), "still {:?}, not {state:?}", letter.state);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Lets a letter that was put off leave at once: nobody waits for minutes here.
    pub(crate) async fn hurry(&self, id: LetterId) -> Result<()> {
        let later = now() + SignedDuration::from_hours(1);
        let claimed = self.store.claim_letters("hurry", later, CLAIM_LEASE, 100).await?;
        ensure!(claimed.iter().any(|letter| letter.id == id), "letter {id} was not waiting");
        for letter in claimed {
            let words = InternalText::new("in a hurry").unwrap_or_default();
            self.store.letter_try_later(letter.id, "hurry", &words, now(), now()).await?;
        }
        Ok(())
    }

    /// What Jon was told about letters, and can still do something about.
    pub(crate) async fn notices(&self) -> Result<Vec<String>> {
        self.subjects(NoticeKind::Letter).await
    }

    /// What Jon was told of this kind, and can still do something about.
    pub(crate) async fn subjects(&self, kind: NoticeKind) -> Result<Vec<String>> {
        let jon = self.store.people().await?.into_iter().find(|person| person.email == "jon@example.com");
        let notices = self.store.notices_of(jon.context("Jon")?.id, 100).await?;
        let open = notices.into_iter().filter(|n| n.kind == kind && n.settled_at.is_none());
        Ok(open.map(|notice| notice.subject).collect())
    }

    /// How often the customer was told, by the record.
    pub(crate) async fn tellings(&self, case: CaseId) -> Result<usize> {
        let file = self.store.case(Scope::Program, case, now()).await?.context("the case")?;
        Ok(file.case.tellings.len())
    }
}

/// Jon has these days off, so that notices to him wait and the mail server sees letters only.
async fn give_days_off(store: &Store) -> Result<()> {
    let today = now().to_zoned(TimeZone::UTC).date();
    let days_off = today.series(1.day()).take(5).chain([today.yesterday()?]);
    let calendar = WorkingCalendar::default().with_holidays(days_off);
    for person in store.people().await? {
        store.save_person_calendar(person.id, Some(&calendar)).await?;
    }
    Ok(())
}

/// Waits until a letter was accepted, and looks that it went out once, as it was read.
pub(crate) async fn accepted(office: &Office, case: CaseId, id: LetterId) -> Result<()> {
    let letter = office.until(id, LetterState::Accepted).await?;
    let mails = office.mails.taken();
    let ours: Vec<_> = mails.iter().filter(|mail| mail.message_id == letter.message_id).collect();
    ensure!(ours.len() == 1, "letter {id} was taken {} times", ours.len());
    ensure!(ours[0].to == [letter.address.clone()] && ours[0].from == SENDER, "{:?}", ours[0]);
    // On the wire the last line ends as every line does.
    ensure!(ours[0].mime.trim_end() == freeze(&letter)?.mime.trim_end(), "another text: {}", ours[0].mime);
    ensure!(office.tellings(case).await? == 1);
    Ok(())
}

fn freeze(letter: &Letter) -> Result<Frozen> {
    let (from, to) = (Mailbox::new(None, SENDER)?, Mailbox::new(Some("Anna"), &letter.address)?);
    let message_id = mime::message_id(&format!("letter-{}", letter.id), &from);
    let mail = mime::Letter {
        from: &from,
        to: &to,
        subject: letter.subject.as_str(),
        body: letter.body.as_str(),
        message_id: &message_id,
        in_reply_to: None,
        references: &[],
        date: letter.drafted.1,
    };
    let (version, from) = (letter.version, SENDER.to_owned());
    Ok(Frozen { version, mime: mime::compose(&mail)?, message_id, from, copy: None })
}

fn text(words: &str) -> CustomerText {
    CustomerText::new(words).unwrap_or_default()
}
