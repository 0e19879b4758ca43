//! Comments.

use std::fmt::Write as _;

/// Writes a comment before a declaration, preceded by an empty line at the outermost level.
pub(super) fn write(text: &mut String, about: &str, depth: usize) {
    let indent = "  ".repeat(depth);
    if depth == 0 {
        text.push('\n');
    }
    // Nothing in it may end the comment.
    let about = about.replace("*/", "* /");
    let lines: Vec<&str> = about.lines().map(str::trim_end).collect();
    // Writing to a String cannot fail.
    let _ = match lines.as_slice() {
        [] => Ok(()),
        [line] => writeln!(text, "{indent}/** {line} */"),
        lines => {
            let _ = writeln!(text, "{indent}/**");
            for line in lines {
                let space = if line.is_empty() { "" } else { " " };
                let _ = writeln!(text, "{indent} *{space}{line}");
            }
            writeln!(text, "{indent} */")
        }
    };
}
