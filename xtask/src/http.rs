//! The pure half of the server: what a request asks for, which file that is, and of which type.

use std::path::{Path, PathBuf};

/// The methods of a static server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Head and body.
    Get,
    /// The head alone.
    Head,
}

/// What a request's first line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// A file, by the decoded segments of its path; `folder` where the path ends in a slash.
    File { method: Method, segments: Vec<String>, folder: bool },
    /// A method that a static server has not.
    WrongMethod,
    /// No request that we understand, or a path that leads out of the folder.
    Bad,
}

/// Reads a request's first line.
pub fn parse(line: &str) -> Request {
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Request::Bad;
    };
    if !version.starts_with("HTTP/1.") || words.next().is_some() {
        return Request::Bad;
    }
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        _ => return Request::WrongMethod,
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if !path.starts_with('/') {
        return Request::Bad;
    }
    let mut segments = Vec::new();
    for raw in path.split('/').filter(|s| !s.is_empty()) {
        match decode(raw) {
            Some(segment) if is_safe(&segment) => segments.push(segment),
            _ => return Request::Bad,
        }
    }
    Request::File { method, segments, folder: path.ends_with('/') }
}

/// A segment is one file name: no way up, no separator of any system, no drive and no hidden file.
fn is_safe(segment: &str) -> bool {
    !segment.starts_with('.') && !segment.contains(['/', '\\', ':', '\0'])
}

/// Decodes %XX; nothing where that is damaged or no UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let (&[high, low], after) = tail.split_first_chunk::<2>()?;
            let digit = |b: u8| char::from(b).to_digit(16);
            bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Where a request leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// This file.
    File(PathBuf),
    /// A folder that was asked for without its slash.
    AddSlash,
    /// Nothing is there.
    Missing,
}

/// Finds the file of a path below `root`, which must be canonical; a link that leads out of it is not followed.
pub fn find(root: &Path, segments: &[String], folder: bool) -> Place {
    let Ok(path) = segments.iter().fold(root.to_path_buf(), |p, s| p.join(s)).canonicalize() else {
        return Place::Missing;
    };
    if !path.starts_with(root) {
        return Place::Missing;
    }
    if path.is_dir() {
        let index = path.join("index.html");
        return match (index.is_file(), folder || segments.is_empty()) {
            (true, true) => Place::File(index),
            (true, false) => Place::AddSlash,
            (false, _) => Place::Missing,
        };
    }
    if path.is_file() && !folder { Place::File(path) } else { Place::Missing }
}

/// The media type of a file by its name's ending.
pub fn media_type(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "pem" | "crt" => "application/x-pem-file",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn get(segments: &[&str], folder: bool) -> Request {
        let segments = segments.iter().map(|s| (*s).to_owned()).collect();
        Request::File { method: Method::Get, segments, folder }
    }

    #[test]
    fn paths_are_decoded_and_queries_dropped() {
        assert_eq!(parse("GET / HTTP/1.1"), get(&[], true));
        assert_eq!(parse("GET /a%20b/%C3%A9.js?v=1 HTTP/1.1"), get(&["a b", "é.js"], false));
        assert_eq!(parse("GET /a//b/ HTTP/1.0"), get(&["a", "b"], true));
        assert_eq!(parse("POST / HTTP/1.1"), Request::WrongMethod);
    }

    #[test]
    fn ways_out_and_damaged_requests_are_refused() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/a/..%2f..%2fb",
            "/..%5cb",
            "/c:/b",
            "/.git/config",
            "/%00",
            "/%zz",
            "/%f",
            "/%ff",
            "a",
            "http://x/",
        ] {
            assert_eq!(parse(&format!("GET {path} HTTP/1.1")), Request::Bad, "{path}");
        }
        for line in ["", "GET", "GET /", "GET / HTTP/2", "GET /a b HTTP/1.1"] {
            assert_eq!(parse(line), Request::Bad, "{line}");
        }
    }

    #[test]
    fn files_are_found_below_the_root_alone() {
        let base = std::env::temp_dir().join(format!("jitp-http-{}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        fs::create_dir_all(base.join("root/sub")).expect("a folder can be made");
        let root = base.join("root").canonicalize().expect("it is there");
        for file in ["root/index.html", "root/sub/index.html", "root/a.wasm", "secret"] {
            fs::write(base.join(file), "x").expect("a file can be written");
        }
        let at = |path: &[&str], folder| find(&root, &path.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>(), folder);
        assert_eq!(at(&[], true), Place::File(root.join("index.html")));
        assert_eq!(at(&["a.wasm"], false), Place::File(root.join("a.wasm")));
        assert_eq!(at(&["a.wasm"], true), Place::Missing);
        assert_eq!(at(&["sub"], false), Place::AddSlash);
        assert_eq!(at(&["sub"], true), Place::File(root.join("sub/index.html")));
        assert_eq!(at(&["none"], false), Place::Missing);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(base.join("secret"), root.join("link")).expect("a link can be made");
            assert_eq!(at(&["link"], false), Place::Missing);
        }
        fs::remove_dir_all(base).expect("the folder goes");
    }

    #[test]
    fn modules_and_wasm_have_the_types_that_browsers_ask_for() {
        for (name, expected) in [
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("a.JS", "text/javascript; charset=utf-8"),
            ("jitp_bg.wasm", "application/wasm"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(name)), expected, "{name}");
        }
    }
}
