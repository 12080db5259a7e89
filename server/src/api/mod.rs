//! Endpoints: one file for each resource.

pub mod access_audit;
pub mod account;
pub mod accounts;
pub mod door;
pub mod download;
mod error;
pub mod groups;
pub mod health;
pub mod imports;
pub mod links;
pub mod my_sign_ins;
pub mod pages;
pub mod posted;
pub mod preferences;
pub mod provider;
pub mod registrations;
pub mod rejects;
pub mod second_factor;
pub mod shown_once;
pub mod ui;
pub mod unmask;
pub mod v1;
pub mod views;
