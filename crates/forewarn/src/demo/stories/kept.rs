//! Stories in which the customer knows, and we keep our word, or don't.

use super::talk::{back_to_business, short_talk, talk};
use super::{Scene, Teller};
use crate::demo::deeds::{By, Deed};
use forewarn_domain::case::Outcome;
use forewarn_domain::evidence::Outlook;
use forewarn_domain::severity::Temperature;
use jiff::Timestamp;
use jiff::civil::Date;

impl Teller {
    /// Told on the phone; one next word was kept, another is due.
    pub(super) fn word_due(&mut self, scene: &Scene) {
        self.told(scene, By::Phone, Some(self.days.at(3, scene.hour + 1, 0)));
        let keep = Deed::KeepWord { by: By::Phone, then: Some(self.days.soon()) };
        self.rep(scene, self.days.at(3, scene.hour, 40), vec![keep, Deed::Feel(Temperature::Calm)]);
    }

    /// Told on the phone in a hurry; the next word was forgotten.
    pub(super) fn word_missed(&mut self, scene: &Scene) {
        self.slipped(scene);
        let deeds = short_talk(scene, By::Phone, Some(self.days.at(1, 15, 0)));
        let deeds = [self.prepared(scene, 5), deeds].concat();
        self.rep(scene, self.days.at(5, scene.hour, 10), deeds);
    }

    /// Told face to face.
    pub(super) fn visited(&mut self, scene: &Scene) {
        self.told(scene, By::Visit, Some(self.days.at(-2, scene.hour, 0)));
    }

    /// Told by e-mail first, as the customer wishes.
    pub(super) fn written_to(&mut self, scene: &Scene) {
        self.slipped(scene);
        let tell = Deed::Tell { by: By::Email, next_word: Some(self.days.next_day(11, 0)) };
        let deeds = [self.prepared(scene, 5), vec![tell]].concat();
        self.rep(scene, self.days.at(5, scene.hour, 10), deeds);
    }

    /// Told that there is no date, with a next word every other day.
    pub(super) fn told_without_a_date(&mut self, scene: &Scene) {
        self.lines(scene, self.days.ahead(8), |line| line.moved(6, None));
        self.supply(scene, self.days.at(6, 13, 40), Outlook::NoDate);
        let deeds = talk(scene, By::Phone, Some(self.days.at(3, scene.hour + 1, 0)));
        let deeds = [self.prepared(scene, 5), deeds].concat();
        self.rep(scene, self.days.at(5, scene.hour, 10), deeds);
        let keep = Deed::KeepWord { by: By::Phone, then: Some(self.days.at(1, scene.hour + 1, 0)) };
        self.rep(scene, self.days.at(3, scene.hour, 55), vec![keep]);
        let keep = Deed::KeepWord { by: By::Phone, then: Some(self.days.next_day(10, 0)) };
        self.rep(scene, self.days.at(1, scene.hour, 45), vec![keep, Deed::Feel(Temperature::Concerned)]);
    }

    /// Told, and then the date came forward again: good news to tell.
    pub(super) fn better_news(&mut self, scene: &Scene) {
        let promised = self.days.ahead(9);
        let (late, better) = (self.days.after(promised, 8), self.days.after(promised, 1));
        self.lines(scene, promised, |line| line.moved(8, Some(late)).moved(2, Some(better)));
        self.supply(scene, self.days.at(8, 13, 40), Outlook::Firm { on: late });
        let deeds = [self.prepared(scene, 7), talk(scene, By::Phone, None)].concat();
        self.rep(scene, self.days.at(7, scene.hour, 10), deeds);
    }

    /// Told and arrived; nobody has asked them yet whether all is well.
    pub(super) fn arrived(&mut self, scene: &Scene) {
        let on = self.days.day(-2);
        self.came_late(scene, (12, self.days.day(-9)), (1, on));
    }

    /// Told and arrived, and they have confirmed it; the case is still to be closed.
    pub(super) fn arrived_and_confirmed(&mut self, scene: &Scene) {
        let on = self.days.day(-4);
        self.came_late(scene, (12, self.days.day(-9)), (3, on));
        let deeds = vec![Deed::Confirm, Deed::Feel(Temperature::Calm)];
        self.rep(scene, self.days.at(1, scene.hour, 30), deeds);
    }

    /// A case of last month that ended well.
    pub(super) fn back_to_business(&mut self, scene: &Scene) {
        self.came_late(scene, (30, self.days.day(-27)), (20, self.days.day(-21)));
        self.rep(scene, self.days.at(20, scene.hour, 0), vec![Deed::Confirm]);
        let deeds = back_to_business("The planner sees the stock of this item every Monday now.");
        self.rep(scene, self.days.at(19, scene.hour, 30), deeds);
    }

    /// Slipped, firm, told and accepted a week ago.
    fn told(&mut self, scene: &Scene, by: By, next_word: Option<Timestamp>) {
        self.slipped(scene);
        let tried = vec![Deed::Try(Outcome::NoAnswer)];
        self.rep(scene, self.days.at(6, 14, 30), [self.prepared(scene, 6), tried].concat());
        self.rep(scene, self.days.at(5, scene.hour, 10), talk(scene, by, next_word));
    }

    /// Moved in a report six working days ago, and confirmed on the same day.
    fn slipped(&mut self, scene: &Scene) {
        let promised = self.days.ahead(7);
        let late = self.days.after(promised, 7);
        self.lines(scene, promised, |line| line.moved(6, Some(late)));
        self.supply(scene, self.days.at(6, 13, 40), Outlook::Firm { on: late });
    }

    /// Slipped, told on the day after, and arrived on the new date.
    fn came_late(
        &mut self,
        scene: &Scene,
        (slipped, promised): (i32, Date),
        (reported, arrived): (i32, Date),
    ) {
        self.lines(scene, promised, |line| line.moved(slipped, Some(arrived)).arrived(reported, arrived));
        self.supply(scene, self.days.at(slipped, 13, 40), Outlook::Firm { on: arrived });
        let deeds = [self.prepared(scene, slipped - 1), talk(scene, By::Phone, None)].concat();
        self.rep(scene, self.days.at(slipped - 1, scene.hour, 10), deeds);
    }
}
