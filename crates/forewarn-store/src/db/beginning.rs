//! Beginning a transaction in a way that nobody can leave halfway.

use crate::error::Result;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionOptions, TransactionTrait as _};

/// Begins a transaction, in a task of its own that ends it again if nobody waits for it any more.
///
/// Whoever asks may stop waiting at any moment, as a page does whose reader has gone. A BEGIN of which nobody has read
/// the answer would leave its connection inside of a transaction that nobody ends, and would hand it to the next one
/// (sqlx 0.9.0 on PostgreSQL, its issue 4393).
pub(super) async fn begin(
    on: &DatabaseConnection,
    options: TransactionOptions,
) -> Result<DatabaseTransaction> {
    let on = on.clone();
    let beginning = tokio::spawn(async move { on.begin_with_options(options).await });
    let begun = beginning.await.unwrap_or_else(|stopped| Err(DbErr::Custom(stopped.to_string())));
    Ok(begun?)
}
