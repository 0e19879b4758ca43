//! What the machine can do at best, without anything of ours.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

/// One row of noise, as large as a Vorgang.
pub(crate) const ROW: [u8; 400] = [b'x'; 400];

/// A plain SQLite file with `synchronous=FULL`.
pub(crate) fn plain_sqlite(path: &Path) -> anyhow::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE raw (id INTEGER PRIMARY KEY, key BLOB NOT NULL, body BLOB NOT NULL) STRICT;
         CREATE INDEX raw_key ON raw (key);",
    )?;
    Ok(connection)
}

/// One row, one durable commit, so many times.
pub(crate) fn full_commits(path: &Path, count: u64) -> anyhow::Result<Vec<Duration>> {
    let connection = plain_sqlite(path)?;
    let mut samples = Vec::new();
    for id in 0..count {
        let begin = Instant::now();
        connection
            .prepare_cached("INSERT INTO raw (id, key, body) VALUES (?1, ?2, ?3)")?
            .execute(params![id, id.to_be_bytes(), ROW])?;
        samples.push(begin.elapsed());
    }
    Ok(samples)
}

/// Rows through one TCP connection on loopback into plain SQLite, in one transaction.
pub(crate) fn tcp_into_sqlite(path: &Path, count: u64) -> anyhow::Result<Duration> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let sender = thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        let rows: Vec<u8> = ROW.repeat(100);
        (0..count / 100).try_for_each(|_| stream.write_all(&rows))
    });
    let mut connection = plain_sqlite(path)?;
    let begin = Instant::now();
    let mut stream = BufReader::with_capacity(1 << 20, TcpStream::connect(address)?);
    let transaction = connection.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO raw (id, key, body) VALUES (?1, ?2, ?3)")?;
        let mut row = ROW;
        for id in 0..count {
            stream.read_exact(&mut row)?;
            insert.execute(params![id, id.to_be_bytes(), row])?;
        }
    }
    transaction.commit()?;
    let elapsed = begin.elapsed();
    sender.join().map_err(|_| anyhow::anyhow!("the sender broke"))??;
    Ok(elapsed)
}

/// Messages through TCP on loopback to somebody who writes and syncs each batch before answering.
pub(crate) fn durable_acknowledgements(
    path: &Path,
    batches: usize,
    per_batch: usize,
) -> anyhow::Result<Duration> {
    let address = keeper(path)?;
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let batch = ROW.repeat(per_batch);
    let begin = Instant::now();
    for _ in 0..batches {
        send(&mut stream, &batch)?;
        stream.read_exact(&mut [0])?;
    }
    Ok(begin.elapsed())
}

/// A message from A, kept durably, passed on to B: the time from sending to having.
pub(crate) fn durable_relay(path: &Path, count: usize) -> anyhow::Result<Vec<Duration>> {
    let address = keeper(path)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address_of_b = listener.local_addr()?;
    let relay = thread::spawn(move || -> std::io::Result<()> {
        let (mut from_a, _) = listener.accept()?;
        let (mut to_b, _) = listener.accept()?;
        to_b.set_nodelay(true)?;
        let mut kept = TcpStream::connect(address)?;
        kept.set_nodelay(true)?;
        let mut row = ROW;
        for _ in 0..count {
            from_a.read_exact(&mut row)?;
            send(&mut kept, &row)?;
            kept.read_exact(&mut [0])?;
            to_b.write_all(&row)?;
        }
        Ok(())
    });
    let mut a = TcpStream::connect(address_of_b)?;
    a.set_nodelay(true)?;
    let mut b = TcpStream::connect(address_of_b)?;
    let mut samples = Vec::new();
    let mut row = ROW;
    for _ in 0..count {
        let begin = Instant::now();
        a.write_all(&ROW)?;
        b.read_exact(&mut row)?;
        samples.push(begin.elapsed());
    }
    relay.join().map_err(|_| anyhow::anyhow!("the relay broke"))??;
    Ok(samples)
}

fn send(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
    stream.write_all(&length.to_be_bytes())?;
    stream.write_all(bytes)
}

/// Takes one connection; writes and syncs every message, then answers with one byte.
fn keeper(path: &Path) -> anyhow::Result<std::net::SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mut file = File::create(path)?;
    thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        let mut message = Vec::new();
        loop {
            let mut length = [0; 4];
            stream.read_exact(&mut length)?;
            message.resize(u32::from_be_bytes(length) as usize, 0);
            stream.read_exact(&mut message)?;
            file.write_all(&message)?;
            file.sync_data()?;
            stream.write_all(&[1])?;
        }
    });
    Ok(address)
}
