//! On a real folder, where the router's tests use memory.

use kontor_domain::{MandantId, PersonId};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

const CHUNK: usize = 4 << 20;

fn documents(folder: &TempDir) -> Documents {
    Documents::new(super::folder(folder.path()).unwrap())
}

fn upload(bytes: &[u8]) -> Upload {
    Upload {
        mandant: MandantId::new(Uuid::from_u128(1)),
        person: PersonId::new(Uuid::from_u128(2)),
        hash: DocumentHash::from_bytes(Sha256::digest(bytes).into()),
    }
}

async fn put(documents: &Documents, upload: &Upload, bytes: &[u8]) {
    for (number, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
        documents.put_chunk(upload, number, Bytes::copy_from_slice(chunk)).await.unwrap();
    }
}

async fn read(documents: &Documents, upload: &Upload) -> Vec<u8> {
    let mut stream = documents.read(upload.mandant, upload.hash, None).await.unwrap();
    let mut all = Vec::new();
    while let Some(piece) = stream.try_next().await.unwrap() {
        all.extend_from_slice(&piece);
    }
    all
}

/// Longer than what the object store is given at once, and not a multiple of it.
fn long() -> Vec<u8> {
    (0_u32..5_000_000).flat_map(u32::to_le_bytes).collect()
}

#[tokio::test]
async fn long_and_short_documents_come_back_as_they_were() {
    let folder = TempDir::new().unwrap();
    let documents = documents(&folder);
    let exact = vec![7; 2 * CHUNK];
    for bytes in [long(), exact, b"kurz".to_vec(), Vec::new()] {
        let upload = upload(&bytes);
        put(&documents, &upload, &bytes).await;
        documents.publish(&upload, bytes.len() as u64, CHUNK as u64).await.unwrap();
        assert!(read(&documents, &upload).await == bytes);
        assert!(documents.is_intact(upload.mandant, upload.hash).await.unwrap());
        let size = documents.size(upload.mandant, upload.hash).await.unwrap();
        assert_eq!(size, Some(bytes.len() as u64));
    }
}

#[tokio::test]
async fn a_long_document_with_another_hash_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let documents = documents(&folder);
    let bytes = long();
    let upload = Upload { hash: DocumentHash::from_bytes([0; 32]), ..upload(&bytes) };
    put(&documents, &upload, &bytes).await;
    let refused = documents.publish(&upload, bytes.len() as u64, CHUNK as u64).await;
    assert!(matches!(refused, Err(DocumentError::HashMismatch)));
    assert!(documents.received(&upload).await.unwrap().is_empty());
    assert!(documents.hashes(upload.mandant).await.unwrap().is_empty());
    let files = std::fs::read_dir(folder.path().join("documents").join(upload.mandant.to_string()));
    assert_eq!(files.map_or(0, Iterator::count), 0);
}

#[tokio::test]
async fn a_copy_is_checked_on_the_way() {
    let (from, to) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (source, target) = (documents(&from), documents(&to));
    let bytes = long();
    let upload = upload(&bytes);
    put(&source, &upload, &bytes).await;
    source.publish(&upload, bytes.len() as u64, CHUNK as u64).await.unwrap();
    target.copy_from(&source, upload.mandant, upload.hash).await.unwrap();
    assert_eq!(target.hashes(upload.mandant).await.unwrap(), [upload.hash]);
    // One byte of the original changes on its disk.
    let file = from.path().join(format!("documents/{}/{}", upload.mandant, upload.hash));
    let mut damaged = std::fs::read(&file).unwrap();
    damaged[1_000_000] ^= 1;
    std::fs::write(&file, damaged).unwrap();
    assert!(!source.is_intact(upload.mandant, upload.hash).await.unwrap());
    let third = TempDir::new().unwrap();
    let refused = documents(&third).copy_from(&source, upload.mandant, upload.hash).await;
    assert!(matches!(refused, Err(DocumentError::HashMismatch)));
}

#[tokio::test]
async fn only_old_chunks_expire() {
    let folder = TempDir::new().unwrap();
    let documents = documents(&folder);
    let upload = upload(b"Anfang");
    put(&documents, &upload, b"Anfang").await;
    assert_eq!(documents.open_bytes(upload.mandant, upload.person).await.unwrap(), 6);
    assert_eq!(documents.expire(Moment::from_unix_ms(0)).await.unwrap(), 0);
    assert_eq!(documents.expire(Moment::from_unix_ms(i64::MAX)).await.unwrap(), 1);
    assert_eq!(documents.open_bytes(upload.mandant, upload.person).await.unwrap(), 0);
}
