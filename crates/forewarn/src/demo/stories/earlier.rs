//! Stories of last month, which ended well: told at once, or not at once. They make the picture on Team.

use super::talk::{back_to_business, talk};
use super::{Scene, Teller};
use crate::demo::deeds::{By, Deed};
use forewarn_domain::evidence::Outlook;

/// The report that showed the slip, by the working days that it lies before the newest.
const KNOWN: i32 = 30;

impl Teller {
    /// Told on the day on which supply confirmed it.
    pub(super) fn told_at_once(&mut self, scene: &Scene) {
        self.told_after(scene, 0, By::Phone);
    }

    /// Told on the next day.
    pub(super) fn told_on_the_next_day(&mut self, scene: &Scene) {
        self.told_after(scene, 1, By::Phone);
    }

    /// Written on the next day, as the customer wishes.
    pub(super) fn written_on_the_next_day(&mut self, scene: &Scene) {
        self.told_after(scene, 1, By::Email);
    }

    /// Told when the week was nearly over.
    pub(super) fn told_days_later(&mut self, scene: &Scene) {
        self.told_after(scene, 3, By::Phone);
    }

    /// Told a week later.
    pub(super) fn told_a_week_later(&mut self, scene: &Scene) {
        self.told_after(scene, 5, By::Phone);
    }

    /// Told when the promised day was over.
    pub(super) fn told_too_late(&mut self, scene: &Scene) {
        self.told_after(scene, 8, By::Phone);
    }

    fn told_after(&mut self, scene: &Scene, days: i32, by: By) {
        let (promised, arrived) = (self.days.day(7 - KNOWN), self.days.day(13 - KNOWN));
        self.lines(scene, promised, |line| line.moved(KNOWN, Some(arrived)).arrived(15, arrived));
        self.supply(scene, self.days.at(KNOWN, 13, 40), Outlook::Firm { on: arrived });
        let told_on = KNOWN - days;
        let hour = if days == 0 { 15 } else { scene.hour };
        let deeds = [self.prepared(scene, told_on), talk(scene, by, None)].concat();
        self.rep(scene, self.days.at(told_on, hour, 10), deeds);
        self.rep(scene, self.days.at(14, scene.hour, 0), vec![Deed::Confirm]);
        let deeds = back_to_business("The order desk asks the supplier two weeks ahead now.");
        self.rep(scene, self.days.at(13, scene.hour, 30), deeds);
    }
}
