//! Halvorsen Marine: a key customer who was let down once this autumn, told of it in time, and has to be told
//! again.

use super::talk::talk;
use super::{Scene, Teller};
use crate::demo::causes::{CASTINGS, SEALS};
use crate::demo::deeds::{By, Deed};
use crate::demo::orders::{Line, key};
use crate::demo::timeline::What;
use forewarn_domain::evidence::{Cause, Outlook};
use forewarn_domain::severity::{Impact, Temperature};
use forewarn_domain::text::{CustomerText, InternalText};
use jiff::ToSpan as _;

const CUSTOMER: &str = "Halvorsen Marine";

/// A line that moved twice.
struct Twice {
    /// Order and line.
    key: (u32, u32),
    item: &'static str,
    quantity: i64,
    /// Working days from today until the date they were told last.
    told: i32,
    /// Calendar days by which it has moved since.
    again: i32,
}

const LINES: [Twice; 6] = [
    Twice { key: (44_710, 10), item: "NP-40", quantity: 40, told: 4, again: 21 },
    Twice { key: (44_710, 20), item: "SK-40", quantity: 40, told: 4, again: 21 },
    Twice { key: (44_728, 10), item: "NB-150", quantity: 4, told: 6, again: 14 },
    Twice { key: (44_728, 20), item: "BV-80", quantity: 24, told: 6, again: 14 },
    Twice { key: (44_728, 30), item: "CV-65", quantity: 24, told: 8, again: 11 },
    Twice { key: (44_751, 10), item: "NP-65", quantity: 6, told: 9, again: 9 },
];

impl Teller {
    /// Six lines of three orders: told two weeks ago, and moved again since, by up to three weeks.
    pub(super) fn halvorsen(&mut self) {
        self.back_to_business(&scene(44_102, &[("MS-40", 30), ("SK-65", 6)], &SEALS));
        for Twice { key, item, quantity, told, again } in LINES {
            let first = self.days.day(told - 12);
            let told = self.days.ahead(told);
            let now = told.saturating_add(again.days());
            let line = Line::new(CUSTOMER, key, item, quantity, first);
            self.told.lines.push(line.moved(12, Some(told)).moved(1, Some(now)));
        }
        self.first_round();
        self.second_round();
    }

    fn first_round(&mut self) {
        let scene = scene(44_710, &[], &CASTINGS);
        for Twice { key, told, .. } in LINES {
            self.states(key, self.days.at(12, 14, 20), Outlook::Firm { on: self.days.ahead(told) });
        }
        let calls = vec![Deed::Feel(Temperature::Concerned)];
        self.rep(&scene, self.days.at(11, 9, 5), [self.prepared(&scene, 11), calls].concat());
        self.rep(&scene, self.days.at(11, 10, 30), talk(&scene, By::Phone, Some(self.days.at(9, 10, 0))));
        let need = Deed::CallLeader(
            "Anna wants to hear from someone above me that the pumps come. Five minutes on the phone would do.",
        );
        self.rep(&scene, self.days.at(11, 11, 0), vec![need]);
        let keep = Deed::KeepWord { by: By::Phone, then: Some(self.days.at(4, 10, 0)) };
        self.rep(&scene, self.days.at(9, 9, 55), vec![keep, Deed::Feel(Temperature::Upset)]);
        let keep = Deed::KeepWord { by: By::Visit, then: Some(self.days.next_day(10, 0)) };
        self.rep(&scene, self.days.at(4, 9, 50), vec![keep]);
    }

    fn second_round(&mut self) {
        let scene = scene(44_710, &[], &CASTINGS);
        for Twice { key, told, again, .. } in LINES.into_iter().take(2) {
            let on = self.days.ahead(told).saturating_add(again.days());
            self.states(key, self.days.at(1, 16, 50), Outlook::Firm { on });
        }
        let heard = vec![
            Deed::Hear(
                "Anna called about the crane: \"If these pumps move once more, I want Kari here, not a phone call.\"",
            ),
            Deed::Feel(Temperature::Furious),
        ];
        self.rep(&scene, self.days.at(1, 16, 55), heard);
    }

    fn states(&mut self, (order, line): (u32, u32), at: jiff::Timestamp, outlook: Outlook) {
        let cause = Cause {
            internal: InternalText::new(CASTINGS.internal),
            customer: CASTINGS.customer.and_then(CustomerText::new),
        };
        self.happens(at, What::Supply { line: key(order, line), outlook, cause });
    }
}

fn scene(
    order: u32,
    items: &'static [(&'static str, i64)],
    cause: &'static crate::demo::causes::Known,
) -> Scene {
    Scene {
        customer: CUSTOMER,
        order,
        items,
        cause,
        words: "\"The yard slot is booked and the crane is paid. What do I tell the owners?\"",
        felt: Temperature::Upset,
        hit: Impact::TheirCustomers,
        hour: 10,
    }
}
