use hmac::{Hmac, KeyInit as _, Mac as _};
use kontor_zustelldienst::{Callback, Setup};
use serde_json::{Value, json};
use sha2::Sha512;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::subscriber::{Scene, antrag, hex, zustellpunkt};

const SECRET: &str = "ein-geheimnis-von-mehr-als-32-zeichen";

/// Reads one HTTP request: its head and its body.
async fn one_request(listener: &TcpListener, answer: &str) -> (String, Vec<u8>) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut read = Vec::new();
    loop {
        let end = read.windows(4).position(|it| it == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(read[..end].to_vec()).unwrap().to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if read.len() == end + 4 + length.unwrap().parse::<usize>().unwrap() {
                stream.write_all(answer.as_bytes()).await.unwrap();
                return (head, read[end + 4..].to_vec());
            }
        }
        assert_ne!(stream.read_buf(&mut read).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_subscriber_is_told_and_told_again_until_it_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/rueckruf", listener.local_addr().unwrap());
    let callback = Some(Callback { url, secret: SECRET.to_owned() });
    let scene = Scene::with(
        Setup::default(),
        kontor_zustelldienst::Zustellpunkt { callback, ..zustellpunkt() },
    )
    .await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let unwell =
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let well = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let first = one_request(&listener, unwell).await;
    let (head, body) = one_request(&listener, well).await;
    assert_eq!(first.1, body);
    let field =
        |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(field("callback-timestamp: ").as_bytes());
    mac.update(b".");
    mac.update(&body);
    assert_eq!(field("callback-authentication: "), hex(&mac.finalize().into_bytes()));
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["submissions"][0]["submissionId"], json!(sent.submission));
}
