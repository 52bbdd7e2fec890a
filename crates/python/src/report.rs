//! What is shown as a page: the access matrix and the access review.

use std::io;

use clio_rules::protocol::{
    AskFailure, Exchange, MatrixRequest, ProtocolQuestion, ReviewRequest, World,
};
use clio_rules::render::{RenderMarkdown, RenderPage, Renderer};
use clio_rules::{Firm, Review as EngineReview};
use pyo3::prelude::*;

use crate::firm::counted;
use crate::{errors, json};

/// A reply in the forms in which people read it.
struct Shown {
    page: String,
    markdown: String,
    /// The reply as JSON.
    data: String,
}

impl Shown {
    /// Asks, and keeps the reply in all forms.
    fn of<Q: ProtocolQuestion + Send>(
        py: Python<'_>,
        firm: &Firm,
        request: Q,
    ) -> PyResult<(Self, Q::Reply)>
    where
        Q::Reply: RenderPage + RenderMarkdown + Send,
    {
        let shown = py.detach(|| -> Result<_, ShownError> {
            let world = World::new(firm);
            let exchange = world.ask(request).map_err(ShownError::NotAsked)?;
            let renderer = Renderer::of(&world);
            let page = text(|to| renderer.page(&exchange.reply, to))?;
            let markdown = text(|to| renderer.markdown(&exchange.reply, to))?;
            let data = serde_json::to_string(&exchange)
                .map_err(|error| ShownError::Other(error.to_string()))?;
            let Exchange { reply, .. } = exchange;
            Ok((
                Self {
                    page,
                    markdown,
                    data,
                },
                reply,
            ))
        });
        shown.map_err(|error| error.raised(py))
    }

    /// The page in a frame of its own, so that its styles stay with it.
    fn frame(&self) -> String {
        let escaped = self.page.replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe srcdoc=\"{escaped}\" sandbox style=\"width: 100%; height: 32em; border: 1px solid #ccc\"></iframe>"
        )
    }
}

enum ShownError {
    NotAsked(AskFailure),
    Other(String),
}

impl ShownError {
    fn raised(self, py: Python<'_>) -> PyErr {
        match self {
            Self::NotAsked(failure) => errors::of_failure(py, &failure),
            Self::Other(error) => errors::internal(error),
        }
    }
}

fn text(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, ShownError> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| ShownError::Other(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ShownError::Other(error.to_string()))
}

/// Who may do what: roles across, actions down.
///
/// >>> from clio_rules import Firm, Rulebook
/// >>> matrix = Firm.example(Rulebook.builtin()).matrix("grow")
/// >>> matrix.html().startswith("<!doctype html>")
/// True
/// >>> matrix.to_dict()["matrices"][0]["product"]
/// 'grow'
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Matrix {
    shown: Shown,
    products: Vec<String>,
}

/// Who holds what, and who may do what.
///
/// >>> from clio_rules import Firm, Rulebook
/// >>> review = Firm.example(Rulebook.builtin()).review()
/// >>> review
/// Review('Hartley Moss LLP', 14 users)
/// >>> review.html().startswith("<!doctype html>")
/// True
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Review {
    shown: Shown,
    firm: String,
    users: usize,
}

macro_rules! shown_methods {
    ($of:ident, $repr:expr) => {
        #[pymethods]
        impl $of {
            /// The page: one that stands alone, without scripts and without anything from the network.
            fn html(&self) -> &str {
                &self.shown.page
            }

            /// The same as Markdown, for a pull request or a wiki.
            fn markdown(&self) -> &str {
                &self.shown.markdown
            }

            /// The reply as data, as the protocol has it.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                json::value_of(py, &self.shown.data)
            }

            fn _repr_html_(&self) -> String {
                self.shown.frame()
            }

            fn __repr__(&self) -> String {
                let repr: fn(&Self) -> String = $repr;
                repr(self)
            }
        }
    };
}

shown_methods!(Matrix, |matrix| {
    let products: Vec<String> = matrix.products.iter().map(|id| format!("'{id}'")).collect();
    format!("Matrix([{}])", products.join(", "))
});
shown_methods!(Review, |review| {
    format!("Review('{}', {})", review.firm, counted(review.users))
});

impl Matrix {
    pub(crate) fn of(
        py: Python<'_>,
        firm: &Firm,
        product: Option<&str>,
        by: Option<&str>,
    ) -> PyResult<Self> {
        let request = MatrixRequest {
            product: product.map(str::to_owned),
            by: by.map(str::to_owned),
        };
        let (shown, reply) = Shown::of(py, firm, request)?;
        let products = reply.matrices.iter();
        Ok(Self {
            shown,
            products: products.map(|matrix| matrix.product.to_string()).collect(),
        })
    }
}

impl Review {
    pub(crate) fn of(
        py: Python<'_>,
        firm: &Firm,
        product: Option<&str>,
        only: Option<Vec<String>>,
    ) -> PyResult<Self> {
        let request = ReviewRequest {
            product: product.map(str::to_owned),
            only,
            old: None,
        };
        let (shown, reply): (_, EngineReview) = Shown::of(py, firm, request)?;
        Ok(Self {
            shown,
            firm: firm.name().to_owned(),
            users: reply.people.len(),
        })
    }
}
