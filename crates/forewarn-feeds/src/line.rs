//! One row of cells as an order line, by a profile.

mod cells;

use crate::cell;
use crate::dates::DateOrder;
use crate::field::Field;
use crate::headings::same_heading;
use crate::numbers::DecimalSign;
use crate::profile::Profile;
use crate::reader::SHOWN;
use crate::records::Record;
use crate::row::RowError;
use crate::status;
use crate::unreadable::Unreadable;
use cells::Wrong;
use forewarn_domain::amount::Amount;
use forewarn_domain::fact::{LineKey, LineStatus, OrderLine, StatedDate};

/// Reads rows of one report: the profile with its headings looked up.
pub(crate) struct LineReader {
    columns: [Option<usize>; Field::COUNT],
    headings: [String; Field::COUNT],
    orders: [DateOrder; Field::COUNT],
    signs: [DecimalSign; Field::COUNT],
    profile: Profile,
}

/// The line of a report that has none: one row an order.
const ONLY_LINE: &str = "1";

impl LineReader {
    /// Looks the profile's columns up among `headings`.
    pub(crate) fn new(headings: &[String], profile: &Profile) -> Result<Self, Unreadable> {
        let mut columns = [None; Field::COUNT];
        for (field, heading) in &profile.columns {
            let exact = headings.iter().position(|known| known == heading);
            let at = exact.or_else(|| headings.iter().position(|known| same_heading(known, heading)));
            columns[*field as usize] = Some(at.ok_or_else(|| Unreadable::ColumnMissing {
                missing: heading.clone(),
                field: *field,
                known: headings.to_vec(),
            })?);
        }
        let has = |field: Field| columns[field as usize].is_some();
        for field in [Field::Order, Field::Customer] {
            if !has(field) {
                return Err(Unreadable::FieldMissing { field });
            }
        }
        if !has(Field::Promised) && !has(Field::Expected) {
            return Err(Unreadable::FieldMissing { field: Field::Promised });
        }
        let name = |i: usize| columns[i].and_then(|at: usize| headings.get(at)).cloned().unwrap_or_default();
        Ok(Self {
            headings: std::array::from_fn(name),
            orders: std::array::from_fn(|i| profile.date_order(Field::ALL[i])),
            signs: std::array::from_fn(|i| profile.decimal(Field::ALL[i])),
            columns,
            profile: profile.clone(),
        })
    }

    /// The order line that `record` states, or all that is wrong with it.
    pub(crate) fn read(&self, record: &Record<'_>) -> Result<OrderLine, Vec<RowError>> {
        let mut row = RowInHand { reader: self, record, errors: Vec::new() };
        let line = row.line();
        if row.errors.is_empty() { Ok(line) } else { Err(row.errors) }
    }
}

/// One row being read.
struct RowInHand<'a> {
    reader: &'a LineReader,
    record: &'a Record<'a>,
    errors: Vec<RowError>,
}

impl RowInHand<'_> {
    fn line(&mut self) -> OrderLine {
        let mut line = OrderLine {
            key: LineKey {
                order: self.required(Field::Order),
                line: if self.is_mapped(Field::Line) {
                    self.required(Field::Line)
                } else {
                    ONLY_LINE.to_owned()
                },
                schedule: self.text(Field::Schedule).unwrap_or_default(),
            },
            customer: self.required(Field::Customer),
            contact: self.text(Field::Contact),
            phone: self.text(Field::Phone),
            email: self.text(Field::Email),
            owner: self.text(Field::Owner),
            item: self.text(Field::Item),
            description: self.text(Field::Description),
            quantity: self.number(Field::Quantity),
            unit: self.text(Field::Unit),
            value: self.number(Field::Value),
            currency: self.currency(),
            requested: self.date(Field::Requested),
            promised: self.date(Field::Promised),
            expected: self.date(Field::Expected),
            delivered: self.date(Field::Delivered),
            status: self.status(),
        };
        if self.number(Field::ConfirmedQuantity) == Some(Amount::whole(0)) {
            // SAP: a schedule line of which nothing is confirmed has a date that means nothing.
            let now = if self.is_mapped(Field::Expected) { &mut line.expected } else { &mut line.promised };
            *now = StatedDate::NoDate;
        }
        line
    }

    fn is_mapped(&self, field: Field) -> bool {
        self.reader.columns[field as usize].is_some()
    }

    fn cell(&self, field: Field) -> Option<&str> {
        self.reader.columns[field as usize].map(|index| self.record.get(index))
    }

    fn required(&mut self, field: Field) -> String {
        if let Some(text) = self.text(field) {
            return text;
        }
        if !self.errors.iter().any(|error| error.column == self.reader.headings[field as usize]) {
            self.wrong::<()>(field, cells::missing(field));
        }
        String::new()
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let text = cell::clean(self.cell(field)?);
        if text.len() > cell::LONGEST && text.chars().count() > cell::LONGEST {
            return self.wrong(field, cells::too_long());
        }
        if text.is_empty() { None } else { Some(text.into_owned()) }
    }

    fn number(&mut self, field: Field) -> Option<Amount> {
        let read = cells::number(self.cell(field)?, self.reader.signs[field as usize]);
        read.unwrap_or_else(|wrong| self.wrong(field, wrong))
    }

    fn currency(&mut self) -> Option<String> {
        let read = cells::currency(self.cell(Field::Currency)?);
        read.unwrap_or_else(|wrong| self.wrong(Field::Currency, wrong))
    }

    fn date(&mut self, field: Field) -> StatedDate {
        let Some(cell) = self.cell(field) else { return StatedDate::NotGiven };
        let read = cells::date(cell, self.reader.orders[field as usize], &self.reader.profile);
        read.unwrap_or_else(|wrong| self.wrong(field, wrong))
    }

    fn status(&self) -> LineStatus {
        let stated =
            self.cell(Field::Status).map_or(LineStatus::Open, |cell| status::read(&cell::clean(cell)));
        let held = self.cell(Field::Hold).is_some_and(|cell| status::is_held(&cell::clean(cell)));
        if stated == LineStatus::Open && held { LineStatus::OnHold } else { stated }
    }

    fn wrong<T: Default>(&mut self, field: Field, wrong: Wrong) -> T {
        self.errors.push(RowError {
            row: self.record.number,
            column: self.reader.headings[field as usize].clone(),
            found: cell::shorten(self.cell(field).unwrap_or_default(), SHOWN),
            expected: wrong.expected,
            fix: wrong.fix,
        });
        T::default()
    }
}
