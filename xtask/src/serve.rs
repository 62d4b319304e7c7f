//! Serves the built page on this machine alone.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::http::{Method, Place, Request, find, media_type, parse};
use crate::shell::{command, failure, root, say};

const FIRST_PORT: u16 = 5190;
const PORTS_TRIED: u16 = 20;
/// The longest head of a request that we read.
const HEAD_LIMIT: u64 = 32 * 1024;

/// Serves www/dist until the program is ended; `port` where one was asked for and no other will do.
pub fn serve(port: Option<u16>, open: bool) -> Result<()> {
    let folder = root().join("www/dist");
    let folder = folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
    let listener = listen(port)?;
    let address = format!("http://localhost:{}/", listener.local_addr()?.port());
    say(format!("serving the page at {address} (Ctrl+C ends it)"));
    if open {
        open_browser(&address);
    }
    let folder: Arc<Path> = folder.into();
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let folder = Arc::clone(&folder);
        // A visitor who goes away in the middle of an answer is no failure of the server.
        thread::spawn(move || answer(stream, &folder).unwrap_or_default());
    }
    Ok(())
}

fn listen(asked: Option<u16>) -> Result<TcpListener> {
    let first = asked.unwrap_or(FIRST_PORT);
    let last = if asked.is_some() { first } else { first + PORTS_TRIED };
    for port in first..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if asked.is_some() => {
                return Err(failure(
                    format!("cannot serve on port {port}: {error}"),
                    "name another with --port, or leave it out and a free one is taken",
                ));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                say(format!("port {port} is taken, trying the next"));
            }
            Err(error) => say(format!("port {port} cannot be had ({error}), trying the next")),
        }
    }
    Err(failure(format!("no port from {first} to {last} is free"), "name one with --port"))
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_write_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new((&stream).take(HEAD_LIMIT));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    // The rest of the head is read to its end: closing on unread bytes may take the answer from the client.
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    match parse(first.trim_end()) {
        Request::File { method, segments, folder: ends_in_slash } => {
            match find(folder, &segments, ends_in_slash) {
                Place::File(file) => match fs::read(&file) {
                    Ok(body) => send(&mut stream, "200 OK", media_type(&file), "", &body, method),
                    Err(error) => text(&mut stream, "500 Internal Server Error", &error.to_string(), method),
                },
                Place::AddSlash => {
                    // The first line was understood, so its second word is a path; only the query is cut off.
                    let target = first.split(' ').nth(1).unwrap_or("/");
                    let path = target.split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
                    let location = format!("Location: /{path}/\r\n");
                    send(&mut stream, "301 Moved Permanently", "text/plain", &location, b"", method)
                }
                Place::Missing => missing(&mut stream, folder, method),
            }
        }
        Request::WrongMethod => {
            let body = b"only GET and HEAD\n";
            send(&mut stream, "405 Method Not Allowed", "text/plain", "Allow: GET, HEAD\r\n", body, Method::Get)
        }
        Request::Bad => text(&mut stream, "400 Bad Request", "that is no path of this page", Method::Get),
    }
}

fn missing(stream: &mut TcpStream, folder: &Path, method: Method) -> std::io::Result<()> {
    let own: PathBuf = folder.join("404.html");
    let body = fs::read(own).unwrap_or_else(|_| {
        b"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>\
          <p>Nothing is here. <a href=\"/\">To the page</a></p></html>\n"
            .to_vec()
    });
    send(stream, "404 Not Found", "text/html; charset=utf-8", "", &body, method)
}

fn text(stream: &mut TcpStream, status: &str, body: &str, method: Method) -> std::io::Result<()> {
    send(stream, status, "text/plain; charset=utf-8", "", format!("{body}\n").as_bytes(), method)
}

fn send(
    stream: &mut TcpStream,
    status: &str,
    media_type: &str,
    more: &str,
    body: &[u8],
    method: Method,
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n{more}Cache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if method == Method::Get {
        stream.write_all(body)?;
    }
    stream.flush()
}

fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut browser = command(program);
    browser.args(arguments).arg(address).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    if browser.spawn().is_err() {
        say(format!("cannot open a browser (no `{program}` here): open {address} by hand"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One exchange with the real server loop's answer, over a real socket.
    fn exchange(request: &str) -> String {
        let folder =
            std::env::temp_dir().join(format!("jitp-serve-{}-{:?}", std::process::id(), thread::current().id()));
        fs::create_dir_all(folder.join("sub")).expect("a folder can be made");
        for (file, body) in [("index.html", "<p>page"), ("m.wasm", "\0asm"), ("sub/index.html", "<p>sub")] {
            fs::write(folder.join(file), body).expect("a file can be written");
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("bound");
        let root = folder.canonicalize().expect("it is there");
        let server = thread::spawn(move || answer(listener.accept().expect("a visitor").0, &root));
        let mut client = TcpStream::connect(address).expect("the server listens");
        client.write_all(request.as_bytes()).expect("it reads");
        let mut got = String::new();
        client.read_to_string(&mut got).expect("it answers");
        server.join().expect("no panic").expect("no error");
        fs::remove_dir_all(folder).expect("the folder goes");
        got
    }

    #[test]
    fn answers_are_as_http_has_them() {
        let page = exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\n<p>page"), "{page}");
        let wasm = exchange("HEAD /m.wasm HTTP/1.1\r\n\r\n");
        assert!(wasm.contains("Content-Type: application/wasm\r\nContent-Length: 4\r\n"), "{wasm}");
        assert!(wasm.ends_with("\r\n\r\n"), "{wasm}");
        let slash = exchange("GET /sub?x HTTP/1.1\r\n\r\n");
        assert!(slash.starts_with("HTTP/1.1 301 ") && slash.contains("Location: /sub/\r\n"), "{slash}");
        assert!(exchange("GET /none HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
        assert!(exchange("PUT / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        assert!(exchange("GET /../x HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400 "));
    }

    #[test]
    fn a_taken_port_is_an_error_only_where_it_was_asked_for() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("bound").port();
        let error = listen(Some(port)).expect_err("it is taken").to_string();
        assert!(error.contains(&format!("cannot serve on port {port}")) && error.contains("mend:"), "{error}");
    }
}
