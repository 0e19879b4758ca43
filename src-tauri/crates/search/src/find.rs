//! Searching, and what it finds.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use tantivy::{
    DocAddress, Searcher, TantivyDocument, Term,
    collector::{Count, DocSetCollector, TopDocs},
    query::TermQuery,
    schema::{Field, IndexRecordOption, Value},
};

use crate::{
    Index, Kind, Piece, Query, SearchError,
    index::guarded,
    query::{Marks, ask, parse},
    snippet::snippet,
};

const ROWS_MAX: usize = 200;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best, best first.
    pub rows: Vec<Row>,
    /// How many there are in all.
    pub total: usize,
    /// How long it took.
    pub took: Duration,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As it was put.
    pub entity: String,
    /// As it was put.
    pub within: Option<String>,
    /// As it was put.
    pub kind: Kind,
    /// As it was put.
    pub revision: String,
    /// As it was put.
    pub aktenzeichen: Option<String>,
    /// When it last changed, in milliseconds since 1970.
    pub changed_ms: i64,
    /// What it is called, with what was asked for marked.
    pub betreff: Vec<Piece>,
    /// The part of the text that shows why it was found; empty without text.
    pub snippet: Vec<Piece>,
    /// The page that part stands on, from 1, if it shows a hit and the text has pages.
    pub page: Option<u32>,
}

impl Index {
    /// Every thing of the last commit with its revision.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn stand(&self) -> Result<BTreeMap<String, String>, SearchError> {
        guarded(|| stand(&self.reader.searcher()))
    }

    /// The revision of one thing in the last commit.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn revision(&self, entity: &str) -> Result<Option<String>, SearchError> {
        guarded(|| {
            let searcher = self.reader.searcher();
            let term = Term::from_field_text(self.fields.entity, entity);
            let ask = TermQuery::new(term, IndexRecordOption::Basic);
            let found = searcher.search(&ask, &DocSetCollector)?;
            let Some(at) = found.into_iter().next() else { return Ok(None) };
            let column = searcher.segment_reader(at.segment_ord).fast_fields().str("stand")?;
            let Some(column) = column else { return Ok(None) };
            let mut revision = String::new();
            if let Some(ord) = column.term_ords(at.doc_id).next() {
                column.ord_to_str(ord, &mut revision)?;
            }
            Ok(Some(revision))
        })
    }

    /// Finds the best things. Whatever is typed, it is no error.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let begun = Instant::now();
        let (rows, total) = guarded(|| self.find(query))?;
        Ok(Hits { rows, total, took: begun.elapsed() })
    }

    fn find(&self, query: &Query) -> Result<(Vec<Row>, usize), SearchError> {
        let wanted = parse(&query.text);
        let Some(ask) = ask(query, &wanted, &self.fields) else { return Ok((Vec::new(), 0)) };
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(query.rows_max.clamp(1, ROWS_MAX)).and_offset(query.offset);
        let best = best.tweak_score(|segment: &tantivy::SegmentReader| {
            let changed = segment.fast_fields().i64("zeit").ok();
            move |doc: tantivy::DocId, score: f32| {
                // Scores that differ by less than half a point count as one rank.
                let at = changed.as_ref().and_then(|column| column.first(doc));
                ((score * 2.0).round(), at.unwrap_or(i64::MIN))
            }
        });
        let (best, total) = searcher.search(&ask, &(best, Count))?;
        let marks = Marks::new(&wanted);
        let rows = best.into_iter().map(|(_, at)| self.row(&searcher, at, &marks));
        Ok((rows.collect::<Result<_, _>>()?, total))
    }

    fn row(&self, searcher: &Searcher, at: DocAddress, marks: &Marks) -> Result<Row, SearchError> {
        let document: TantivyDocument = searcher.doc(at)?;
        let text = |field: Field| document.get_first(field).and_then(|value| value.as_str());
        let fields = &self.fields;
        let found = snippet(text(fields.text).unwrap_or_default(), marks);
        Ok(Row {
            entity: text(fields.entity).unwrap_or_default().to_owned(),
            within: text(fields.within).map(str::to_owned),
            revision: text(fields.revision).unwrap_or_default().to_owned(),
            kind: text(fields.kind).and_then(Kind::from_word).ok_or(SearchError::Version)?,
            aktenzeichen: text(fields.aktenzeichen).map(str::to_owned),
            changed_ms: document
                .get_first(fields.changed)
                .and_then(|value| value.as_i64())
                .unwrap_or(0),
            betreff: snippet(text(fields.betreff).unwrap_or_default(), marks).pieces,
            snippet: found.pieces,
            page: found.page,
        })
    }
}

fn stand(searcher: &Searcher) -> Result<BTreeMap<String, String>, SearchError> {
    let mut stand = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let (Some(entities), Some(revisions)) = (fast.str("ding")?, fast.str("stand")?) else {
            continue;
        };
        for doc in segment.doc_ids_alive() {
            let (mut entity, mut revision) = (String::new(), String::new());
            if let Some(ord) = entities.term_ords(doc).next() {
                entities.ord_to_str(ord, &mut entity)?;
            }
            if let Some(ord) = revisions.term_ords(doc).next() {
                revisions.ord_to_str(ord, &mut revision)?;
            }
            stand.insert(entity, revision);
        }
    }
    Ok(stand)
}
