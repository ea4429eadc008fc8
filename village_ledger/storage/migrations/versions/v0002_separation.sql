CREATE TABLE separation (
    id INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    source_mark VARCHAR NOT NULL,
    cutoff VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at VARCHAR NOT NULL,
    mirror BIGINT NOT NULL,
    lines INTEGER NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_separation PRIMARY KEY (id),
    CONSTRAINT ck_separation_single CHECK (id = 1)
);
CREATE TABLE separation_line (
    id INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    item VARCHAR DEFAULT '' NOT NULL,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    guess VARCHAR NOT NULL,
    certainty VARCHAR DEFAULT '' NOT NULL,
    source VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_separation_line PRIMARY KEY (id),
    CONSTRAINT ck_separation_line_one_side CHECK ((debit = 0) <> (credit = 0)),
    CONSTRAINT ck_separation_line_whole_fen CHECK (typeof(debit) = 'integer' AND typeof(credit) = 'integer')
);
CREATE TABLE separation_part (
    line_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    owner VARCHAR NOT NULL,
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    detail VARCHAR DEFAULT '' NOT NULL,
    counterparty VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    amount BIGINT NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_separation_part PRIMARY KEY (line_id, part),
    CONSTRAINT fk_separation_part_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_separation_part_owner CHECK (owner IN ('集体', '村委会', '代管代发')),
    CONSTRAINT ck_separation_part_whole_fen CHECK (typeof(amount) = 'integer' AND amount <> 0),
    CONSTRAINT fk_separation_part_line_id FOREIGN KEY(line_id) REFERENCES separation_line (id)
)
 WITHOUT ROWID;
