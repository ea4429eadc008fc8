CREATE TABLE last_year_document (
    ledger_id INTEGER NOT NULL,
    report VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    rows INTEGER NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_last_year_document PRIMARY KEY (ledger_id, report),
    CONSTRAINT fk_last_year_document_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE last_year_figure (
    ledger_id INTEGER NOT NULL,
    report VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_last_year_figure PRIMARY KEY (ledger_id, report, line),
    CONSTRAINT ck_last_year_figure_whole_fen CHECK (typeof(amount) = 'integer'),
    CONSTRAINT fk_last_year_figure_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 WITHOUT ROWID;
CREATE TABLE opening_state (
    ledger_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    confirmed_by VARCHAR DEFAULT '' NOT NULL,
    confirmed_at VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_opening_state PRIMARY KEY (ledger_id),
    CONSTRAINT ck_opening_state_state CHECK (state IN ('provisional', 'final')),
    CONSTRAINT fk_opening_state_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
