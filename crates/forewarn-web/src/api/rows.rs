//! Pages of short lists that are read as a whole.

use super::paging::{PageOf, Paging};
use crate::error::AppError;
use forewarn_store::Page;

/// The rows with a number above that of the cursor, by number.
///
/// # Errors
/// A limit or a cursor that is none.
pub(super) fn page<R, T>(
    mut rows: Vec<R>,
    number: impl Fn(&R) -> i64,
    paging: &Paging,
    row: impl FnMut(R) -> T,
) -> Result<PageOf<T>, AppError> {
    let (limit, after) = paging.read()?;
    let after = after.and_then(|after| after.parse().ok()).unwrap_or(i64::MIN);
    rows.retain(|row| number(row) > after);
    rows.sort_by_key(|row| number(row));
    Ok(PageOf::of(cut(rows, limit, |last| number(last).to_string()), row))
}

/// The first so many of rows that are all there.
pub(super) fn cut<R>(mut rows: Vec<R>, limit: u32, after: impl Fn(&R) -> String) -> Page<R> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(after);
    Page { rows, next }
}
