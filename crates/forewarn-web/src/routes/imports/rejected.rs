//! The rejected rows of an import as a file, which the job has written.

use super::import;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use async_stream::try_stream;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use forewarn_domain::ids::ImportId;
use futures_util::Stream;
use std::io;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// `GET /imports/{id}/rejected.csv`
pub(super) async fn fetch(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<ImportId>,
) -> Result<Response, AppError> {
    let import = import(&state, &me, id).await?;
    let Ok(file) = File::open(state.uploads.join(format!("{id}.rejected.csv"))).await else {
        let why = "The rejected rows are not here any more: they are kept for 25 hours. Import the report again to see them.";
        return Err(AppError::refused(why, Vec::new(), format!("/imports/{id}")));
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", name(&import.file_name))),
    ];
    Ok((headers, Body::from_stream(chunks(file))).into_response())
}

const CHUNK: usize = 64 * 1024;

fn chunks(mut file: File) -> impl Stream<Item = io::Result<Bytes>> + Send {
    try_stream! {
        loop {
            let mut chunk = Vec::with_capacity(CHUNK);
            if file.read_buf(&mut chunk).await? == 0 {
                break;
            }
            yield Bytes::from(chunk);
        }
    }
}

/// `open-orders-rejected.csv`, in letters that every browser takes.
fn name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_ ".contains(c) { c } else { '_' };
    format!("{}-rejected.csv", stem.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn the_file_is_named_after_the_report() {
        assert_eq!(name("Open orders 09.11.csv"), "Open orders 09_11-rejected.csv");
        assert_eq!(name("a\"b\r\nü.xlsx"), "a_b___-rejected.csv");
    }
}
