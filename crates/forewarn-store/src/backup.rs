//! Taking all data out of a database and putting it into another: the rows of every table as they were at one
//! moment, in a form that either engine reads.
//!
//! A backup goes by what the database says about its own tables, so that a table which is added later is in it
//! without anybody thinking of it.

mod left_out;
mod restoring;
mod snapshot;

pub use left_out::{LEFT_OUT, LeftOut};
pub use restoring::{RestoreFailed, Restored, Restoring};
pub use snapshot::{Snapshot, SnapshotTable};
