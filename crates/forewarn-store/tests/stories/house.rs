//! A small company to tell stories about.

use forewarn_domain::case::{Channel, Telling};
use forewarn_domain::fact::{LineKey, OrderLine, StatedDate};
use forewarn_domain::ids::{CaseId, CustomerId, PersonId, PromiseId, TeamId};
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::CustomerText;
use forewarn_store::Store;
use forewarn_store::cases::{Act, Acted, CaseFile};
use forewarn_store::importing::{Door, ImportOutcome, ImportRequest, Incoming, NewImport};
use forewarn_store::people::NewPerson;
use forewarn_store::promises::PromiseRow;
use forewarn_store::today::TodayRow;
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// Runs a story on an empty SQLite store, then on an empty PostgreSQL one.
macro_rules! story {
    ($name:ident, |$house:ident| $body:block) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let folder = tempfile::tempdir().unwrap();
            let database = forewarn_testing::Postgres::fresh_database().unwrap();
            for location in [
                forewarn_store::Location::Folder(folder.path().to_owned()),
                forewarn_store::Location::Postgres(database.url().to_owned()),
            ] {
                let $house = crate::house::House::open(&location).await;
                $body
            }
        }
    };
}
pub(crate) use story;

/// A rep with a leader, a rep of another team, and somebody who owns facts.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) rep: Scope,
    pub(crate) colleague: Scope,
    pub(crate) leader: Scope,
    pub(crate) stranger: Scope,
    pub(crate) supply: Scope,
}

pub(crate) const REP: &str = "ida@nordpumpe.example";

impl House {
    pub(crate) async fn open(location: &forewarn_store::Location) -> Self {
        let store = Store::open(location).await.unwrap();
        let north = store.add_team("North").await.unwrap();
        let south = store.add_team("South").await.unwrap();
        let add = |email: &str, role, team| add(&store, email.to_owned(), role, team);
        Self {
            rep: add(REP, Role::Rep, north).await,
            colleague: add("ola@nordpumpe.example", Role::Rep, north).await,
            leader: add("liv@nordpumpe.example", Role::Leader, north).await,
            stranger: add("sam@nordpumpe.example", Role::Rep, south).await,
            supply: add("pia@nordpumpe.example", Role::SupplyOwner, south).await,
            store,
        }
    }

    pub(crate) fn id(scope: Scope) -> PersonId {
        scope.person().unwrap()
    }

    /// Takes a full report in.
    pub(crate) async fn import(&self, at: Timestamp, lines: Vec<OrderLine>) -> ImportOutcome {
        let new = NewImport {
            by: None,
            door: Door::CommandLine,
            file_name: "orders.csv".to_owned(),
            sha256: String::new(),
            bytes: 0,
            as_of: at,
            full_report: true,
            now: at,
        };
        let import = self.store.register_import(&new).await.unwrap();
        let file_name = new.file_name;
        let request = ImportRequest { import, file_name, as_of: at, full_report: true, by: None, now: at };
        let mut importing = self.store.begin_import(request).await.unwrap();
        let rows = lines.into_iter().zip(2..).map(|(line, row)| Incoming::Line { row, line });
        importing.take(rows.collect()).await.unwrap();
        importing.finish().await.unwrap()
    }

    /// The same report on the 2nd and on the 3rd: what slips is news, on the morning of the 3rd.
    pub(crate) async fn news(&self, lines: Vec<OrderLine>) {
        self.import(nov(2), lines.clone()).await;
        self.import(nov(3), lines).await;
    }

    pub(crate) async fn today(&self, scope: Scope, now: Timestamp) -> Vec<TodayRow> {
        self.store.today(scope, now).await.unwrap().rows
    }

    /// The one open case.
    pub(crate) async fn the_case(&self, now: Timestamp) -> CaseFile {
        let rows = self.today(Scope::Program, now).await;
        assert_eq!(rows.len(), 1, "one open case");
        self.store.case(Scope::Program, rows[0].case, now).await.unwrap().unwrap()
    }

    pub(crate) async fn promise(&self, id: i64) -> PromiseRow {
        self.store.promise(Scope::Program, PromiseId(id), nov(30)).await.unwrap().unwrap()
    }

    pub(crate) async fn customer(&self, name: &str) -> CustomerId {
        let found = self.store.customers(Scope::Program, name, None, 2, nov(2)).await.unwrap().rows;
        assert_eq!(found.len(), 1, "one customer named {name}");
        found[0].id
    }

    /// Tells every open line of a case that it comes on this day.
    pub(crate) async fn tell(
        &self,
        scope: Scope,
        case: CaseId,
        on: Date,
        at: Timestamp,
        entry: &str,
    ) -> Acted {
        let told = self.store.act(case, Act::now(scope, at).entry(entry), |file| {
            let open = file.case.lines.iter().filter(|(_, line)| line.is_open());
            let telling = Telling {
                to: CustomerText::new("Anna").unwrap(),
                channel: Channel::Phone,
                lines: open.map(|(id, _)| (*id, Expectation::NewDate { on })).collect(),
            };
            file.case.tell(telling, None, at, &file.terms)
        });
        told.await.unwrap()
    }
}

async fn add(store: &Store, email: String, role: Role, team: TeamId) -> Scope {
    let name = email.split('@').next().unwrap().to_owned();
    let new = NewPerson { email, name, role, team, phone: None, zone: None };
    let id = store.add_person(new, nov(1)).await.unwrap();
    store.person(id).await.unwrap().unwrap().scope()
}

/// 05:12 on a day of November 2026.
pub(crate) fn nov(day: i8) -> Timestamp {
    date(2026, 11, day).at(5, 12, 0, 0).in_tz("UTC").unwrap().timestamp()
}

pub(crate) fn december(day: i8) -> Date {
    date(2026, 12, day)
}

/// A line promised for 18 December, of the rep's account.
pub(crate) fn planned(customer: &str, order: &str) -> OrderLine {
    let on = StatedDate::On(december(18));
    OrderLine {
        key: LineKey { order: order.to_owned(), line: "10".to_owned(), schedule: String::new() },
        customer: customer.to_owned(),
        owner: Some(REP.to_owned()),
        promised: on,
        expected: on,
        ..OrderLine::default()
    }
}

/// The same, and expected on another day.
pub(crate) fn expected(customer: &str, order: &str, on: Date) -> OrderLine {
    OrderLine { expected: StatedDate::On(on), ..planned(customer, order) }
}

/// The same, and expected on 28 December.
pub(crate) fn late(customer: &str, order: &str) -> OrderLine {
    expected(customer, order, december(28))
}
