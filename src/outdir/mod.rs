//! The single writer: compares a bundle with a folder and makes the folder equal, losing nothing.
