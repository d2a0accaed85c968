//! A proxy that leads a program under test to the practice tenant, as a company's proxy would lead it outside.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// Starts a proxy for HTTPS on a free port; it leads to one address, whatever it is asked for, until the process ends.
///
/// # Errors
/// When no port can be listened on.
pub fn proxy_to(target: SocketAddr) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || tunnel(stream, target));
        }
    });
    Ok(address)
}

fn tunnel(stream: TcpStream, target: SocketAddr) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut head = String::new();
    while reader.read_line(&mut head).ok()? > 0 && !head.ends_with("\r\n\r\n") {}
    let mut out = stream;
    out.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
    let to = TcpStream::connect(target).ok()?;
    for socket in [&out, &to] {
        socket.set_nodelay(true).ok()?;
    }
    let (mut up, mut down) = (to.try_clone().ok()?, to);
    let there = std::thread::spawn(move || std::io::copy(&mut reader, &mut up));
    let mut buffer = [0; 16_384];
    loop {
        let n = down.read(&mut buffer).ok()?;
        if n == 0 {
            break;
        }
        out.write_all(buffer.get(..n)?).ok()?;
    }
    drop(there);
    Some(())
}
