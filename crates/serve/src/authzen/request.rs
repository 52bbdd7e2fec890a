//! What a request asks: subject, action, resource and context, each as the body names it.

use super::json::{Json, Member, member};

/// A request that cannot be asked: what is wrong, in one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RequestError(pub String);

/// A subject or resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entity<'q> {
    /// Its type.
    pub kind: &'q str,
    /// Its id; empty where it is searched for.
    pub id: &'q str,
    /// What the request says of it.
    pub properties: &'q [Member<'q>],
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NamedAction<'q> {
    /// Its name.
    pub name: &'q str,
    /// What the request says of it.
    pub properties: &'q [Member<'q>],
}

/// One question: may this subject do this on that resource?
#[derive(Debug, Clone, Copy)]
pub struct Evaluation<'q> {
    /// Who does it.
    pub subject: Entity<'q>,
    /// What is done.
    pub action: NamedAction<'q>,
    /// On what.
    pub resource: Entity<'q>,
    /// What else is known.
    pub context: &'q [Member<'q>],
}

/// An object of a request under a key; none where it is missing.
pub(super) fn object<'q>(
    body: &'q [Member<'q>],
    key: &str,
) -> Result<Option<&'q [Member<'q>]>, RequestError> {
    match member(body, key) {
        None => Ok(None),
        Some(Json::Object(members)) => Ok(Some(members)),
        Some(_) => Err(RequestError(format!("`{key}` has to be an object"))),
    }
}

/// A text of an entity.
fn text<'q>(of: &'q [Member<'q>], role: &str, key: &str) -> Result<&'q str, RequestError> {
    match member(of, key) {
        Some(Json::Text(text)) => Ok(text),
        Some(_) => Err(RequestError(format!("`{role}.{key}` has to be a text"))),
        None => Err(RequestError(format!("`{role}.{key}` is missing"))),
    }
}

fn properties<'q>(of: &'q [Member<'q>], role: &str) -> Result<&'q [Member<'q>], RequestError> {
    let wrong = |_| RequestError(format!("`{role}.properties` has to be an object"));
    Ok(object(of, "properties").map_err(wrong)?.unwrap_or_default())
}

/// The entity under a key.
pub(super) fn entity<'q>(
    given: Option<&'q [Member<'q>]>,
    role: &str,
) -> Result<Entity<'q>, RequestError> {
    let of = given.ok_or_else(|| RequestError(format!("`{role}` is missing")))?;
    Ok(Entity {
        id: text(of, role, "id")?,
        ..searched(given, role)?
    })
}

/// An entity that is searched for: its id is left aside.
pub(super) fn searched<'q>(
    given: Option<&'q [Member<'q>]>,
    role: &str,
) -> Result<Entity<'q>, RequestError> {
    let of = given.ok_or_else(|| RequestError(format!("`{role}` is missing")))?;
    Ok(Entity {
        kind: text(of, role, "type")?,
        id: "",
        properties: properties(of, role)?,
    })
}

/// The action under a key.
pub(super) fn action<'q>(given: Option<&'q [Member<'q>]>) -> Result<NamedAction<'q>, RequestError> {
    let of = given.ok_or_else(|| RequestError("`action` is missing".to_owned()))?;
    Ok(NamedAction {
        name: text(of, "action", "name")?,
        properties: properties(of, "action")?,
    })
}

/// The members of a body, which has to be an object.
pub(super) fn members<'q>(body: &'q Json<'q>) -> Result<&'q [Member<'q>], RequestError> {
    let wrong = || RequestError("the body has to be an object".to_owned());
    body.members().ok_or_else(wrong)
}

/// The four parts of a question as they stand in a body or in one item of a batch: what is missing there comes from the body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'q> {
    subject: Option<&'q [Member<'q>]>,
    action: Option<&'q [Member<'q>]>,
    resource: Option<&'q [Member<'q>]>,
    context: Option<&'q [Member<'q>]>,
}

impl<'q> Parts<'q> {
    /// The parts of an object. A part that is there has to be an object.
    ///
    /// # Errors
    /// [`RequestError`] where one is not.
    pub fn of(body: &'q [Member<'q>]) -> Result<Self, RequestError> {
        Ok(Self {
            subject: object(body, "subject")?,
            action: object(body, "action")?,
            resource: object(body, "resource")?,
            context: object(body, "context")?,
        })
    }

    /// These parts, and those of a body where there is none. A part is taken as a whole: nothing is merged within it.
    #[must_use]
    pub fn or(self, body: Self) -> Self {
        Self {
            subject: self.subject.or(body.subject),
            action: self.action.or(body.action),
            resource: self.resource.or(body.resource),
            context: self.context.or(body.context),
        }
    }

    /// The question that the parts ask.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn evaluation(self) -> Result<Evaluation<'q>, RequestError> {
        Ok(Evaluation {
            subject: entity(self.subject, "subject")?,
            action: action(self.action)?,
            resource: entity(self.resource, "resource")?,
            context: self.context(),
        })
    }

    /// The subject.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn subject(self) -> Result<Entity<'q>, RequestError> {
        entity(self.subject, "subject")
    }

    /// The resource.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn resource(self) -> Result<Entity<'q>, RequestError> {
        entity(self.resource, "resource")
    }

    /// The subject that is searched for.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn searched_subject(self) -> Result<Entity<'q>, RequestError> {
        searched(self.subject, "subject")
    }

    /// The resource that is searched for.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn searched_resource(self) -> Result<Entity<'q>, RequestError> {
        searched(self.resource, "resource")
    }

    /// The action; none where the request has none.
    ///
    /// # Errors
    /// [`RequestError`] where something is missing or of the wrong type.
    pub fn action(self) -> Result<NamedAction<'q>, RequestError> {
        action(self.action)
    }

    /// Whether there is an action.
    pub fn has_action(self) -> bool {
        self.action.is_some()
    }

    /// The context; empty where there is none.
    pub fn context(self) -> &'q [Member<'q>] {
        self.context.unwrap_or_default()
    }
}
