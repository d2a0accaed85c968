//! `handrail-tenant`: starts the practice tenant and stays until Ctrl-C.

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use handrail_tenant::{Options, start};

/// Answers for Microsoft's hosts on loopback.
#[derive(Parser)]
struct Args {
    /// Port for plain HTTP; 0 picks a free one.
    #[arg(long, default_value_t = 0)]
    http_port: u16,
    /// Port for TLS; 0 picks a free one.
    #[arg(long, default_value_t = 0)]
    tls_port: u16,
    /// The practice portal's built files.
    #[arg(long, default_value = "target/handrail/portal")]
    portal: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let options = Options { http_port: args.http_port, tls_port: args.tls_port, portal: Some(args.portal) };
    let running = start(options).await?;
    println!("http {}\ntls {}\nspki {}", running.http, running.tls, running.spki);
    tokio::signal::ctrl_c().await?;
    Ok(())
}
