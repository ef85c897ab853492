//! Which date is which. Most systems hold one mutable date: as it was first seen, it is the promise.

use super::{Confidence, Question, SAYS_SO, Search, confidence};
use crate::dates::DateFinding;
use crate::field::Field;
use crate::survey::ColumnKind;

impl Search<'_> {
    /// The four dates.
    pub(super) fn dates(&mut self) {
        self.named(Field::Promised);
        self.named(Field::Requested);
        self.named(Field::Delivered);
        self.promise_by_default();
        self.any(Field::Expected);
        self.only_date_is_the_promise();
        self.any(Field::Delivered);
        self.ask_for_orders();
    }

    /// Picks a column whose heading says that it is `field`; asks when several do.
    fn named(&mut self, field: Field) {
        if self.best(field).is_some_and(|(level, _)| level >= SAYS_SO) {
            self.any(field);
        }
    }

    /// Picks the best column for `field`; asks when several are equally good.
    fn any(&mut self, field: Field) {
        if self.has(field) {
            return;
        }
        let Some((level, columns)) = self.best(field) else { return };
        match columns[..] {
            [column] => self.pick(field, column, confidence(level)),
            _ if matches!(field, Field::Promised | Field::Expected) => self.ask_which(field, &columns),
            [first, ..] => self.pick(field, first, Confidence::LooksLike),
            [] => {}
        }
    }

    /// Without a date that is called promised: "Delivery Date" is it; "Scheduled Delivery Date" too, unless
    /// it is the only one that can be the expected date beside a better promise.
    fn promise_by_default(&mut self) {
        let asked = self.suggestion.questions.iter().any(|q| q.field() == Field::Promised);
        if !self.has(Field::Promised) && !self.has(Field::Expected) && !asked {
            self.any(Field::Promised);
        }
    }

    /// "I have only one date": then today's is the promise, and the next report is watched.
    fn only_date_is_the_promise(&mut self) {
        let asked = self.suggestion.questions.iter().any(|q| q.field().is_date());
        if asked || self.has(Field::Promised) {
            return;
        }
        for field in [Field::Expected, Field::Requested] {
            if self.fixed.contains_key(&field) {
                continue;
            }
            if let Some(pick) = self.suggestion.picks.get(&field) {
                let column = pick.column;
                self.suggestion.picks.remove(&field);
                return self.pick(Field::Promised, column, Confidence::LooksLike);
            }
        }
    }

    fn ask_for_orders(&mut self) {
        for (field, pick) in self.suggestion.picks.clone() {
            let Some(column) = self.columns.get(pick.column).filter(|_| field.is_date()) else { continue };
            if let ColumnKind::Dates { order: DateFinding::Ambiguous(orders), .. } = &column.kind {
                self.suggestion.questions.push(Question::DateOrder {
                    field,
                    column: column.heading.clone(),
                    example: column.samples.first().cloned().unwrap_or_default(),
                    orders: orders.clone(),
                });
            }
        }
    }
}
