//! The picture: what a decision takes, and what a load takes, by size.

use std::error::Error;
use std::path::Path;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;

use super::Line;

const SIZE: (u32, u32) = (1_000, 400);
const COLOURS: [RGBColor; 3] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
];
/// The sizes that are drawn, from the fewest to the most.
const SIZES: std::ops::Range<f64> = 4.0..2e6;

/// Draws both panels into a file.
pub(crate) fn draw(file: &Path, lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(file, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let (left, right) = root.split_horizontally(SIZE.0 / 2);
    let most = lines.iter().flat_map(|line| &line.points);
    let most = most.map(|point| point.decision_ns).fold(10.0, f64::max);
    let decision = |line: &Line| {
        line.points
            .iter()
            .map(|p| (p.size as f64, p.decision_ns))
            .collect()
    };
    panel(
        &left,
        "a decision, nanoseconds",
        0.0..most * 1.2,
        lines,
        decision,
    )?;
    let load = |line: &Line| {
        line.points
            .iter()
            .map(|p| (p.size as f64, p.load_ms))
            .collect()
    };
    panel(
        &right,
        "a load, milliseconds",
        (0.01..1e4).log_scale(),
        lines,
        load,
    )?;
    root.present()?;
    Ok(())
}

fn panel<Y>(
    area: &DrawingArea<SVGBackend<'_>, Shift>,
    title: &str,
    heights: Y,
    lines: &[Line],
    points: impl Fn(&Line) -> Vec<(f64, f64)>,
) -> Result<(), Box<dyn Error>>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: ValueFormatter<f64> + Ranged<ValueType = f64>,
{
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(52)
        .build_cartesian_2d(SIZES.log_scale(), heights)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_labels(7)
        .x_desc("how many there are")
        .x_label_formatter(&|size| short(*size))
        .y_label_formatter(&|height| short(*height))
        .draw()?;
    for (line, colour) in lines.iter().zip(COLOURS) {
        let points = points(line);
        chart
            .draw_series(LineSeries::new(
                points.iter().copied(),
                colour.stroke_width(2),
            ))?
            .label(line.what)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
        chart.draw_series(
            points
                .into_iter()
                .map(|point| Circle::new(point, 3, colour.filled())),
        )?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.2))
        .draw()?;
    Ok(())
}

/// A number with as few signs as can be.
fn short(number: f64) -> String {
    match number {
        n if n >= 1e6 => format!("{}M", n / 1e6),
        n if n >= 1e3 => format!("{}k", n / 1e3),
        n => format!("{n}"),
    }
}
