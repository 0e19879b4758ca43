//! Anlagen: cipher texts that go to a file and come from it piece by piece.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{id, media_type, too_large, unsupported};
use crate::client::Grant;
use crate::dienst::Dienst;
use crate::einreichung::Anlage;
use crate::jwe::TAG_CHARS;
use crate::problem::Problem;
use crate::rest::einreichungen::own;

const MISSING: &str = "attachment-not-found";
const PIECE_BYTES: usize = 64 * 1024;

pub(super) async fn upload(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path((name, anlage)): Path<(String, String)>,
    request: Request,
) -> Result<StatusCode, Problem> {
    if media_type(request.headers()) != "application/jose" {
        return Err(unsupported());
    }
    let not_announced =
        || Problem::unprocessable("attachment-not-announced", "it was not announced");
    let anlage = id(&anlage, MISSING).map_err(|_| not_announced())?;
    // 404 is not among the answers of this one.
    let unknown = |_| Problem::bad("there is no such submission");
    let einreichung = id(&name, MISSING).map_err(unknown)?;
    let announced =
        own(&mut dienst.book().einreichungen, &grant, &name)?.announced.contains(&anlage);
    if !announced {
        return Err(not_announced());
    }
    let path = dienst.folder.path().join(format!("{einreichung}.{anlage}"));
    let received = receive(&path, request.into_body(), dienst.anlage_bytes_max).await?;
    let it = Anlage { path, bytes: received.bytes, tag: received.tag()? };
    own(&mut dienst.book().einreichungen, &grant, &name)?.anlagen.insert(anlage, it);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn fetch(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path((name, anlage)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (path, bytes) = {
        let book = dienst.book();
        let it = book.einreichungen.get(&id(&name, MISSING)?);
        let it = it.ok_or_else(|| Problem::missing("submission-not-found"))?;
        Grant::demand(grant.may_subscribe(it.zustellpunkt), "fetch from this destination")?;
        let found = it.anlagen.get(&id(&anlage, MISSING)?).filter(|_| it.can_be_fetched());
        let found = found.ok_or_else(|| Problem::missing(MISSING))?;
        (found.path.clone(), found.bytes)
    };
    let file = File::open(path).await.map_err(|error| Problem::internal(&error))?;
    let pieces = stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE_BYTES];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, file)))
    });
    let headers =
        [(CONTENT_TYPE, "application/jose".to_owned()), (CONTENT_LENGTH, bytes.to_string())];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// What came, as far as a JWE has to be looked at without being held as a whole.
#[derive(Default)]
struct Received {
    bytes: u64,
    dots: usize,
    /// What stands behind the last dot so far.
    last: Vec<u8>,
    foreign: bool,
}

impl Received {
    fn look_at(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        for byte in piece {
            match byte {
                b'.' => {
                    self.dots += 1;
                    self.last.clear();
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {
                    if self.dots == 4 && self.last.len() <= TAG_CHARS {
                        self.last.push(*byte);
                    }
                }
                _ => self.foreign = true,
            }
        }
    }

    fn tag(self) -> Result<String, Problem> {
        let whole = self.dots == 4 && self.last.len() == TAG_CHARS && !self.foreign;
        let tag = String::from_utf8(self.last).ok().filter(|_| whole);
        tag.ok_or_else(|| Problem::bad("this is no compact JWE"))
    }
}

async fn receive(
    path: &std::path::Path,
    body: Body,
    bytes_max: usize,
) -> Result<Received, Problem> {
    let failed = |error: std::io::Error| Problem::internal(&error);
    let mut file = File::create(path).await.map_err(failed)?;
    let mut received = Received::default();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Problem::bad("the upload broke off"))?;
        received.look_at(&piece);
        if received.bytes > bytes_max as u64 {
            return Err(too_large());
        }
        file.write_all(&piece).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)?;
    Ok(received)
}
