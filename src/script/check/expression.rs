//! Expressions: operators, `if`, `switch`, members, names and literals.

use rhai::Token;

use super::super::lexeme::ScriptPosition;
use super::Step;
use super::reader::{LiteralShape, Operand, ScriptReader, is_assignment};
use crate::finding::{Finding, script as codes};
use crate::vocabulary::Read;

/// The precedence of an operator, as in Rhai. Returns `None` for a word that ends an expression.
fn binding(token: &Token) -> Option<u8> {
    Some(match token {
        Token::Or => 30,
        Token::And => 60,
        Token::EqualsTo | Token::NotEqualsTo => 90,
        Token::In | Token::NotIn => 110,
        Token::LessThan
        | Token::LessThanEqualsTo
        | Token::GreaterThan
        | Token::GreaterThanEqualsTo => 130,
        Token::Plus | Token::Minus => 150,
        Token::Multiply | Token::Divide | Token::Modulo => 180,
        _ => return None,
    })
}

impl<'a> ScriptReader<'a> {
    pub(super) fn expression(&mut self) -> Step<Operand<'a>> {
        self.operators(0)
    }

    /// An expression whose operators have a higher precedence than the operator before it.
    fn operators(&mut self, outer: u8) -> Step<Operand<'a>> {
        let mut left = self.unary()?;
        while let Some(tightness) = binding(self.peek()).filter(|tightness| *tightness > outer) {
            let sign = self.advance();
            if matches!(sign, Token::In | Token::NotIn) {
                self.membership(&left)?;
            } else {
                let right = self.operators(tightness)?;
                self.joined(&left, sign, &right);
            }
            left = Self::other(left.at);
        }
        Ok(left)
    }

    fn joined(&mut self, left: &Operand<'a>, sign: &Token, right: &Operand<'a>) {
        match sign {
            Token::EqualsTo | Token::NotEqualsTo => self.compared(left, right),
            Token::LessThan
            | Token::LessThanEqualsTo
            | Token::GreaterThan
            | Token::GreaterThanEqualsTo => self.ordered(left, sign.literal_syntax(), right),
            _ => {
                self.plain(left);
                self.plain(right);
            }
        }
    }

    /// The list after `in`. Each element is compared with the value before `in`.
    fn membership(&mut self, left: &Operand<'a>) -> Step<()> {
        let elements = self.list()?;
        if elements.is_empty() {
            self.plain(left);
        }
        for element in &elements {
            self.compared(left, element);
        }
        Ok(())
    }

    /// A list `[ … ]`. It is allowed only after `in`.
    pub(super) fn list(&mut self) -> Step<Vec<Operand<'a>>> {
        if !self.skip(&Token::LeftBracket) {
            return Err(self.refuse_with("after `in` stands a list: `[\"a\", \"b\"]`"));
        }
        let mut elements = Vec::new();
        while !self.skip(&Token::RightBracket) {
            elements.push(self.expression()?);
            if !self.skip(&Token::Comma) {
                self.expect(&Token::RightBracket)?;
                break;
            }
        }
        Ok(elements)
    }

    fn unary(&mut self) -> Step<Operand<'a>> {
        let at = self.here();
        match self.peek() {
            Token::Bang => {
                self.advance();
                let operand = self.unary()?;
                self.plain(&operand);
                Ok(Self::other(at))
            }
            Token::Minus | Token::UnaryMinus => {
                self.advance();
                let operand = self.unary()?;
                self.plain(&operand);
                let shape = match operand.shape {
                    LiteralShape::Number(number) => LiteralShape::Number(number.wrapping_neg()),
                    _ => LiteralShape::Other,
                };
                Ok(Operand { shape, at })
            }
            _ => {
                let operand = self.primary()?;
                self.members(operand)
            }
        }
    }

    fn primary(&mut self) -> Step<Operand<'a>> {
        let at = self.here();
        let shape = match self.peek() {
            Token::True => LiteralShape::Flag(true),
            Token::False => LiteralShape::Flag(false),
            Token::IntegerConstant(number) => LiteralShape::Number(*number),
            Token::StringConstant(text) => LiteralShape::Text(text.as_str()),
            Token::Identifier(name) => return self.named(name.as_str()),
            Token::LeftParen => {
                self.advance();
                let inner = self.expression()?;
                self.expect(&Token::RightParen)?;
                return Ok(Operand { at, ..inner });
            }
            Token::If => return self.if_else().map(|()| Self::other(at)),
            Token::Switch => return self.switch().map(|()| Self::other(at)),
            Token::LeftBrace => return self.block().map(|()| Self::other(at)),
            Token::LeftBracket => {
                return Err(
                    self.refuse_with("a list stands after `in` only: `x in [\"a\", \"b\"]`")
                );
            }
            Token::Pipe | Token::Or => return Err(self.refuse_with("write `||` for or")),
            _ => return Err(self.refuse_here()),
        };
        self.advance();
        Ok(Operand { shape, at })
    }

    /// A name of a called function, a local, a person or an input.
    fn named(&mut self, name: &'a str) -> Step<Operand<'a>> {
        let at = self.here();
        self.advance();
        if matches!(self.peek(), Token::LeftParen | Token::Unit) {
            return self.call(name, at);
        }
        let shape = self.meaning(name);
        if shape.is_none() {
            self.unknown(name, at);
        }
        Ok(Operand {
            shape: shape.unwrap_or(LiteralShape::Unknown),
            at,
        })
    }

    /// Reads what follows a value. Only `.member` is allowed.
    fn members(&mut self, operand: Operand<'a>) -> Step<Operand<'a>> {
        let mut operand = operand;
        loop {
            match self.peek() {
                Token::Period => operand = self.member(&operand)?,
                Token::LeftBracket => {
                    return Err(self.refuse_with(
                        "nothing has numbered parts; compare with the value that is meant",
                    ));
                }
                Token::Bang => return Err(self.refuse_here()),
                _ => return Ok(operand),
            }
        }
    }

    fn member(&mut self, owner: &Operand<'a>) -> Step<Operand<'a>> {
        self.advance();
        let at = self.here();
        let name = self.name()?;
        if matches!(self.peek(), Token::LeftParen | Token::Unit) {
            self.report(&codes::SCRIPT_NOT_A_PERSON, at, &[&format!("{name}()")]);
            return Err(super::ScriptUnreadable);
        }
        if let LiteralShape::Thing(thing) = &owner.shape {
            return Ok(self.member_of_thing(thing, name, (owner.at, at)));
        }
        if let LiteralShape::Person(person) = &owner.shape
            && let Some((_, thing)) = self.vocabulary.thing_of(*person, name)
        {
            return Ok(Operand {
                shape: LiteralShape::Thing(thing),
                at: owner.at,
            });
        }
        let written = match &owner.shape {
            LiteralShape::Person(person) => format!("{}.{name}", person.name()),
            LiteralShape::Local(local) => format!("{local}.{name}"),
            LiteralShape::Unknown => return Ok(owner.clone()),
            _ => {
                self.report(&codes::SCRIPT_NOT_A_PERSON, at, &[&name]);
                return Ok(Self::other(owner.at));
            }
        };
        let vocabulary = self.vocabulary;
        let domain = vocabulary.member(name).and_then(|number| {
            vocabulary.domain(crate::vocabulary::Read::Member(
                crate::vocabulary::Person::User,
                number,
            ))
        });
        if let Some(domain) = domain {
            return Ok(Operand {
                shape: LiteralShape::Input(written, domain),
                at: owner.at,
            });
        }
        // A local may be a thing.
        if matches!(owner.shape, LiteralShape::Local(_))
            && let Some(member) = self.member_of_any_thing(written, name, owner.at)
        {
            return Ok(member);
        }
        let finding = Finding::new(
            &codes::SCRIPT_UNKNOWN_MEMBER,
            Some(self.place(at)),
            &[&name],
        );
        self.push_with(finding, |finding| {
            finding.with_nearest(name, vocabulary.member_names())
        });
        Ok(Operand {
            shape: LiteralShape::Unknown,
            at: owner.at,
        })
    }

    /// What a member is of a value that may be a thing of any kind; none where no kind has it.
    fn member_of_any_thing(
        &self,
        written: String,
        name: &str,
        at: ScriptPosition,
    ) -> Option<Operand<'a>> {
        let vocabulary = self.vocabulary;
        let is_whole = |thing: &str| thing.strip_suffix(name).is_some_and(|of| of.ends_with('.'));
        if vocabulary.thing_names().any(is_whole) {
            let shape = LiteralShape::Local(written);
            return Some(Operand { shape, at });
        }
        let things = vocabulary.thing_names();
        let mut domains = things.filter_map(|thing| {
            let number = vocabulary.member_of_thing(thing, name)?;
            vocabulary.domain(Read::Variable(number))
        });
        let domain = domains.next()?;
        // Where kinds differ in the values, only running it tells.
        Some(if domains.all(|other| other == domain) {
            let shape = LiteralShape::Input(written, domain);
            Operand { shape, at }
        } else {
            Self::other(at)
        })
    }

    /// What a member of a thing is: `matter.status`.
    fn member_of_thing(
        &mut self,
        thing: &str,
        name: &str,
        (start, at): (ScriptPosition, ScriptPosition),
    ) -> Operand<'a> {
        let vocabulary = self.vocabulary;
        let above = format!("{thing}.{name}");
        if vocabulary.thing(&above).is_some() {
            return Operand {
                shape: LiteralShape::Thing(above),
                at: start,
            };
        }
        let number = vocabulary.member_of_thing(thing, name);
        let domain = number.and_then(|number| vocabulary.domain(Read::Variable(number)));
        let Some(domain) = domain else {
            let place = Some(self.place(at));
            let finding = Finding::new(&codes::SCRIPT_UNKNOWN_PART, place, &[&thing, &name]);
            self.push_with(finding, |finding| {
                finding.with_nearest(name, vocabulary.members_of_thing(thing))
            });
            return Operand {
                shape: LiteralShape::Unknown,
                at: start,
            };
        };
        Operand {
            shape: LiteralShape::Input(format!("{thing}.{name}"), domain),
            at: start,
        }
    }

    /// `if … { … } else …`
    pub(super) fn if_else(&mut self) -> Step<()> {
        self.expect(&Token::If)?;
        loop {
            self.test()?;
            self.block()?;
            if !self.skip(&Token::Else) {
                return Ok(());
            }
            if !self.skip(&Token::If) {
                return self.block();
            }
        }
    }

    /// `switch … { "a" | "b" => …, _ => … }`
    pub(super) fn switch(&mut self) -> Step<()> {
        self.expect(&Token::Switch)?;
        let subject = self.expression()?;
        self.plain(&subject);
        self.expect(&Token::LeftBrace)?;
        while !self.skip(&Token::RightBrace) {
            self.case(&subject)?;
            self.skip(&Token::Comma);
        }
        Ok(())
    }

    fn case(&mut self, subject: &Operand<'a>) -> Step<()> {
        if !self.skip(&Token::Underscore) {
            loop {
                let label = self.label()?;
                self.compared(subject, &label);
                if !self.skip(&Token::Pipe) {
                    break;
                }
            }
            if self.skip(&Token::If) {
                self.test()?;
            }
        }
        self.expect(&Token::DoubleArrow)?;
        self.scoped(Self::statement)
    }

    /// A literal in front of `=>`.
    fn label(&mut self) -> Step<Operand<'a>> {
        match self.peek() {
            Token::True | Token::False | Token::StringConstant(_) | Token::IntegerConstant(_) => {
                let label = self.primary()?;
                if is_assignment(self.peek()) {
                    return Err(self.refuse_here());
                }
                Ok(label)
            }
            Token::Minus | Token::UnaryMinus => self.unary(),
            _ => Err(self.refuse_with("in front of `=>` stands a value such as \"all\" or `true`")),
        }
    }
}
