//! Holding the history against an export that somebody has put away.

mod database;
mod exported;

use super::export::Named;
use super::signing;
use anyhow::{Context as _, Result};
use database::Database;
use exported::Exported;
use forewarn_store::Store;
use forewarn_store::history::{Head, StoredEvent};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What the comparison has shown.
pub(super) struct Compared {
    /// How many events the export has.
    pub(super) events: u64,
    /// Whose signature it bears.
    pub(super) key: String,
    /// What is not the same, or wrong with the file; of each case the first event only.
    pub(super) wrong: Vec<String>,
    /// What is different, and may be.
    pub(super) notes: Vec<String>,
}

/// What was recorded that long before an export is in it: no transaction lasts longer, and no two clocks differ by as
/// much.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Compares all that the export has with what the database has now. Later events and heads are no difference.
pub(super) async fn compare(store: &Store, file: &Path) -> Result<Compared> {
    let mut exported = Exported::open(file)?;
    let trailer = exported.trailer.clone();
    let mut wrong = Vec::new();
    if !signing::is_signed(&trailer.signed_text(), &trailer.signature, &trailer.key) {
        wrong.push(format!("{}: the signature is not that of its last line.", file.display()));
    }
    let differing = events(store, &mut exported).await?;
    let heads = heads(store, &mut exported).await?;
    let notes = people(store, &mut exported).await?;
    if !exported.is_what_was_signed() {
        wrong.push(format!("{}: its events are not those that were signed.", file.display()));
    }
    wrong.extend(differing);
    wrong.extend(heads);
    Ok(Compared { events: trailer.events, key: trailer.key, wrong, notes })
}

/// What is not the same in each case, in the order of cases.
async fn events(store: &Store, exported: &mut Exported) -> Result<Vec<String>> {
    let at = exported.trailer.exported_at.clone();
    let moment: Timestamp = at.parse().with_context(|| format!("“{at}” is no time of an export"))?;
    let settled = moment.saturating_sub(SETTLED_AFTER).unwrap_or(Timestamp::MIN).as_microsecond();
    let mut differs: BTreeMap<i64, String> = BTreeMap::new();
    // Whatever is not in the export has come later, or says that it has not.
    let note_new = |differs: &mut BTreeMap<i64, String>, event: StoredEvent| {
        let StoredEvent { case, seq, recorded_at, .. } = event;
        if recorded_at < settled {
            let recorded = Timestamp::from_microsecond(recorded_at).unwrap_or(Timestamp::MIN);
            differs.entry(case).or_insert_with(|| {
                format!("Case {case}, event {seq}: it says that it was recorded at {recorded}, and it was not there at {at}.")
            });
        }
    };
    let mut database = Database::new(store);
    for _ in 0..exported.trailer.events {
        let Some(event) = exported.next::<StoredEvent>()? else { break };
        let place @ (case, seq) = (event.case, event.seq);
        while let Some(new) = database.next_before(place).await? {
            note_new(&mut differs, new);
        }
        let wrong = match database.next_at(place).await? {
            Some(found) if found.is_record_of(&event) => continue,
            Some(_) => format!("Case {case}, event {seq}: it is not what was exported at {at}."),
            None => format!("Case {case}, event {seq}: it is missing; it was exported at {at}."),
        };
        differs.entry(case).or_insert(wrong);
    }
    while let Some(new) = database.next_before((i64::MAX, u32::MAX)).await? {
        note_new(&mut differs, new);
    }
    Ok(differs.into_values().collect())
}

/// Heads that are gone, or others.
async fn heads(store: &Store, exported: &mut Exported) -> Result<Vec<String>> {
    let now: HashMap<Timestamp, Head> =
        store.heads().await?.into_iter().map(|head| (head.until, head)).collect();
    let at = exported.trailer.exported_at.clone();
    let mut wrong = Vec::new();
    for _ in 0..exported.trailer.heads {
        let Some(head) = exported.next::<Head>()? else { break };
        let until = head.until;
        match now.get(&until) {
            Some(now) if *now == head => {}
            Some(_) => wrong.push(format!("The daily head of {until} is not what was exported at {at}.")),
            None => wrong.push(format!("The daily head of {until} is gone; it was exported at {at}.")),
        }
    }
    Ok(wrong)
}

/// People who have another name now. Names may change; whoever reads who did what should know.
async fn people(store: &Store, exported: &mut Exported) -> Result<Vec<String>> {
    let now: HashMap<i64, String> =
        store.people().await?.into_iter().map(|person| (person.id.0, person.name)).collect();
    let mut notes = Vec::new();
    for _ in 0..exported.trailer.people {
        let Some(Named { person, name }) = exported.next()? else { break };
        match now.get(&person) {
            Some(now) if *now == name => {}
            Some(now) => {
                notes.push(format!("Person {person} was “{name}” in the export and is “{now}” now."));
            }
            None => notes.push(format!("Person {person} was “{name}” in the export and is gone now.")),
        }
    }
    Ok(notes)
}
