//! The Worker's runtime itself, with a Worker of three lines.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use handrail_world::wait::{SHORT, until};
use handrail_world::workerd::{Workerd, WorkerdOptions};

const WORKER: &str = "export default { async fetch(request, env) {
    if (new URL(request.url).pathname === '/out') return fetch('https://login.microsoftonline.com/x');
    console.log('asked'); return new Response(env.MODE); } };";

#[test]
fn what_the_worker_fetches_goes_to_the_practice_tenant_under_the_real_host_name() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let outbound = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 2048];
            let length = stream.read(&mut request).unwrap();
            let host = String::from_utf8_lossy(&request[..length]).to_lowercase();
            let host = host.lines().find(|l| l.starts_with("host:")).unwrap().to_owned();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{host}",
                host.len()
            );
            stream.write_all(head.as_bytes()).unwrap();
        }
    });
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.js"), WORKER).unwrap();
    let mut options = WorkerdOptions::new(folder.path().to_owned(), outbound);
    options.vars.push(("MODE".to_owned(), "practice".to_owned()));
    let mut worker = Workerd::start(options).unwrap();
    let get = |path: &str, origin: &str| {
        ureq::get(format!("{origin}{path}")).call().unwrap().body_mut().read_to_string().unwrap()
    };
    assert_eq!(get("/", &worker.origin()), "practice");
    assert_eq!(get("/out", &worker.origin()), "host: login.microsoftonline.com");
    until("the line in the log", SHORT, || Ok(worker.log().contains("asked").then_some(()))).unwrap();

    let before = worker.origin();
    worker.kill();
    assert!(ureq::get(&before).call().is_err(), "a killed Worker answers nothing");
    worker.restart().unwrap();
    assert_eq!(worker.origin(), before, "it comes back where it was");
    assert_eq!(get("/", &before), "practice");
}
