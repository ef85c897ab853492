//! What has happened with whom: the lines that slipped, what supply said of them, and what the reps did.

mod away;
mod cast;
mod earlier;
mod halvorsen;
mod kept;
mod led;
mod talk;
mod untold;

use super::causes::Known;
use super::days::Days;
use super::deeds::Deed;
use super::orders::{Line, key};
use super::timeline::{Happening, What};
use forewarn_domain::evidence::{Cause, Outlook};
use forewarn_domain::severity::{Impact, Temperature};
use forewarn_domain::text::{CustomerText, InternalText};
use jiff::Timestamp;
use jiff::civil::Date;

/// All stories.
pub(super) fn all(days: &Days) -> Told {
    let mut teller = Teller { days: days.clone(), told: Told::default() };
    teller.halvorsen();
    for (plot, scene) in cast::scenes() {
        plot(&mut teller, scene);
    }
    teller.led();
    teller.absences();
    teller.told
}

/// What the stories need of the reports, and of the people.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) lines: Vec<Line>,
    pub(super) happenings: Vec<Happening>,
}

/// Where a story plays.
#[derive(Debug)]
struct Scene {
    customer: &'static str,
    order: u32,
    /// Item numbers and quantities, a line each.
    items: &'static [(&'static str, i64)],
    cause: &'static Known,
    /// What the contact says, in their own words.
    words: &'static str,
    felt: Temperature,
    hit: Impact,
    /// When the rep calls, by the company's clock.
    hour: i64,
}

/// A way in which a story can go.
type Plot = fn(&mut Teller, &Scene);

/// Tells the stories.
struct Teller {
    days: Days,
    told: Told,
}

impl Teller {
    /// The lines of a scene, promised for `promised`, each with the same way through the reports.
    fn lines(&mut self, scene: &Scene, promised: Date, way: impl Fn(Line) -> Line) {
        for (number, (item, quantity)) in (1..).zip(scene.items) {
            let line = Line::new(scene.customer, (scene.order, number * 10), item, *quantity, promised);
            self.told.lines.push(way(line));
        }
    }

    /// The supply owner states the same of all lines of a scene.
    fn supply(&mut self, scene: &Scene, at: Timestamp, outlook: Outlook) {
        for number in 1..=scene.items.len() {
            let line = key(scene.order, u32::try_from(number).unwrap_or(1) * 10);
            let cause = Cause {
                internal: InternalText::new(scene.cause.internal),
                customer: scene.cause.customer.and_then(CustomerText::new),
            };
            self.happens(at, What::Supply { line, outlook, cause });
        }
    }

    /// The rep does something about the open case.
    fn rep(&mut self, scene: &Scene, at: Timestamp, deeds: Vec<Deed>) {
        self.happens(at, What::Rep { customer: scene.customer, deeds });
    }

    fn happens(&mut self, at: Timestamp, what: What) {
        self.told.happenings.push(Happening { at, what });
    }
}
