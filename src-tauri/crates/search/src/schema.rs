//! What a thing looks like in the index.

use tantivy::{
    TantivyDocument,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
};

/// Longest text of one thing that is searched, in bytes; what is beyond is left out.
pub(crate) const TEXT_BYTES_MAX: usize = 5 * 1024 * 1024;

/// What kind of thing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A matter being worked on.
    Vorgang,
    /// A record.
    Akte,
    /// Something that arrived.
    Eingang,
    /// A document.
    Schriftstueck,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] =
        [Self::Vorgang, Self::Akte, Self::Eingang, Self::Schriftstueck];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Vorgang => "vorgang",
            Self::Akte => "akte",
            Self::Eingang => "eingang",
            Self::Schriftstueck => "schriftstueck",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One thing to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The thing's name; putting it again replaces what was there.
    pub entity: String,
    /// The thing it lies in, if it is a part: [`crate::Index::remove`] of that takes it out too.
    pub within: Option<String>,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The unit it belongs to.
    pub einheit: String,
    /// When it last changed, in milliseconds since 1970.
    pub changed_ms: i64,
    /// The state this reflects, in the caller's words; [`crate::Index::stand`] gives it back.
    pub revision: String,
    /// The Aktenzeichen, if it has one.
    pub aktenzeichen: Option<String>,
    /// What the thing is called.
    pub betreff: String,
    /// Names of people that stand for it.
    pub names: Vec<String>,
    /// Notes, or what the document says; form feeds separate pages.
    pub text: String,
}

/// Names of tokenizers; they are part of the index.
pub(crate) const WORDS: &str = "wort";
pub(crate) const BEGINNINGS: &str = "anfang";
pub(crate) const AKTENZEICHEN: &str = "aktenzeichen";

#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    pub(crate) entity: Field,
    pub(crate) within: Field,
    pub(crate) kind: Field,
    pub(crate) einheit: Field,
    pub(crate) changed: Field,
    pub(crate) revision: Field,
    pub(crate) aktenzeichen: Field,
    pub(crate) betreff: Field,
    /// Betreff and names, to be searched.
    pub(crate) head: Field,
    pub(crate) text: Field,
    /// The first two and three letters of each word of [`Self::head`] and [`Self::text`]: looking
    /// up every word that begins so would cost fifty milliseconds.
    pub(crate) head_beginnings: Field,
    pub(crate) text_beginnings: Field,
}

impl Fields {
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = |tokenizer, record| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(record)
                    .set_fieldnorms(true),
            )
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        Self {
            entity: schema.add_text_field("ding", STRING | STORED | FAST),
            within: schema.add_text_field("worin", STRING | STORED),
            kind: schema.add_text_field("art", STRING | STORED),
            einheit: schema.add_text_field("einheit", STRING),
            changed: schema.add_i64_field("zeit", INDEXED | STORED | FAST),
            revision: schema.add_text_field("stand", STORED | FAST),
            aktenzeichen: schema.add_text_field(
                "aktenzeichen",
                indexed(AKTENZEICHEN, IndexRecordOption::Basic).set_stored(),
            ),
            betreff: schema.add_text_field("betreff", STORED),
            head: schema.add_text_field("kopf", indexed(WORDS, positions)),
            text: schema.add_text_field("text", indexed(WORDS, positions).set_stored()),
            head_beginnings: schema
                .add_text_field("kopf_anfang", indexed(BEGINNINGS, IndexRecordOption::Basic)),
            text_beginnings: schema
                .add_text_field("text_anfang", indexed(BEGINNINGS, IndexRecordOption::Basic)),
            schema: schema.build(),
        }
    }

    pub(crate) fn document(&self, item: &Item) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.entity, &item.entity);
        if let Some(within) = &item.within {
            document.add_text(self.within, within);
        }
        document.add_text(self.kind, item.kind.word());
        document.add_text(self.einheit, &item.einheit);
        document.add_i64(self.changed, item.changed_ms);
        document.add_text(self.revision, &item.revision);
        if let Some(aktenzeichen) = &item.aktenzeichen {
            document.add_text(self.aktenzeichen, aktenzeichen);
        }
        document.add_text(self.betreff, &item.betreff);
        for words in item.names.iter().chain([&item.betreff]) {
            document.add_text(self.head, words);
            document.add_text(self.head_beginnings, words);
        }
        let end = item.text.floor_char_boundary(TEXT_BYTES_MAX);
        let text = item.text.get(..end).unwrap_or_default();
        document.add_text(self.text, text);
        document.add_text(self.text_beginnings, text);
        document
    }
}
