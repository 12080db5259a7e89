//! The segments of one data file as bytes.

use std::sync::Arc;

use model::Tab;

use super::bytes::{Reader, Writer};
use crate::codes::{Coded, Codes};
use crate::dates::Dates;
use crate::identifier::{Form, Identifiers};
use crate::layout::Layout;
use crate::segment::{Column, Segment, Shared, Values};

/// Writes segments. What columns share is written once.
pub(super) fn write(segments: &[Arc<Segment>], out: &mut Writer) {
    out.length(segments.len());
    for segment in segments {
        out.length(segment.tab().index());
        write_dates(segment.dates(), out);
        let mut coded: Vec<&Arc<Coded>> = Vec::new();
        let mut own: Vec<&Arc<Identifiers>> = Vec::new();
        for column in segment.columns() {
            if !coded.iter().any(|held| Arc::ptr_eq(held, &column.rows)) {
                coded.push(&column.rows);
            }
            if let Values::Own(identifiers) = &column.values
                && !own.iter().any(|held| Arc::ptr_eq(held, identifiers))
            {
                own.push(identifiers);
            }
        }
        out.length(coded.len());
        coded.iter().for_each(|coded| write_coded(coded, out));
        out.length(own.len());
        own.iter()
            .for_each(|identifiers| write_identifiers(identifiers, out));
        for column in segment.columns() {
            out.length(
                coded
                    .iter()
                    .position(|held| Arc::ptr_eq(held, &column.rows))
                    .unwrap_or_default(),
            );
            match &column.values {
                Values::Shared(shared) => {
                    out.number(0u8);
                    out.numbers(shared.codes());
                }
                Values::Own(identifiers) => {
                    out.number(1u8);
                    let place = own.iter().position(|held| Arc::ptr_eq(held, identifiers));
                    out.length(place.unwrap_or_default());
                }
            }
        }
    }
}

/// Reads segments.
pub(super) fn read(bytes: &mut Reader<'_>) -> Option<Vec<Segment>> {
    let count = bytes.length()?;
    (0..count).map(|_| read_one(bytes)).collect()
}

fn read_one(bytes: &mut Reader<'_>) -> Option<Segment> {
    let tab = *Tab::ALL.get(bytes.length()?)?;
    let dates = read_dates(bytes)?;
    let coded = bytes.length()?;
    let coded: Vec<Arc<Coded>> = (0..coded)
        .map(|_| read_coded(bytes).map(Arc::new))
        .collect::<Option<_>>()?;
    let own = bytes.length()?;
    let own: Vec<Arc<Identifiers>> = (0..own)
        .map(|_| read_identifiers(bytes).map(Arc::new))
        .collect::<Option<_>>()?;
    let mut columns = Vec::with_capacity(Layout::get().columns.len());
    for _ in &Layout::get().columns {
        let rows = Arc::clone(coded.get(bytes.length()?)?);
        let values = match bytes.number::<u8>()? {
            0 => Values::Shared(Shared::new(bytes.numbers()?)),
            _ => Values::Own(Arc::clone(own.get(bytes.length()?)?)),
        };
        if rows.codes().len() != dates.len() {
            return None;
        }
        columns.push(Column { rows, values });
    }
    Some(Segment::new(tab, dates, columns.into_boxed_slice()))
}

fn write_dates(dates: &Dates, out: &mut Writer) {
    out.numbers(&dates.all());
}

fn read_dates(bytes: &mut Reader<'_>) -> Option<Dates> {
    Some(Dates::new(&bytes.numbers::<i64>()?))
}

fn write_coded(coded: &Coded, out: &mut Writer) {
    let (codes, starts, lists) = coded.parts();
    match codes {
        Codes::Same(rows) => {
            out.number(0u8);
            out.length(*rows);
        }
        Codes::One(codes) => {
            out.number(1u8);
            out.numbers(codes);
        }
        Codes::Two(codes) => {
            out.number(2u8);
            out.numbers(codes);
        }
    }
    out.numbers(starts);
    out.numbers(lists);
}

fn read_coded(bytes: &mut Reader<'_>) -> Option<Coded> {
    let codes = match bytes.number::<u8>()? {
        0 => Codes::Same(bytes.length()?),
        1 => Codes::One(bytes.numbers()?),
        _ => Codes::Two(bytes.numbers()?),
    };
    Some(Coded::of_parts(codes, bytes.numbers()?, bytes.numbers()?))
}

fn write_identifiers(identifiers: &Identifiers, out: &mut Writer) {
    let (form, regular, odd) = identifiers.parts();
    out.number(match form {
        Form::Guid => 0u8,
        Form::Token => 1u8,
    });
    out.numbers(regular);
    out.length(odd.len());
    odd.iter().for_each(|text| out.text(text));
}

fn read_identifiers(bytes: &mut Reader<'_>) -> Option<Identifiers> {
    let form = match bytes.number::<u8>()? {
        0 => Form::Guid,
        _ => Form::Token,
    };
    let regular = bytes.numbers()?;
    let count = bytes.length()?;
    let odd: Option<Box<[Box<str>]>> = (0..count).map(|_| bytes.text().map(Box::from)).collect();
    Some(Identifiers::of_parts(form, regular, odd?))
}
