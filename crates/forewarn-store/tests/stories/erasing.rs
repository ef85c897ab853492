//! A contact is erased from everything that is kept, and the history still proves itself.

use crate::house::{House, december, late, nov, story};
use forewarn_domain::case::{Attempt, CaseEvent, Outcome, Recorded};
use forewarn_domain::fact::OrderLine;
use forewarn_domain::ids::{CaseId, CustomerId};
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::Location;
use forewarn_store::cases::Act;
use forewarn_store::customers::CustomerSettings;
use forewarn_store::erasing::{EraseFailed, Erased, Erasing};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use uuid::Uuid;

const NAME: &str = "Anna Bakke";
/// Nothing of these may be left, however it was written.
const TRACES: [&str; 6] = ["anna", "bakke", "55 55 01 90", "55550190", "5555-0190", "@halvorsen.example"];

fn named(order: &str) -> OrderLine {
    OrderLine {
        contact: Some(NAME.to_owned()),
        phone: Some("+47 55 55 01 90".to_owned()),
        email: Some("anna@halvorsen.example".to_owned()),
        ..late("Halvorsen Marine", order)
    }
}

/// A case whose every corner names her.
async fn talked(house: &House) -> (CustomerId, CaseId) {
    house.news(vec![named("4471")]).await;
    let (customer, case) = (house.customer("Halvorsen").await, house.the_case(nov(3)).await.id);
    let store = &house.store;
    let act = |entry| Act::now(house.rep, nov(4)).entry(entry);
    let name = CustomerText::new(NAME).unwrap();
    let (phone, email) = (Some("0047 5555-0190".to_owned()), Some("Anna@Halvorsen.example".to_owned()));
    let set = CaseEvent::ContactSet { name: name.clone(), phone, email };
    store.act(case, act("e1"), |_| Ok(vec![set.clone()])).await.unwrap();
    let attempt = Attempt { outcome: Outcome::Voicemail, to: Some(name) };
    let tried = CaseEvent::Attempted { attempt };
    store.act(case, act("e2"), |_| Ok(vec![tried.clone()])).await.unwrap();
    house.tell(house.rep, case, december(28), nov(4), "e3").await;
    let words = "Anna says that Bakke, Anna will call from 55 55 01 90 or 55550190.";
    let noted = CaseEvent::ConcernNoted { words: InternalText::new(words).unwrap() };
    store.act(case, act("e4"), |_| Ok(vec![noted.clone()])).await.unwrap();
    (customer, case)
}

async fn erase(house: &House, customer: CustomerId, reason: &str) -> Result<Erased, EraseFailed> {
    let (by, salt, now) = (house.leader.person(), Uuid::from_u128(7), nov(5));
    house.store.erase_contact(&Erasing { customer, name: NAME, reason, by, salt, now }).await
}

/// Every row of every table, as text in lower case.
async fn everything(location: &Location) -> String {
    let url = match location {
        Location::Folder(folder) => format!("sqlite:{}", folder.join("forewarn.db").display()),
        Location::Postgres(url) => url.clone(),
    };
    let database = Database::connect(url).await.unwrap();
    let backend = database.get_database_backend();
    let all = async |sql: String| {
        let rows = database.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>()
    };
    let tables = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
    };
    let mut everything = String::new();
    for table in all(tables.to_owned()).await {
        let row = match backend {
            DbBackend::Sqlite => {
                let columns = all(format!("SELECT name FROM pragma_table_info('{table}')")).await;
                let quoted: Vec<String> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
                format!("SELECT {} FROM \"{table}\"", quoted.join(" || ' ' || "))
            }
            _ => format!("SELECT CAST(t AS TEXT) FROM \"{table}\" t"),
        };
        everything.push_str(&all(row).await.join("\n"));
    }
    everything.to_lowercase()
}

async fn on_both(story: impl AsyncFn(House, Location)) {
    let folder = tempfile::tempdir().unwrap();
    let database = forewarn_testing::Postgres::fresh_database().unwrap();
    for location in
        [Location::Folder(folder.path().to_owned()), Location::Postgres(database.url().to_owned())]
    {
        story(House::open(&location).await, location).await;
    }
}

#[tokio::test]
async fn after_erasing_a_contact_the_whole_database_does_not_name_them() {
    on_both(async |house, location| {
        let (customer, case) = talked(&house).await;
        let before = everything(&location).await;
        assert!(TRACES.iter().all(|trace| before.contains(trace)), "the story names her everywhere");
        let said = house.store.prove_case(house.rep, case, nov(5)).await.unwrap().events;

        let erased = erase(&house, customer, "Anna Bakke asked for it").await.unwrap();
        assert!(erased.places["case_event"] >= 4 && erased.cases == 1, "{erased:?}");
        let after = everything(&location).await;
        for trace in TRACES {
            let at = after.find(trace);
            assert!(
                at.is_none(),
                "{trace} in …{}",
                &after[at.unwrap().saturating_sub(200)..at.unwrap() + 60]
            );
        }

        let verified = house.store.verify_history().await.unwrap();
        assert_eq!(verified.broken, []);
        let [erasure] = verified.erasures.try_into().unwrap();
        assert_eq!((erasure.case, erasure.by), (case, house.leader.person().map(|person| person.0)));
        let proof = house.store.prove_case(house.rep, case, nov(5)).await.unwrap();
        assert_eq!(proof.broken, None);
        for (before, after) in said.iter().zip(&proof.events) {
            assert!(after.is_record_of(before), "what was put away before still holds");
        }
        let file = house.store.case(house.rep, case, nov(5)).await.unwrap().unwrap();
        assert_eq!((file.case.contact, file.case.tellings.len()), (None, 1), "that they were told stays");
        let Some(Recorded { event: CaseEvent::Erased { because, .. }, .. }) = file.history.last() else {
            panic!("the case says so")
        };
        assert_eq!(because.for_our_people(), "[erased] asked for it");
    })
    .await;
}

#[tokio::test]
async fn what_looks_like_an_erasure_and_is_none_is_found() {
    on_both(async |house, location| {
        let (customer, case) = talked(&house).await;
        erase(&house, customer, "Asked for it").await.unwrap();
        let events = house.store.prove_case(house.rep, case, nov(5)).await.unwrap().events;
        let erased = events.iter().find(|event| event.erased.is_some()).unwrap();
        let url = match &location {
            Location::Folder(folder) => format!("sqlite:{}", folder.join("forewarn.db").display()),
            Location::Postgres(url) => url.clone(),
        };
        let database = Database::connect(url).await.unwrap();
        let drop = match location {
            Location::Folder(_) => "DROP TRIGGER case_event_refuses_UPDATE",
            Location::Postgres(_) => "DROP TRIGGER case_event_refuses_change ON case_event",
        };
        database.execute_unprepared(drop).await.unwrap();
        let rewrite = async |set: &str, seq: u32| {
            let sql = format!("UPDATE case_event SET {set} WHERE case_id = {case} AND seq = {seq}");
            database.execute_unprepared(&sql).await.unwrap();
            house.store.verify_history().await.unwrap().broken
        };
        let first = |broken: &[forewarn_store::history::Broken]| broken.first().map(|broken| broken.seq);

        let other = erased.event.replace("[erased]", "somebody else");
        assert_eq!(first(&rewrite(&format!("event = '{other}'"), erased.seq).await), Some(erased.seq));
        assert_eq!(rewrite(&format!("event = '{}'", erased.event), erased.seq).await, []);
        let plain = events.iter().find(|event| event.erased.is_none() && event.seq > 1).unwrap();
        let hash = plain.text_hash();
        let hidden = rewrite(&format!("event = '{{}}', erased_hash = '{hash}'"), plain.seq).await;
        assert_eq!(first(&hidden), Some(plain.seq), "the case says nothing of it");
    })
    .await;
}

story!(a_report_does_not_bring_an_erased_contact_back_unseen, |house| {
    let (customer, _) = talked(&house).await;
    erase(&house, customer, "Asked for it").await.unwrap();
    let outcome = house.import(nov(6), vec![named("4471"), named("4472")]).await;
    assert_eq!((outcome.read, outcome.rejected, outcome.erased_contacts), (2, 0, 1));
    let known = house.store.customer(house.leader, customer, nov(6)).await.unwrap().unwrap();
    let CustomerSettings { contact, phone, email, .. } = known.settings;
    assert_eq!((contact, phone, email), (None, None, None));

    let successor = OrderLine { contact: Some("Bo Lie".into()), phone: None, email: None, ..named("4471") };
    assert_eq!(house.import(nov(7), vec![successor]).await.erased_contacts, 0);
    let known = house.store.customer(house.leader, customer, nov(7)).await.unwrap().unwrap();
    assert_eq!(known.settings.contact.as_deref(), Some("Bo Lie"));
});

story!(everything_that_is_held_about_a_contact_is_handed_over, |house| {
    let (customer, case) = talked(&house).await;
    let known = house.store.contacts_of(customer).await.unwrap();
    let names: Vec<&str> = known.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["Anna", NAME]);
    let record = house.store.contact_record(customer, NAME).await.unwrap().unwrap();
    assert_eq!(record.contact.emails, ["anna@halvorsen.example"]);
    let places: Vec<&str> = record.held.iter().map(|held| held.place.as_str()).collect();
    assert!(places.contains(&"Record of the customer"), "{places:?}");
    assert!(places.iter().filter(|place| place.starts_with(&format!("Case {case}, event"))).count() >= 4);
    assert_eq!(house.store.contact_record(customer, "Nobody").await.unwrap(), None);
});

story!(what_names_them_elsewhere_is_marked, |house| {
    house.news(vec![late("Berg Verft", "9001")]).await;
    let other = house.the_case(nov(3)).await.id;
    let words = InternalText::new("They know Anna Bakke; she pays more per pump.").unwrap();
    let noted = CaseEvent::ConcernNoted { words };
    house.store.act(other, Act::now(house.rep, nov(4)), |_| Ok(vec![noted.clone()])).await.unwrap();
    house.news(vec![late("Berg Verft", "9001"), named("4471")]).await;
    let customer = house.customer("Halvorsen").await;
    let record = house.store.contact_record(customer, NAME).await.unwrap().unwrap();
    let there = format!("Case {other}, event");
    assert!(record.held.iter().any(|held| held.place.starts_with(&there)), "{:?}", record.held);
    for held in
        record.held.iter().filter(|held| held.place.starts_with("Case ") || held.place.starts_with("Record"))
    {
        assert_eq!(held.elsewhere, held.place.starts_with(&there), "{held:?}");
    }
});

story!(our_own_people_and_the_reason_stay, |house| {
    let (customer, _) = talked(&house).await;
    assert!(matches!(erase(&house, customer, "  ").await, Err(EraseFailed::NoReason)));
    let settings = CustomerSettings {
        contact: Some(NAME.to_owned()),
        email: Some("ida@nordpumpe.example".to_owned()),
        ..CustomerSettings::default()
    };
    house.store.save_customer(house.leader, customer, &settings, nov(4)).await.unwrap();
    let refused = erase(&house, customer, "Asked for it").await.unwrap_err();
    assert!(matches!(refused, EraseFailed::OneOfOurs(_)), "{refused}");
    assert_eq!(house.store.verify_history().await.unwrap().erasures, []);
});
