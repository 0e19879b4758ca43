//! What holds whatever people do, in whatever order.

mod draw;
mod nothing_lost;
mod order;
mod same_bytes;
mod sound;
