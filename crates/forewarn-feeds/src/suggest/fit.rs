//! Does the data of a column bear out what its heading says?

use crate::field::Field;
use crate::survey::{Column, ColumnKind};
use crate::synonyms::Level;

/// The level of `column` as `field` after a look at its data; `None` when it can't be that field.
pub(super) fn level(field: Field, level: Level, column: &Column) -> Option<Level> {
    let kind = &column.kind;
    if *kind == ColumnKind::Empty {
        // An empty column of the right name is that column, but one with values comes first.
        return (level > 2).then_some(if field.is_date() { 2 } else { 1 });
    }
    let dates = matches!(kind, ColumnKind::Dates { .. });
    let numbers = matches!(kind, ColumnKind::Numbers(_));
    let fits = match field {
        Field::Requested | Field::Promised | Field::Expected | Field::Delivered => dates,
        Field::Quantity | Field::Value | Field::ConfirmedQuantity => numbers,
        Field::Unit | Field::Currency | Field::Status | Field::Contact => !dates && !numbers,
        Field::Email => column.samples.iter().any(|sample| sample.contains('@')),
        _ => !dates,
    };
    fits.then_some(level)
}
