//! The names that the crate exports, one a line, as its documentation lists them: whatever becomes public, or goes, is seen in a review.

use std::fs;

use anyhow::{Context, Result};

use crate::shell::root;

const LIST: &str = "crate/public-api.txt";

/// Compares the names in the documentation, which must be there, with the list; the text says what differs. `UPDATE=1` writes the list.
pub fn differences() -> Result<Option<String>> {
    let page = root().join("target/doc/jitp/all.html");
    let page = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let now = names(&page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(LIST), now.join("\n") + "\n")?;
    }
    let listed = fs::read_to_string(root().join(LIST)).with_context(|| format!("cannot read {LIST}"))?;
    let listed: Vec<String> = listed.lines().map(str::to_owned).collect();
    let new =
        now.iter().filter(|name| !listed.contains(name)).map(|name| format!("public, and not in {LIST}: {name}\n"));
    let gone = listed.iter().filter(|name| !now.contains(name)).map(|name| format!("gone: {name}\n"));
    let said: String = new.chain(gone).collect();
    Ok((!said.is_empty()).then(|| format!("{said}UPDATE=1 cargo xtask test --only doc writes the list again\n")))
}

/// `access/enum.Denial.html` as `enum access::Denial`, sorted.
fn names(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()?.strip_suffix(".html"));
    let mut names: Vec<String> = links
        .filter_map(|link| {
            let (path, file) = link.rsplit_once('/').unwrap_or(("", link));
            let (kind, name) = file.split_once('.').filter(|_| !path.starts_with('.'))?;
            let modules: String = path.split('/').filter(|m| !m.is_empty()).map(|m| format!("{m}::")).collect();
            Some(format!("{kind} {modules}{name}"))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn items_are_told_from_other_links() {
        let page = r#"<a href="../jitp/index.html">jitp</a><a href="fn.stringify.html">x</a>
            <a href="access/enum.Denial.html">x</a><a href="index.html">x</a><a href="certificate/pem/fn.find.html">y</a>"#;
        assert_eq!(names(page), ["enum access::Denial", "fn certificate::pem::find", "fn stringify"]);
    }
}
