//! What surrounds every page: who is signed in, where they are, what has just happened.

use std::cell::Cell;
use uuid::Uuid;

/// The frame of a page.
#[derive(Debug)]
pub struct Shell {
    /// Which tab is lit.
    pub place: Place,
    /// Who is signed in; `None` on the pages before that.
    pub me: Option<Me>,
    /// What the last act did, shown once.
    pub flash: Option<Flash>,
    /// Whether this is the demo, where one may change persons.
    pub demo: bool,
    /// Why nothing can be saved at present, if so ("The disk is full. …").
    pub read_only: Option<String>,
    /// Where this page hears that it has changed (server-sent events).
    pub live: Option<String>,
    /// How many notices they have not seen; `None` where nobody has counted.
    pub unseen: Option<u32>,
    /// What stands in the search box.
    pub search: String,
    /// The ids for the forms of this page.
    pub entries: Entries,
}

/// The tab that is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// `/today`, and the cases reached from there.
    Today,
    /// `/team`
    Team,
    /// `/promises`
    Promises,
    /// `/customers`
    Customers,
    /// `/import`
    Import,
    /// `/people`
    People,
    /// None of them.
    #[default]
    Elsewhere,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Me {
    /// Their number; keeps what one person types on a device apart from another's.
    pub id: String,
    /// "Jon Eide"
    pub name: String,
    /// "JE"
    pub initials: String,
    /// "rep"
    pub role: String,
    /// Whether they may import reports.
    pub imports: bool,
    /// Whether they may add and assign people.
    pub admin: bool,
    /// Whether they lead others.
    pub leads: bool,
    /// Whether they tell customers: then there is a record of it, which they may look at.
    pub told: bool,
}

/// One sentence about what has just been done, or why it was not.
#[derive(Debug, Clone)]
pub struct Flash {
    /// The sentence.
    pub text: String,
    /// Whether it went wrong.
    pub refused: bool,
    /// Where to take it back, if that is possible.
    pub undo: Option<String>,
}

/// Gives every form of a page an id of its own, so that a form sent twice does nothing twice.
/// One random id is handed in; each form takes the next.
#[derive(Debug)]
pub struct Entries {
    next: Cell<u128>,
}

impl Entries {
    /// Ids from `first` on.
    #[must_use]
    pub fn new(first: Uuid) -> Self {
        Self { next: Cell::new(first.as_u128()) }
    }

    /// An id that no other form of this page has.
    pub fn next(&self) -> Uuid {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        Uuid::from_u128(id)
    }
}

impl Shell {
    /// The frame for somebody who has not signed in.
    #[must_use]
    pub fn outside(first_entry: Uuid) -> Self {
        Self {
            place: Place::Elsewhere,
            me: None,
            flash: None,
            demo: false,
            read_only: None,
            live: None,
            unseen: None,
            search: String::new(),
            entries: Entries::new(first_entry),
        }
    }

    /// The frame that samples use: Jon Eide, a rep, at `place`.
    #[must_use]
    pub fn sample(place: Place) -> Self {
        let me = Me {
            id: "1".into(),
            name: "Jon Eide".into(),
            initials: "JE".into(),
            role: "rep".into(),
            imports: true,
            admin: false,
            leads: false,
            told: true,
        };
        Self {
            place,
            me: Some(me),
            ..Self::outside(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000))
        }
    }

    /// How many notices are new, as it is shown: "3", "99+"; `None` where there are none.
    #[must_use]
    pub fn new_notices(&self) -> Option<String> {
        match self.unseen {
            None | Some(0) => None,
            Some(count @ 1..=99) => Some(count.to_string()),
            Some(_) => Some("99+".to_owned()),
        }
    }

    /// Whether the tab of `place` is lit.
    #[must_use]
    pub fn is_at(&self, place: Place) -> bool {
        self.place == place
    }
}
