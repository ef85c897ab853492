//! What the leaders did about it: they asked, joined, and looked whether the record is true.

use super::Teller;
use crate::demo::deeds::Deed;
use crate::demo::timeline::What;
use forewarn_domain::case::{CheckedWith, Finding};
use jiff::Timestamp;

impl Teller {
    /// Kari asks twice, and is answered once; Henrik asks, too. Both look at a telling.
    pub(super) fn led(&mut self) {
        let ask = "What do you need to make this call?";
        self.leader("Vestland Offshore Supply", self.days.recent(50), Deed::Ask(ask));
        self.leader("Narvik Havn", self.days.at(1, 9, 30), Deed::Ask(ask));
        let answer = "A date from the terminal that I can stand behind. They answer tomorrow; then I call.";
        self.happens(
            self.days.at(1, 14, 5),
            What::Rep { customer: "Narvik Havn", deeds: vec![Deed::AnswerLeader(answer)] },
        );
        self.leader(
            "Houston Flow Services",
            self.days.at(1, 15, 50),
            Deed::Ask("Shall we call together at four?"),
        );
        self.leader("Houston Flow Services", self.days.at(1, 15, 51), Deed::Join);
        self.leader("Halvorsen Marine", self.days.recent(30), Deed::Join);
        let check = |with, finding, note| Deed::SpotCheck { with, finding, note };
        self.leader(
            "Østfold Papir",
            self.days.at(2, 13, 0),
            check(CheckedWith::Customer, Finding::Differs, "he understood week 2 and has it in writing now"),
        );
        self.leader(
            "Kiel Schiffstechnik",
            self.days.at(3, 11, 0),
            check(CheckedWith::Rep, Finding::AsRecorded, "they went through the recap together"),
        );
    }

    fn leader(&mut self, customer: &'static str, at: Timestamp, deed: Deed) {
        self.happens(at, What::Leader { customer, deeds: vec![deed] });
    }
}
