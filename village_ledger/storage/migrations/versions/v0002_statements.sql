CREATE TABLE own_statement (
    name VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    body VARCHAR DEFAULT '' NOT NULL,
    digest BLOB NOT NULL,
    removed INTEGER DEFAULT 0 NOT NULL,
    stored_by VARCHAR NOT NULL,
    stored_at VARCHAR NOT NULL,
    CONSTRAINT pk_own_statement PRIMARY KEY (name, version),
    CONSTRAINT ck_own_statement_version CHECK (version > 0),
    CONSTRAINT ck_own_statement_removed CHECK (removed IN (0, 1))
)
 WITHOUT ROWID;
CREATE TABLE statement_text (
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    text VARCHAR DEFAULT '' NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_statement_text PRIMARY KEY (ledger_id, year, item, version),
    CONSTRAINT ck_statement_text_version CHECK (version > 0),
    CONSTRAINT fk_statement_text_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE project_total (
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    project_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    CONSTRAINT pk_project_total PRIMARY KEY (ledger_id, account, project_id, month),
    CONSTRAINT fk_project_total_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT fk_project_total_project_id FOREIGN KEY(project_id) REFERENCES party (id)
)
 WITHOUT ROWID;
