//! The few statements of SQL that the objects need. All of them are synchronous.

use worker::{Result, SqlStorage, SqlStorageValue, State};

/// An object's tables.
pub(super) struct Store {
    sql: SqlStorage,
}

impl Store {
    /// Opens the tables, and makes those that are missing.
    pub(super) fn open(state: &State, tables: &[&str]) -> Self {
        let store = Self { sql: state.storage().sql() };
        // A table that cannot be made shows at the first statement that needs it.
        let _ = store
            .run("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, text TEXT NOT NULL)", Vec::new());
        for table in tables {
            let _ = store.run(table, Vec::new());
        }
        store
    }

    /// A statement without an answer.
    pub(super) fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        self.sql.exec(statement, values).map(drop)
    }

    /// All rows that a statement answers.
    pub(super) fn rows(
        &self,
        statement: &str,
        values: Vec<SqlStorageValue>,
    ) -> Result<Vec<Vec<SqlStorageValue>>> {
        self.sql.exec(statement, values)?.raw().collect()
    }

    /// A named text.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>> {
        let rows = self.rows("SELECT text FROM kept WHERE name = ?", vec![name.into()])?;
        Ok(rows.first().and_then(|row| row.first()).map(text))
    }

    /// Keeps a named text.
    pub(super) fn keep(&self, name: &str, text: String) -> Result<()> {
        let statement = "INSERT INTO kept (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text";
        self.run(statement, vec![name.into(), text.into()])
    }

    /// Overwrites a named text where it lies: a row that is deleted stays readable in the database's free pages. To be
    /// forgotten in a later turn, because pages that are freed with the overwriting are not written any more.
    pub(super) fn blank(&self, name: &str) -> Result<()> {
        self.run("UPDATE kept SET text = printf('%.*c', length(text), '0') WHERE name = ?", vec![name.into()])
    }

    /// Makes room for another text under a name: what is there is overwritten where it lies and takes a number in place of
    /// the name. A text of another length would be written elsewhere and leave this one in free pages. The number has as many
    /// characters as the name, because only a row that keeps its length stays in its pages; so names have eight. To be
    /// forgotten in a later turn, like what is blanked.
    pub(super) fn set_aside(&self, name: &str, number: u32) -> Result<()> {
        self.run(
            "UPDATE kept SET name = printf('%08d', ?), text = printf('%.*c', length(text), '0') WHERE name = ?",
            vec![i64::from(number).into(), name.into()],
        )
    }

    /// Forgets what was set aside.
    pub(super) fn forget_aside(&self) -> Result<()> {
        self.run("DELETE FROM kept WHERE name GLOB '[0-9]*'", Vec::new())
    }

    /// Forgets a named text.
    pub(super) fn forget(&self, name: &str) -> Result<()> {
        self.run("DELETE FROM kept WHERE name = ?", vec![name.into()])
    }
}

/// A cell as text.
pub(super) fn text(cell: &SqlStorageValue) -> String {
    match cell {
        SqlStorageValue::String(text) => text.clone(),
        SqlStorageValue::Integer(number) => number.to_string(),
        SqlStorageValue::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A cell as a whole number. The platform hands every number over as a floating one.
pub(super) fn number(cell: &SqlStorageValue) -> i64 {
    match cell {
        SqlStorageValue::Integer(number) => *number,
        SqlStorageValue::Float(number) => *number as i64,
        _ => 0,
    }
}
