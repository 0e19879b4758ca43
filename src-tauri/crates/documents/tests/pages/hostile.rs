//! Documents made to hurt. Whatever they do to the worker, the desk gets an answer, and the next
//! document is shown.

use std::{fmt::Write, time::Duration};

use kontor_documents::{Documents, Find, Limits, OpenDocument, Trouble, Turn};
use lopdf::{Stream, dictionary};

use crate::{
    fixtures::{changed_pdf, raw_pdf, scan_pdf, text_pdf},
    support::{documents, documents_within, open, render},
};

const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>";

fn one_page(page: &str, rest: &[&str]) -> Vec<u8> {
    let head = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page];
    raw_pdf(&head.iter().chain(rest).copied().collect::<Vec<_>>())
}

/// Asks everything there is to ask and expects answers, whatever they are.
fn ask_everything(document: &OpenDocument) {
    let pages = document.info().wait().map_or(1, |info| info.pages.len().min(3));
    for page in 0..u32::try_from(pages).unwrap() {
        let _ = render(document, page, 500, Turn::None);
        let _ = document.text(page).wait();
    }
    let _ = document.find(Find { query: "e".to_owned(), from_page: 0 }).wait();
}

fn survives(documents: &Documents, bytes: Vec<u8>) {
    let document = documents.open(bytes).unwrap();
    ask_everything(&document);
    drop(document);
    // The seat of the one before may still be on its way back.
    let good = loop {
        match documents.open(text_pdf(&[&["gut"]])) {
            Ok(good) => break good,
            Err(trouble) => assert_eq!(trouble, Trouble::Busy),
        }
    };
    assert!(render(&good, 0, 100, Turn::None).is_ok());
}

fn impatient() -> Documents {
    documents_within(Limits { request_limit: Duration::from_secs(5), ..Limits::default() })
}

#[test]
fn damaged_files_are_answered() {
    let documents = documents();
    let good = text_pdf(&[&["Sehr geehrte Damen und Herren"], &["zweite Seite"]]);
    let cut = |part: usize| good[..good.len() * part / 10].to_vec();
    for bytes in (1..10).map(cut) {
        survives(&documents, bytes);
    }
    let without_table = String::from_utf8_lossy(&good).replace("startxref", "startxxxx");
    survives(&documents, without_table.into_bytes());
    survives(&documents, [b"%PDF-1.7".as_slice(), &[0xff; 5000]].concat());
}

#[test]
fn a_document_without_a_table_is_repaired() {
    let good = text_pdf(&[&["noch lesbar"]]);
    let broken = String::from_utf8_lossy(&good).replace("startxref", "startxxxx");
    let text = open(broken.into_bytes()).text(0).wait().unwrap();
    assert_eq!(text.runs[1].text, "lesbar");
}

#[test]
fn enormous_pages_are_shown_small() {
    let huge = changed_pdf(&[&["x"]], |page| {
        let far = i64::from(i32::MAX);
        page.set("MediaBox", vec![0.into(), 0.into(), far.into(), far.into()]);
    });
    survives(&documents(), huge);
    let wide = changed_pdf(&[&["x"]], |page| {
        page.set("MediaBox", vec![0.into(), 0.into(), 14400.into(), 1.into()]);
    });
    let picture = render(&open(wide), 0, 1_000_000, Turn::None).unwrap();
    assert!(picture.width_px <= 16_384 && picture.height_px >= 1);
}

#[test]
fn circles_and_depths_end() {
    let documents = impatient();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    survives(&documents, one_page(PAGE, &[&deep]));
    // Pages that are their own children, contents that draw themselves.
    survives(&documents, raw_pdf(&["<</Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 9>>"]));
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>\
                /Length 5>>stream\n/A Do\nendstream";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                /Resources<</XObject<</A 4 0 R>>>>>>";
    survives(&documents, one_page(page, &[form]));
}

#[test]
fn bombs_take_the_worker_and_nothing_else() {
    let documents = impatient();
    // A gigabyte of spaces, deflated twice.
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 256 * 1024 * 1024]);
    stream.compress().unwrap();
    let once = stream.content;
    let mut stream = Stream::new(dictionary! {}, once);
    stream.compress().unwrap();
    let mut bytes = one_page(PAGE, &["(bomb)"]);
    let head = format!(
        "\n4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length {}>>stream\n",
        stream.content.len()
    );
    // A later object of the same number, found when the table is not to be trusted.
    let begin = bytes.windows(4).rposition(|window| window == b"xref").unwrap();
    bytes.truncate(begin - 5);
    bytes.extend(head.bytes());
    bytes.extend(stream.content);
    bytes.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n");
    survives(&documents, bytes);

    for filter in ["JPXDecode", "JBIG2Decode", "CCITTFaxDecode"] {
        let image = format!(
            "<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB\
             /BitsPerComponent 8/Filter/{filter}/Length 20>>stream\n{}\nendstream",
            "\x00\x00\x00\x0cjP  \r\n\x20\x20........"
        );
        let content = "<</Length 20>>stream\n595 0 0 842 0 0 cm /A Do\nendstream";
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
                    /Resources<</XObject<</A 5 0 R>>>>>>";
        survives(&documents, one_page(page, &[content, &image]));
    }
}

#[test]
fn a_hundred_thousand_pages_are_counted() {
    let mut kids = String::new();
    let pages = 100_000;
    for _ in 0..pages {
        kids.push_str("3 0 R ");
    }
    let tree = format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>");
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";
    let document = open(raw_pdf(&["<</Type/Catalog/Pages 2 0 R>>", &tree, page]));
    assert_eq!(document.info().wait().unwrap().pages.len(), pages);
    assert!(render(&document, 99_999, 100, Turn::None).is_ok());
}

#[test]
fn scripts_and_enclosures_do_nothing() {
    let script = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>\
                  /Names<</EmbeddedFiles<</Names[(a.exe) 5 0 R]>>>>>>";
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    let file = "<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>";
    let body = "<</Length 2>>stream\nMZ\nendstream";
    let content = "<</Length 0>>stream\n\nendstream";
    let document = open(raw_pdf(&[script, pages, PAGE, content, file, body]));
    assert_eq!(document.info().wait().unwrap().pages.len(), 1);
    assert!(render(&document, 0, 100, Turn::None).is_ok());
}

#[test]
fn changed_bytes_are_answered() {
    let documents = impatient();
    let mut templates = vec![text_pdf(&[&["Sehr geehrte Damen und Herren"], &["Seite"]])];
    templates.push(scan_pdf(1));
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for round in 0..40 {
        let mut bytes = templates[usize::from(round % 8 == 0)].clone();
        for _ in 0..=random(30) {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        let mut seed = String::new();
        write!(seed, "round {round}").unwrap();
        survives(&documents, bytes);
    }
}
