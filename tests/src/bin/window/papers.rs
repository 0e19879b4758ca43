//! Papers for the viewer: good ones, and such as nobody should be sent.

use std::fmt::Write as _;

/// What nobody should be sent, by what is wrong with it.
pub(crate) fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let tree = |kids: &str, page: &str| {
        pdf(&[
            "<</Type/Catalog/Pages 2 0 R>>",
            &format!("<</Type/Pages/Kids[{kids}]/Count 1>>"),
            page,
        ])
    };
    let script = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>>>";
    let huge = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000000 1000000000]>>";
    let image = "<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB\
                 /BitsPerComponent 8/Filter/JPXDecode/Length 12>>stream\n............\nendstream";
    let draws = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
                 /Resources<</XObject<</A 5 0 R>>>>>>";
    let content = "<</Length 28>>stream\n595 0 0 842 0 0 cm /A Do    \nendstream";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";
    let one = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    let mut cut = text_pdf(3);
    cut.truncate(cut.len() / 2);
    vec![
        ("nur ein Kopf", b"%PDF-1.7\n".to_vec()),
        ("Rauschen", [b"%PDF-1.4\n".as_slice(), &noise(200_000)].concat()),
        ("ein Baum, der sich selbst enthält", tree("2 0 R", page)),
        ("eine Seite so groß wie ein Land", tree("3 0 R", huge)),
        ("ein Skript ohne Ende", pdf(&[script, one, page])),
        (
            "ein Bild von zehn Gigabyte",
            pdf(&["<</Type/Catalog/Pages 2 0 R>>", one, draws, content, image]),
        ),
        ("auf halbem Weg abgeschnitten", cut),
        ("ein Programm mit anderem Namen", [b"MZ\x90\0".as_slice(), &noise(5_000)].concat()),
        (
            "ein Bild ohne Inhalt",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06".to_vec(),
        ),
    ]
}

/// So many pages, each with its number on it.
pub(crate) fn text_pdf(pages: usize) -> Vec<u8> {
    let mut kids = String::new();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for page in 1..=pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</Font<</F 3 0 R>>>>>>",
            number + 1
        ));
        let text = format!("BT /F 40 Tf 72 700 Td (Blatt {page}) Tj ET");
        objects.push(format!("<</Length {}>>stream\n{text}\nendstream", text.len()));
    }
    if let Some(tree) = objects.get_mut(1) {
        *tree = format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>");
    }
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A file of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let begin = file.len();
    let _ = write!(
        file,
        "{table}trailer<</Root 1 0 R/Size {}>>\nstartxref\n{begin}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// Bytes without meaning, the same every time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    });
    next.take(length).collect()
}
