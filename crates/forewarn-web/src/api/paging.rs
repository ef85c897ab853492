//! Lists a page at a time, by cursors that hold still while rows are added.

use crate::error::AppError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_store::Page;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Rows on a page, unless said otherwise.
const USUAL: u32 = 50;
/// The most rows of a page.
const MOST: u32 = 200;

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paging {
    /// How many rows, 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200, example = 50)]
    pub(crate) limit: Option<u32>,
    /// The `next` of the page before; none for the first.
    pub(crate) cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PageOf<T> {
    /// The rows.
    pub(crate) items: Vec<T>,
    /// The `cursor` of the page after this one; none at the end.
    pub(crate) next: Option<String>,
}

impl Paging {
    /// How many rows, and after which.
    ///
    /// # Errors
    /// A limit outside of 1 to 200, or a cursor that is none.
    pub(crate) fn read(&self) -> Result<(u32, Option<String>), AppError> {
        page(self.limit, self.cursor.as_deref())
    }
}

/// The same for lists that are filtered, too.
///
/// # Errors
/// A limit outside of 1 to 200, or a cursor that is none.
pub(crate) fn page(limit: Option<u32>, cursor: Option<&str>) -> Result<(u32, Option<String>), AppError> {
    let limit = limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(AppError::invalid(format!("limit is {limit}. Ask for 1 to {MOST} rows at a time.")));
    }
    let after = cursor.map(|cursor| {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        text.strip_prefix(MARK).filter(|text| !text.contains('\0')).map(str::to_owned)
    });
    let none =
        || AppError::invalid("This cursor is none. Send the “next” of the page before as it is, or nothing.");
    match after {
        None => Ok((limit, None)),
        Some(after) => after.map(|after| (limit, Some(after))).ok_or_else(none),
    }
}

impl<T> PageOf<T> {
    /// A page of the store as a program sees it.
    pub(crate) fn of<R>(page: Page<R>, row: impl FnMut(R) -> T) -> Self {
        let next = page.next.map(|after| URL_SAFE_NO_PAD.encode(format!("{MARK}{after}")));
        Self { items: page.rows.into_iter().map(row).collect(), next }
    }
}

/// What a cursor begins with, so that nothing else is taken for one.
const MARK: &str = "after:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_given_and_nothing_else_is_one() {
        let rows = Page { rows: vec![1, 2], next: Some("2026-11-27 9".to_owned()) };
        let cursor = PageOf::of(rows, |row| row).next.unwrap();
        assert_eq!(page(None, Some(&cursor)).unwrap(), (50, Some("2026-11-27 9".to_owned())));
        for none in ["", "%%", "MjAyNi0xMS0yNyA5", "2026-11-27 9"] {
            assert!(page(None, Some(none)).is_err(), "{none}");
        }
        for limit in [0, 201] {
            assert!(page(Some(limit), None).is_err(), "{limit}");
        }
    }
}
