//! The demo shows every part of the product, whenever it is made.

use super::make;
use forewarn_domain::case::{NotNow, Section};
use forewarn_domain::people::{Role, Scope};
use forewarn_domain::severity::Temperature;
use forewarn_store::promises::{PromiseSearch, Standing};
use forewarn_store::team_view::TeamSearch;
use forewarn_store::today::TodayRow;
use forewarn_store::{Location, Store};
use jiff::Timestamp;

struct Demo {
    store: Store,
    now: Timestamp,
    _folder: tempfile::TempDir,
}

impl Demo {
    /// The demo as it is made at a time in Bergen.
    async fn made_at(now: &str) -> Self {
        let now = now.parse::<jiff::civil::DateTime>().unwrap().in_tz("Europe/Oslo").unwrap().timestamp();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Folder(folder.path().to_owned())).await.unwrap();
        make(&store, now).await.unwrap();
        Self { store, now, _folder: folder }
    }

    async fn scope_of(&self, email: &str) -> Scope {
        self.store.person_by_email(email).await.unwrap().unwrap().scope()
    }

    async fn today(&self, scope: Scope) -> Vec<TodayRow> {
        self.store.today(scope, self.now).await.unwrap().rows
    }

    async fn jon(&self) -> Vec<TodayRow> {
        self.today(self.scope_of("jon.berg@norpump.example").await).await
    }

    async fn promises(&self, standing: Standing) -> usize {
        let search = PromiseSearch { standing, ..PromiseSearch::default() };
        self.store.promises(Scope::Program, &search, 1_000, self.now).await.unwrap().rows.len()
    }

    async fn row(&self, customer: &str) -> TodayRow {
        let rows = self.today(Scope::Program).await;
        rows.into_iter().find(|row| row.customer_name == customer).unwrap()
    }
}

fn sections_of<'a>(rows: impl Iterator<Item = &'a TodayRow>) -> Vec<Section> {
    let mut sections: Vec<Section> = rows.map(|row| row.section).collect();
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// A Monday before work, the end of a Friday, a weekend, the turn of the year, both changes of the clocks, and
/// the morning after Easter.
const MOMENTS: [&str; 11] = [
    "2026-11-23 07:50",
    "2026-11-27 16:30",
    "2026-11-28 12:00",
    "2026-11-22 03:00",
    "2026-12-31 10:00",
    "2027-01-01 10:00",
    "2027-03-28 03:30",
    "2026-10-25 02:30",
    "2026-10-26 05:55",
    "2027-03-30 06:05",
    "2026-11-25 12:30",
];

#[tokio::test]
async fn every_section_of_jons_today_has_a_call_in_it_at_any_time() {
    for moment in MOMENTS {
        let demo = Demo::made_at(moment).await;
        let rows = demo.jon().await;
        let own = rows.iter().filter(|row| row.owner.name == "Jon Berg");
        assert_eq!(sections_of(own), Section::ALL, "{moment}");
        let others = demo.today(Scope::Program).await;
        let others = others.iter().filter(|row| row.owner.name != "Jon Berg");
        assert_eq!(sections_of(others), Section::ALL, "the others, {moment}");
        for leader in ["kari.nilsen@norpump.example", "henrik.dahl@norpump.example"] {
            let team = demo.today(demo.scope_of(leader).await).await;
            assert_eq!(sections_of(team.iter()), Section::ALL, "{leader}, {moment}");
        }
        special_cases(&demo, &rows).await;
    }
}

async fn special_cases(demo: &Demo, jon: &[TodayRow]) {
    let find = |customer: &str| jon.iter().find(|row| row.customer_name == customer).unwrap();
    let halvorsen = find("Halvorsen Marine");
    assert_eq!((halvorsen.lines, halvorsen.orders.len(), halvorsen.told), (6, 3, 0));
    assert_eq!((halvorsen.worst_slip_days, halvorsen.can_act_days), (21, Some(4)));
    assert_eq!((halvorsen.temperature, halvorsen.is_repeat()), (Some(Temperature::Furious), true));
    assert_eq!(halvorsen.section, Section::CallNow);

    let vestland = find("Vestland Offshore Supply");
    assert!(vestland.tell_by.unwrap() < demo.now && vestland.section == Section::CallNow);
    assert!(find("Nordfjord Settefisk").no_date);
    let fjellheim = find("Fjellheim Bryggeri");
    assert!(matches!(fjellheim.not_now, Some(NotNow::WaitingForFirmDate { .. })));
    assert_eq!(fjellheim.section, Section::WaitingForFacts);
    assert!(find("Haukås Varme").next_word_missed);
    let due = find("Sotra Fiskeindustri").next_word_by.unwrap();
    assert!(due > demo.now && !find("Sotra Fiskeindustri").next_word_missed);
    let ostsee = find("Ostsee Wärme");
    assert_eq!((ostsee.owner.person, ostsee.owner.name.as_str()), (None, "KUNZE"));
    assert!(demo.row("Göteborg Marinteknik").await.good_news);
}

#[tokio::test]
async fn both_leaders_have_something_to_ask_and_something_to_judge_at_any_time() {
    for moment in MOMENTS {
        let demo = Demo::made_at(moment).await;
        for leader in ["kari.nilsen@norpump.example", "henrik.dahl@norpump.example"] {
            let search = TeamSearch { rep: None, limit: 60 };
            let team = demo.store.team(demo.scope_of(leader).await, search, demo.now).await.unwrap();
            let avoided = team.untold.iter().filter(|row| row.firm_at.is_some() && row.not_now.is_none());
            assert!(avoided.count() >= 2 && team.untold.len() >= 5, "{leader}, {moment}");
            assert!(team.untold.iter().any(|row| row.ask.is_some()), "{leader}, {moment}");
            let told = |id| team.told.iter().filter(|told| told.by == id).count();
            let reps = team.people.iter().filter(|one| one.role == Role::Rep);
            let (judged, few): (Vec<_>, Vec<_>) = reps.partition(|rep| told(rep.id) >= 5);
            assert!(judged.len() >= 2 && !few.is_empty(), "{leader}, {moment}");
            assert!(!team.checked.is_empty(), "{leader}, {moment}");
        }
    }
}

#[tokio::test]
async fn a_leader_sees_work_that_has_moved_and_why_and_a_deputy_has_it_at_any_time() {
    for moment in MOMENTS {
        let demo = Demo::made_at(moment).await;
        let kari = demo.scope_of("kari.nilsen@norpump.example").await;
        let search = TeamSearch { rep: None, limit: 60 };
        let team = demo.store.team(kari, search, demo.now).await.unwrap();
        let drammen = team.untold.iter().find(|row| row.customer_name == "Drammen Fjernvarme").unwrap();
        let away = drammen.away.as_ref().unwrap();
        assert_eq!(drammen.owner.name, "Lars Haugen", "{moment}");
        assert!(away.deputy.as_deref() == Some("Ingrid Solheim") && away.until > demo.now, "{moment}");
        let ingrid = demo.today(demo.scope_of("ingrid.solheim@norpump.example").await).await;
        assert!(ingrid.iter().any(|row| row.customer_name == "Drammen Fjernvarme"), "{moment}");
        assert_eq!(demo.store.absences(demo.now).await.unwrap().len(), 2, "{moment}");
    }
}

#[tokio::test]
async fn the_company_is_as_large_as_the_story_says() {
    let demo = Demo::made_at("2026-11-23 07:50").await;
    assert_eq!(demo.promises(Standing::All).await, super::LINES);
    let people = demo.store.people().await.unwrap();
    let count = |role| people.iter().filter(|person| person.role == role).count();
    assert_eq!([Role::Rep, Role::Leader, Role::SupplyOwner, Role::Admin].map(count), [8, 2, 1, 1]);
    let customers = demo.store.customers(Scope::Program, "", None, 100, demo.now).await.unwrap().rows;
    assert_eq!(customers.len(), 40);
    assert!(customers.iter().all(|customer| customer.settings.zone.is_some()));
    assert_eq!(demo.promises(Standing::Missing).await, 0);
    assert!((12..=15).contains(&demo.promises(Standing::Quiet).await));
    assert!(demo.promises(Standing::Delivered).await > 100);
}

#[tokio::test]
async fn the_record_of_an_account_has_something_to_say() {
    let demo = Demo::made_at("2026-11-23 07:50").await;
    let halvorsen = demo.row("Halvorsen Marine").await.customer;
    let record = demo.store.relationship(Scope::Program, halvorsen, demo.now).await.unwrap().unwrap();
    assert_eq!((record.cases.len(), record.apologies.len()), (2, 2));
    assert!(record.temperatures.len() >= 5 && record.delivered > record.on_first_promise);
}

#[tokio::test]
async fn the_same_moment_makes_the_same_demo() {
    let (one, other) = (Demo::made_at("2026-11-23 07:50").await, Demo::made_at("2026-11-23 07:50").await);
    assert_eq!(one.today(Scope::Program).await, other.today(Scope::Program).await);
}

#[tokio::test]
async fn nothing_has_happened_that_is_still_to_come() {
    let demo = Demo::made_at("2026-11-28 12:00").await;
    for row in demo.today(Scope::Program).await {
        let timeline = demo.store.timeline(Scope::Program, row.case, demo.now).await.unwrap();
        let moments: Vec<_> = timeline.iter().map(|entry| entry.recorded.at).collect();
        assert!(moments.is_sorted() && moments.iter().all(|at| *at <= demo.now), "{}", row.customer_name);
    }
}
