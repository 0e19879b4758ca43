//! What a PDF shows and says.

use kontor_documents::{Find, Kind, Target, TextLimits, Trouble, Turn};

use crate::{
    fixtures::{changed_pdf, encrypted_pdf, raw_pdf, text_pdf},
    support::{has_ink, info, open, render},
};

const LETTER: &[&[&str]] = &[
    &["Sehr geehrte Frau Müller,", "Ihr Antrag auf eine Bau-", "genehmigung ist da."],
    &["Straße und Größe", "Mit freundlichen Grüßen"],
];

#[test]
fn a_letter_has_pages_and_ink_where_it_should() {
    let document = open(text_pdf(LETTER));
    let info = document.info().wait().unwrap();
    assert_eq!((info.kind, info.pages.len(), info.sizes_known), (Kind::Pdf, 2, 2));
    assert_eq!((info.pages[0].width, info.pages[0].height), (595.0, 842.0));

    let picture = render(&document, 0, 600, Turn::None).unwrap();
    assert_eq!((picture.width_px, picture.height_px), (600, 849));
    assert!(has_ink(&picture, [10, 40], [8, 16]));
    assert!(!has_ink(&picture, [0, 100], [30, 100]));
}

#[test]
fn a_turned_page_has_its_ink_elsewhere() {
    let document = open(text_pdf(LETTER));
    for (turn, columns, rows) in [
        (Turn::Right, [84, 92], [10, 40]),
        (Turn::Over, [60, 90], [84, 92]),
        (Turn::Left, [8, 16], [60, 90]),
    ] {
        let picture = render(&document, 0, 600, turn).unwrap();
        assert!(has_ink(&picture, columns, rows), "{turn:?}");
        assert!(!has_ink(&picture, [45, 55], [45, 55]), "{turn:?}");
        assert_eq!(picture.width_px, 600);
    }
}

#[test]
fn words_stand_where_they_are_drawn() {
    let document = open(text_pdf(LETTER));
    let text = document.text(0).wait().unwrap();
    let words: Vec<_> = text.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(words[..4], ["Sehr", "geehrte", "Frau", "Müller,"]);
    let first = text.runs[0].area;
    assert!((first.x - 72.0).abs() < 2.0, "{first:?}");
    // The base line is 84 points from the upper edge.
    assert!(first.y > 66.0 && first.y + first.height < 90.0, "{first:?}");
    assert!(text.runs[3].ends_line);
}

#[test]
fn words_follow_a_rotated_and_cropped_page() {
    let rotated = changed_pdf(LETTER, |page| {
        page.set("Rotate", 90);
        page.set("CropBox", vec![50.into(), 0.into(), 595.into(), 842.into()]);
    });
    let document = open(rotated);
    let info = document.info().wait().unwrap();
    assert_eq!((info.pages[0].width, info.pages[0].height), (842.0, 545.0));
    let text = document.text(0).wait().unwrap();
    // Sideways lines come in another order.
    let area = text.runs.iter().find(|run| run.text == "Sehr").unwrap().area;
    // Turned clockwise: what was 84 from the top is 84 from the right, 22 from the crop is the top.
    assert!(area.x > 842.0 - 90.0 && area.x + area.width < 842.0 - 66.0, "{area:?}");
    assert!((area.y - 22.0).abs() < 2.0, "{area:?}");
}

#[test]
fn words_are_found_across_pages_however_written() {
    let document = open(text_pdf(LETTER));
    let find = |query: &str| {
        let find = Find { query: query.to_owned(), from_page: 0 };
        let found = document.find(find).wait().unwrap();
        assert_eq!(found.next_page, None);
        found.hits
    };
    let hits = find("MUELLER");
    assert_eq!((hits.len(), hits[0].page, hits[0].areas.len()), (1, 0, 1));
    let hits = find("Baugenehmigung");
    assert_eq!((hits.len(), hits[0].areas.len()), (1, 2));
    assert_eq!(find("strasse")[0].page, 1);
    assert_eq!(find("gr").len(), 2);
    assert!(find("Katze").is_empty());
}

#[test]
fn the_whole_text_keeps_to_its_limits() {
    let document = open(text_pdf(LETTER));
    let whole = |pages_max, bytes_max| {
        document.whole_text(TextLimits { pages_max, bytes_max }).wait().unwrap()
    };
    let all = whole(100, 10_000);
    assert!(all.text.contains("Frau Müller") && all.text.contains("Grüßen") && !all.truncated);
    let first = whole(1, 10_000);
    assert!(!first.text.contains("Straße") && first.truncated);
    let short = whole(100, 20);
    assert!(short.text.len() <= 20 && short.truncated);
}

#[test]
fn links_lead_to_pages_and_addresses_only() {
    let link = |action: &str| format!("<</Type/Annot/Subtype/Link/Rect[100 700 200 720]{action}>>");
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R 5 0 R 6 0 R 7 0 R]>>";
    let pdf = raw_pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        &link("/A<</S/URI/URI(https://kreis.example/)>>"),
        &link("/A<</S/URI/URI(file:///etc/passwd)>>"),
        &link("/A<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        &link("/Dest[3 0 R/Fit]"),
    ]);
    let links = open(pdf).text(0).wait().unwrap().links;
    let targets: Vec<_> = links.iter().map(|link| &link.target).collect();
    let address = Target::Address("https://kreis.example/".to_owned());
    assert_eq!(targets, [&address, &Target::Page(0)]);
    let area = links[0].area;
    let is = |length: f32, expected: f32| (length - expected).abs() < 0.01;
    assert!(is(area.x, 100.0) && is(area.y, 122.0), "{area:?}");
    assert!(is(area.width, 100.0) && is(area.height, 20.0), "{area:?}");
}

#[test]
fn what_cannot_be_shown_says_why() {
    assert_eq!(info(encrypted_pdf()), Err(Trouble::Encrypted));
    assert_eq!(info(Vec::new()), Err(Trouble::Empty));
    assert_eq!(info(b"%PDF-1.7 and nothing else".to_vec()), Err(Trouble::Damaged));
    assert_eq!(info(b"PK\x03\x04".to_vec()).unwrap().kind, Kind::Other);
    assert_eq!(info(b"Guten Tag".to_vec()).unwrap().kind, Kind::Text);
    let document = open(text_pdf(LETTER));
    assert_eq!(render(&document, 2, 100, Turn::None), Err(Trouble::PageAbsent { page: 2 }));
    assert_eq!(document.text(u32::MAX).wait(), Err(Trouble::PageAbsent { page: u32::MAX }));
}

#[test]
fn a_source_that_fails_is_not_taken_for_damage() {
    struct Broken(Vec<u8>);
    impl kontor_documents::Source for Broken {
        fn length_bytes(&self) -> u64 {
            1_000_000
        }
        fn read_at(&mut self, offset: u64, length: usize) -> std::io::Result<Vec<u8>> {
            if offset == 0 && length <= 4096 {
                let mut head = self.0.clone();
                head.resize(length, b' ');
                return Ok(head);
            }
            Err(std::io::ErrorKind::PermissionDenied.into())
        }
    }
    let document = open(Broken(b"%PDF-1.7\n".to_vec()));
    assert_eq!(document.info().wait(), Err(Trouble::Source));
}
