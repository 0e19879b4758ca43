//! Verified → decrypted: checks 6 to 12. What passes lies among the documents afterwards.
//!
//! An Anlage is read twice: once to prove it, without keeping anything, and once to keep it under the
//! name of its bytes. So nothing unproved is ever written, and no Anlage is ever in memory as a whole.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use kontor_domain::{Dateiname, DocumentHash, Medientyp};
use kontor_fit_connect::checks::events::Submitted;
use kontor_fit_connect::checks::{Verdict, anlagen, content, offer};
use kontor_fit_connect::hash::ContentHash;
use kontor_fit_connect::jwe::{self, AuthTag, Opening};
use kontor_fit_connect::key::KeyRing;
use kontor_fit_connect::metadata::{Anlage, DataType, Metadata, Purpose};
use kontor_fit_connect::port::Zustellpunkt;
use kontor_fit_connect::vocabulary::{Instance, ProblemKind};
use kontor_fit_connect::{AnlageId, EinreichungId};
use sha2::{Digest as _, Sha256, Sha512};

use super::commit::portal;
use super::evidence::anlage as evidence_of;
use super::record::{Antrag, Unterlage};
use super::{Intake, Known, Record, Step, Stop};
use crate::documents::{DocumentError, Writer};
use crate::storage::DocumentRow;

/// How much of a file is looked at to see what it is.
const HEAD_BYTES: usize = 8192;
const METADATA_BYTES_MAX: u64 = 4 << 20;

type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// What is known of an Anlage once all of it was read.
struct Proved {
    content: ContentHash,
    document: DocumentHash,
    size_bytes: u64,
    head: Vec<u8>,
}

impl Intake {
    pub(super) async fn open(
        &self,
        id: EinreichungId,
        record: &Record,
        known: &Known,
        submitted: &Submitted,
    ) -> Result<Step, Stop> {
        let kept = self.kept(id).await?;
        let keys = self.ring(record.zustellpunkt)?;
        let offer = known.offers.get(&record.zustellpunkt).ok_or(Stop::Later(None))?;

        let sealed = kept.metadata.as_deref().unwrap_or_default();
        let opened = jwe::open(sealed, keys, METADATA_BYTES_MAX);
        let bytes = content::decrypted(opened, Instance::Metadata)?;
        let metadata = content::metadata(&bytes, &self.parts.vocabulary)?;
        let data = self.data(kept.data.as_deref(), keys, &metadata)?;
        anlagen::described(&kept.anlagen, &metadata)?;
        offer::service(&kept, &metadata, offer)?;
        offered(&metadata, data.as_deref(), offer)?;

        let mut papers = Vec::new();
        for (number, anlage) in metadata.anlagen.iter().enumerate() {
            papers.push(self.keep(id, keys, submitted, (number + 1, anlage)).await?);
        }
        papers.sort_by_key(|(purpose, _)| reading_order(*purpose));
        let mut papers: Vec<Unterlage> = papers.into_iter().map(|(_, paper)| paper).collect();
        if let (Some(part), Some(data)) = (&metadata.data, data) {
            papers.push(self.keep_data(data, part.schema.mime_type).await?);
        }
        Ok(Step::Decrypted {
            submitted: submitted.clone(),
            antrag: Antrag { service: kept.service, region: kept.region, papers },
        })
    }

    fn data(
        &self,
        sealed: Option<&str>,
        keys: &KeyRing,
        metadata: &Metadata,
    ) -> Result<Option<Vec<u8>>, Stop> {
        let missing = || Verdict::reject(ProblemKind::MissingData, Instance::Data);
        match (sealed, &metadata.data) {
            (None, None) => Ok(None),
            (Some(sealed), Some(part)) => {
                let opened = jwe::open(sealed, keys, self.parts.limits.data_bytes_max);
                let data = content::decrypted(opened, Instance::Data)?;
                content::hash(ContentHash::of(&data), part.hash, Instance::Data)?;
                Ok(Some(data))
            }
            (None, Some(_)) | (Some(_), None) => Err(missing().into()),
        }
    }

    async fn keep_data(&self, data: Vec<u8>, kind: DataType) -> Result<Unterlage, Stop> {
        let (name, medientyp) = match kind {
            DataType::Json => ("Formulardaten.json", "application/json"),
            DataType::Xml => ("Formulardaten.xml", "application/xml"),
        };
        let hash = DocumentHash::from_bytes(Sha256::digest(&data).into());
        let size_bytes = data.len() as u64;
        let documents = self.parts.zentrale.documents();
        let mut writer = Writer::new(documents, self.parts.mandant, hash);
        writer.write(Bytes::from(data)).await?;
        writer.finish().await?;
        self.note(hash, size_bytes).await?;
        Ok(Unterlage {
            anlage: None,
            title: "Formulardaten".to_owned(),
            file_name: name.parse().map_err(|_| Stop::Later(None))?,
            medientyp: medientyp.parse().map_err(|_| Stop::Later(None))?,
            hash,
            size_bytes,
        })
    }

    /// Proves an Anlage and keeps it.
    async fn keep(
        &self,
        id: EinreichungId,
        keys: &KeyRing,
        submitted: &Submitted,
        (number, anlage): (usize, &Anlage),
    ) -> Result<(Purpose, Unterlage), Stop> {
        let proved = self.prove_anlage(id, keys, submitted, anlage).await?;
        content::hash(proved.content, anlage.hash, Instance::Attachment(anlage.id))?;
        let documents = self.parts.zentrale.documents();
        let mandant = self.parts.mandant;
        if documents.size(mandant, proved.document).await? != Some(proved.size_bytes) {
            let mut writer = Writer::new(documents, mandant, proved.document);
            for part in anlage.parts() {
                let mut opening = Opening::new(keys, self.parts.limits.anlage_bytes_max);
                let mut pieces = self.evidence(id).pieces(&evidence_of(*part)).await?;
                let mut plain = Vec::new();
                while let Some(piece) = next(&mut pieces).await? {
                    let read = opening.update(&piece, &mut plain);
                    content::decrypted(read, Instance::Attachment(*part))?;
                    writer.write(Bytes::from(std::mem::take(&mut plain))).await?;
                }
                content::decrypted(opening.finish(&mut plain), Instance::Attachment(*part))?;
            }
            // The document's name is the hash that was proved; other bytes are refused here.
            writer.finish().await?;
        }
        self.note(proved.document, proved.size_bytes).await?;
        let medientyp = medientyp(&proved.head, &anlage.mime_type).ok_or(Stop::Later(None))?;
        let file_name = anlage.file_name.as_deref().and_then(|name| name.parse().ok());
        let file_name: Dateiname = match file_name {
            Some(name) => name,
            None => format!("Anlage {number}").parse().map_err(|_| Stop::Later(None))?,
        };
        let title = title(anlage, number, &file_name);
        let Proved { document: hash, size_bytes, .. } = proved;
        let paper =
            Unterlage { anlage: Some(anlage.id), title, file_name, medientyp, hash, size_bytes };
        Ok((anlage.purpose, paper))
    }

    /// Decrypts and hashes everything and keeps nothing.
    async fn prove_anlage(
        &self,
        id: EinreichungId,
        keys: &KeyRing,
        submitted: &Submitted,
        anlage: &Anlage,
    ) -> Result<Proved, Stop> {
        let (mut content, mut document) = (Sha512::new(), Sha256::new());
        let (mut size_bytes, mut head, mut plain) = (0_u64, Vec::new(), Vec::new());
        for part in anlage.parts() {
            let instance = Instance::Attachment(*part);
            let room = self.parts.limits.anlage_bytes_max.saturating_sub(size_bytes);
            let mut opening = Opening::new(keys, room);
            let mut pieces = self.evidence(id).pieces(&evidence_of(*part)).await?;
            while let Some(piece) = next(&mut pieces).await? {
                plain.clear();
                content::decrypted(opening.update(&piece, &mut plain), instance)?;
                content.update(&plain);
                document.update(&plain);
                size_bytes += plain.len() as u64;
                let missing = HEAD_BYTES.saturating_sub(head.len()).min(plain.len());
                head.extend(plain.iter().take(missing));
            }
            let opened = content::decrypted(opening.finish(&mut plain), instance)?;
            signed_tag(submitted, *part, opened.tag)?;
        }
        Ok(Proved {
            content: ContentHash::from_bytes(content.finalize().into()),
            document: DocumentHash::from_bytes(document.finalize().into()),
            size_bytes,
            head,
        })
    }

    async fn note(&self, hash: DocumentHash, size_bytes: u64) -> Result<(), Stop> {
        let mandant = self.parts.mandant;
        let row = DocumentRow { hash, size_bytes };
        Ok(self.parts.zentrale.storage().add_document(mandant, portal(mandant), row).await?)
    }
}

/// 5 again, on what was really opened.
fn signed_tag(submitted: &Submitted, part: AnlageId, tag: AuthTag) -> Result<(), Stop> {
    if submitted.tags.attachments.get(&part) == Some(&tag) {
        return Ok(());
    }
    let kind = ProblemKind::IncorrectAuthenticationTag;
    Err(Verdict::reject(kind, Instance::Attachment(part)).into())
}

async fn next(pieces: &mut Pieces) -> Result<Option<Bytes>, Stop> {
    Ok(pieces.try_next().await.map_err(DocumentError::from)?)
}

fn offered(metadata: &Metadata, data: Option<&[u8]>, offer: &Zustellpunkt) -> Result<(), Stop> {
    if let (Some(part), Some(data)) = (&metadata.data, data) {
        offer::data(data, part.schema.mime_type)?;
    }
    Ok(offer::reply_channel(metadata, offer)?)
}

/// The form first, then what the applicant added.
const fn reading_order(purpose: Purpose) -> u8 {
    match purpose {
        Purpose::Form => 0,
        Purpose::Attachment => 1,
        Purpose::Report => 2,
        Purpose::Data => 3,
    }
}

/// 12 · What a file is, by its content; where the content does not tell, a text may call itself what
/// it likes among harmless texts, and everything else is just bytes.
fn medientyp(head: &[u8], claimed: &str) -> Option<Medientyp> {
    const TEXTS: [&str; 4] = ["text/plain", "text/csv", "application/json", "application/xml"];
    let found = match infer::get(head) {
        Some(found) => found.mime_type(),
        None if TEXTS.contains(&claimed) && !head.contains(&0) => claimed,
        None => "application/octet-stream",
    };
    found.parse().ok()
}

fn title(anlage: &Anlage, number: usize, file_name: &Dateiname) -> String {
    let described = anlage.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (anlage.purpose, described) {
        (Purpose::Form, _) => "Antrag".to_owned(),
        (_, Some(described)) => described.to_owned(),
        (Purpose::Data, None) => "Formulardaten".to_owned(),
        (Purpose::Attachment | Purpose::Report, None) if anlage.file_name.is_some() => {
            file_name.to_string()
        }
        (Purpose::Attachment | Purpose::Report, None) => format!("Anlage {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        let check = |head: &[u8], claimed: &str, expected: &str| {
            assert_eq!(medientyp(head, claimed).unwrap().as_str(), expected);
        };
        check(b"%PDF-1.7 ...", "image/png", "application/pdf");
        check(b"\x89PNG\r\n\x1a\n", "application/pdf", "image/png");
        check(b"MZ\x90\x00", "application/pdf", "application/vnd.microsoft.portable-executable");
        check(b"a;b;c", "text/csv", "text/csv");
        check(b"a;b\0c", "text/csv", "application/octet-stream");
        check(b"whatever", "application/pdf", "application/octet-stream");
        check(b"", "text/plain", "text/plain");
    }
}
