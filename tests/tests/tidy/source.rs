//! Rust source split into code, comments and string literals, just well enough for house rules.

/// Three views of one source. Each keeps the line numbers of the original.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The code; comments and the contents of literals are blanked out.
    pub(crate) code: String,
    /// Line and content of each string literal, escapes as written.
    pub(crate) strings: Vec<(usize, String)>,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Self {
        let mut reader = Reader { rest: text, line: 1, source: Self::default() };
        while !reader.rest.is_empty() {
            reader.step();
        }
        reader.source
    }

    /// As [`Source::parse`], without the bodies of `#[cfg(test)]` modules.
    pub(crate) fn parse_without_tests(text: &str) -> Self {
        let mut source = Self::parse(text);
        while let Some(start) = source.code.find("#[cfg(test)]\nmod ") {
            let end = end_of_block(&source.code, start);
            let first = source.code[..start].matches('\n').count() + 1;
            let last = source.code[..end].matches('\n').count() + 1;
            let blank = "\n".repeat(last - first);
            source.code.replace_range(start..end, &blank);
            source.strings.retain(|(line, _)| !(first..=last).contains(line));
        }
        source
    }

    /// Lines with their numbers, starting at 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Whether `word` (a word or a path) occurs in `line` and not only as part of a longer word.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let open_start = !word.starts_with(is_word) || !before.is_some_and(is_word);
        let open_end = !word.ends_with(is_word) || !after.is_some_and(is_word);
        open_start && open_end
    })
}

/// The words of a line of code.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Just past the brace that closes the first block after `start`, or past its semicolon.
fn end_of_block(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            return start + offset + 1;
        }
    }
    code.len()
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    source: Source,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(end_of_comment(rest));
        } else if let Some((open, close)) = raw_string(rest) {
            self.literal(open, &close);
        } else if rest.starts_with('"') {
            self.string();
        } else if let Some(length) = char_literal(rest) {
            self.blank(length);
        } else {
            // A whole word at once, or the `r` in `for"` would look like a raw string.
            let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let length = word.max(rest.chars().next().map_or(0, char::len_utf8));
            self.keep(length);
        }
    }

    fn keep(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.source.code.push_str(taken);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.source.code.extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }

    fn literal(&mut self, open: usize, close: &str) {
        let body = &self.rest[open..];
        let length = body.find(close).unwrap_or(body.len());
        self.source.strings.push((self.line, body[..length].to_owned()));
        self.blank((open + length + close.len()).min(self.rest.len()));
    }

    fn string(&mut self) {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        });
        let end = end.map_or(self.rest.len(), |(at, _)| at);
        self.source.strings.push((self.line, self.rest[1..end].to_owned()));
        self.blank((end + 1).min(self.rest.len()));
    }
}

fn end_of_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    for (at, _) in rest.char_indices() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
        } else if here.starts_with("*/") {
            depth -= 1;
            if depth == 0 {
                return at + 2;
            }
        }
    }
    rest.len()
}

/// Length of the opening and the text of the closing of `r"`, `r#"`, `br"`, `cr#"` …
fn raw_string(rest: &str) -> Option<(usize, String)> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(['"', '#']))
    })?;
    let hashes = rest[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    let open = prefix.len() + hashes + 1;
    let is_string = rest[prefix.len() + hashes..].starts_with('"');
    is_string.then(|| (open, format!("\"{}", "#".repeat(hashes))))
}

/// Length of `'x'` or `'\n'`; nothing for a lifetime.
fn char_literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    if body.starts_with('\\') {
        let close = body.char_indices().skip(2).find(|(_, c)| *c == '\'')?.0;
        return Some(1 + close + 1);
    }
    let c = body.chars().next()?;
    body[c.len_utf8()..].starts_with('\'').then_some(1 + c.len_utf8() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Source::parse(text).code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        assert_eq!(code("let a = 1; // std::fs"), "let a = 1;");
        assert_eq!(code("a /* x /* y */ z */ b"), "a b");
        assert_eq!(code(r#"f("std::fs \" {", 'x', '"', '\'', b)"#), "f( , , , , b)");
        assert_eq!(code("fn f<'a>(x: &'a str) {}"), "fn f<'a>(x: &'a str) {}");
        assert_eq!(code("r#\"{ \" \"#; r\"\\\"; x"), "; ; x");
    }

    #[test]
    fn strings_keep_their_line() {
        let source =
            Source::parse("// \"no\"\nlet a = \"ja\";\nlet b = r\"so\n\";\nlet c = \"x\";");
        let expected = [(2, "ja"), (3, "so\n"), (5, "x")].map(|(l, s)| (l, s.to_owned()));
        assert_eq!(source.strings, expected);
    }

    #[test]
    fn test_modules_can_be_left_out() {
        let text = "a\n#[cfg(test)]\nmod tests {\n f(\"}\") { b }\n}\nc";
        let source = Source::parse_without_tests(text);
        assert_eq!(source.code, "a\n\n\n\n\nc");
        assert!(source.strings.is_empty());
    }

    #[test]
    fn words_end_where_words_end() {
        assert!(has_word("use std::fs;", "std::fs"));
        assert!(!has_word("use std::fsync;", "std::fs"));
        assert!(!has_word("let no_std::fs", "std::fs"));
        assert!(has_word("Zoned::now()", "::now("));
    }
}
