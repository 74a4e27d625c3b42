//! The one binary.

fn main() -> std::process::ExitCode {
    chancery::run(std::env::args_os())
}
