//! Functions, blocks and statements.

use rhai::Token;

use super::Step;
use super::reader::{LiteralShape, Operand, ScriptReader, is_assignment};
use crate::finding::script as codes;

impl<'a> ScriptReader<'a> {
    /// `fn name(parameters) { … }`. Nothing else is allowed at the top level of a file.
    pub(super) fn function(&mut self) -> Step<()> {
        if !self.skip(&Token::Fn) {
            let at = self.here();
            self.report(&codes::SCRIPT_OUTSIDE_FUNCTION, at, &[]);
            self.skip_to_function();
            return Ok(());
        }
        let at = self.here();
        let name = self.name()?;
        self.keep_inputs_clear(name, at);
        if name == rhai::OP_CONTAINS {
            // `in` calls this function. Another function of that name would change what `in` means.
            self.report(&codes::SCRIPT_FORBIDDEN, at, &[&name]);
        }
        self.locals.clear();
        self.scoped(|reader| {
            reader.parameters()?;
            reader.block()
        })
    }

    fn parameters(&mut self) -> Step<()> {
        if self.skip(&Token::Unit) {
            return Ok(());
        }
        self.expect(&Token::LeftParen)?;
        while !self.skip(&Token::RightParen) {
            let at = self.here();
            let name = self.name()?;
            self.declare(name, at, LiteralShape::Other);
            if !self.skip(&Token::Comma) {
                self.expect(&Token::RightParen)?;
                break;
            }
        }
        Ok(())
    }

    /// `{ … }`
    pub(super) fn block(&mut self) -> Step<()> {
        self.expect(&Token::LeftBrace)?;
        self.scoped(|reader| {
            while !reader.skip(&Token::RightBrace) {
                reader.statement()?;
            }
            Ok(())
        })
    }

    pub(super) fn statement(&mut self) -> Step<()> {
        match self.peek() {
            Token::SemiColon => self.expect(&Token::SemiColon),
            Token::Let | Token::Const => self.variable(),
            Token::While => {
                self.advance();
                self.test()?;
                self.block()
            }
            Token::Loop => {
                self.advance();
                self.block()
            }
            Token::Do => self.do_loop(),
            Token::For => self.for_loop(),
            Token::Try => self.try_block(),
            Token::Break | Token::Continue | Token::Return => self.leave(),
            Token::LeftBrace => self.block(),
            Token::If if !self.only_expressions => self.if_else(),
            Token::Switch if !self.only_expressions => self.switch(),
            _ => self.expression_statement(),
        }
    }

    /// `let name = …`, `const name = …`
    fn variable(&mut self) -> Step<()> {
        self.advance();
        let at = self.here();
        let name = self.name()?;
        let mut value = LiteralShape::Other;
        if self.skip(&Token::Equals) {
            let given = self.expression()?;
            if !matches!(given.shape, LiteralShape::Person(_)) {
                self.plain(&given);
            }
            value = given.shape;
        }
        let value = match value {
            LiteralShape::Input(..) | LiteralShape::Person(_) => value,
            _ => LiteralShape::Other,
        };
        self.declare(name, at, value);
        Ok(())
    }

    fn do_loop(&mut self) -> Step<()> {
        self.advance();
        self.block()?;
        if !self.skip(&Token::Until) {
            self.expect(&Token::While)?;
        }
        self.test()
    }

    /// `for name in [ … ] { … }`, `for (name, counter) in [ … ] { … }`
    fn for_loop(&mut self) -> Step<()> {
        self.advance();
        self.scoped(|reader| {
            let mut names = Vec::new();
            let in_brackets = reader.skip(&Token::LeftParen);
            loop {
                let at = reader.here();
                names.push((reader.name()?, at));
                if !(in_brackets && reader.skip(&Token::Comma)) {
                    break;
                }
            }
            if in_brackets {
                reader.expect(&Token::RightParen)?;
            }
            reader.expect(&Token::In)?;
            for element in reader.list()? {
                reader.plain(&element);
            }
            for (name, at) in names {
                reader.declare(name, at, LiteralShape::Other);
            }
            reader.block()
        })
    }

    fn try_block(&mut self) -> Step<()> {
        self.advance();
        self.block()?;
        self.expect(&Token::Catch)?;
        self.scoped(|reader| {
            if reader.skip(&Token::LeftParen) {
                let at = reader.here();
                let name = reader.name()?;
                reader.declare(name, at, LiteralShape::Other);
                reader.expect(&Token::RightParen)?;
            }
            reader.block()
        })
    }

    /// `break`, `continue` or `return`, with or without a value.
    fn leave(&mut self) -> Step<()> {
        self.advance();
        match self.peek() {
            Token::SemiColon | Token::RightBrace | Token::Comma | Token::EOF => Ok(()),
            _ => self.test(),
        }
    }

    /// An expression whose value is used as it is.
    pub(super) fn test(&mut self) -> Step<()> {
        let operand = self.expression()?;
        self.plain(&operand);
        Ok(())
    }

    /// An expression, or `name = …`.
    fn expression_statement(&mut self) -> Step<()> {
        let operand = self.expression()?;
        if !is_assignment(self.peek()) {
            self.plain(&operand);
            return Ok(());
        }
        self.assignable(&operand)?;
        self.advance();
        self.test()
    }

    fn assignable(&mut self, operand: &Operand<'a>) -> Step<()> {
        match &operand.shape {
            LiteralShape::Local(_) => {}
            LiteralShape::Input(name, _) => {
                self.report(&codes::SCRIPT_ASSIGNS_INPUT, operand.at, &[name])
            }
            LiteralShape::Person(person) => {
                self.report(&codes::SCRIPT_ASSIGNS_INPUT, operand.at, &[&person.name()]);
            }
            _ => return Err(self.refuse_here()),
        }
        Ok(())
    }
}
