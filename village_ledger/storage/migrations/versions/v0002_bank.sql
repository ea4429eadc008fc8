CREATE TABLE bank_layout (
    bank VARCHAR NOT NULL,
    headings VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    confirmed_by VARCHAR NOT NULL,
    confirmed_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_layout PRIMARY KEY (bank)
)
 WITHOUT ROWID;
CREATE TABLE bank_account (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    bank VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    opened VARCHAR DEFAULT '' NOT NULL,
    closed VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_bank_account PRIMARY KEY (id),
    CONSTRAINT uq_bank_account_number UNIQUE (number),
    CONSTRAINT uq_bank_account_ledger_id_account UNIQUE (ledger_id, account),
    CONSTRAINT fk_bank_account_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_bank_account_kind CHECK (kind IN ('basic', 'general', 'special', 'temporary')),
    CONSTRAINT ck_bank_account_plain_number CHECK (length(number) BETWEEN 6 AND 34 AND number NOT GLOB '*[^0-9A-Z]*'),
    CONSTRAINT ck_bank_account_days CHECK (closed = '' OR opened = '' OR closed >= opened),
    CONSTRAINT fk_bank_account_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE bank_assertion (
    id INTEGER NOT NULL,
    bank_account_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    balance BIGINT NOT NULL,
    book_balance BIGINT NOT NULL,
    difference BIGINT NOT NULL,
    posted_to INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_assertion PRIMARY KEY (id),
    CONSTRAINT ck_bank_assertion_source CHECK (source IN ('typed', 'statement')),
    CONSTRAINT fk_bank_assertion_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);
CREATE INDEX ix_bank_assertion_day ON bank_assertion (bank_account_id, day, id);
CREATE TABLE bank_match (
    id INTEGER NOT NULL,
    bank_account_id INTEGER NOT NULL,
    how VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_match PRIMARY KEY (id),
    CONSTRAINT ck_bank_match_how CHECK (how IN ('automatic', 'manual')),
    CONSTRAINT fk_bank_match_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);
CREATE TABLE bank_outstanding (
    id INTEGER NOT NULL,
    bank_account_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    remark VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_outstanding PRIMARY KEY (id),
    CONSTRAINT ck_bank_outstanding_side CHECK (side IN ('book', 'bank')),
    CONSTRAINT ck_bank_outstanding_whole_fen CHECK (amount <> 0 AND typeof(amount) = 'integer'),
    CONSTRAINT fk_bank_outstanding_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);
CREATE TABLE bank_statement (
    id INTEGER NOT NULL,
    bank_account_id INTEGER NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    opening BIGINT NOT NULL,
    closing BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    lines INTEGER NOT NULL,
    taken_by VARCHAR NOT NULL,
    taken_at VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    CONSTRAINT pk_bank_statement PRIMARY KEY (id),
    CONSTRAINT ck_bank_statement_days CHECK (last_day >= first_day),
    CONSTRAINT fk_bank_statement_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);
CREATE TABLE bank_line (
    id INTEGER NOT NULL,
    statement_id INTEGER NOT NULL,
    bank_account_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    at VARCHAR DEFAULT '' NOT NULL,
    amount BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    counterparty VARCHAR DEFAULT '' NOT NULL,
    remark VARCHAR DEFAULT '' NOT NULL,
    serial VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_bank_line PRIMARY KEY (id),
    CONSTRAINT ck_bank_line_whole_fen CHECK (amount <> 0 AND typeof(amount) = 'integer' AND typeof(balance) = 'integer'),
    CONSTRAINT fk_bank_line_statement_id FOREIGN KEY(statement_id) REFERENCES bank_statement (id),
    CONSTRAINT fk_bank_line_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);
CREATE INDEX ix_bank_line_day ON bank_line (bank_account_id, day, id);
CREATE TABLE bank_match_book (
    match_id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    CONSTRAINT pk_bank_match_book PRIMARY KEY (match_id, voucher_id, line),
    CONSTRAINT fk_bank_match_book_voucher_id_line FOREIGN KEY(voucher_id, line) REFERENCES voucher_line (voucher_id, line),
    CONSTRAINT fk_bank_match_book_match_id FOREIGN KEY(match_id) REFERENCES bank_match (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID;
CREATE INDEX ix_bank_match_book_line ON bank_match_book (voucher_id, line);
CREATE TABLE bank_match_outstanding (
    match_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    CONSTRAINT pk_bank_match_outstanding PRIMARY KEY (match_id, item_id),
    CONSTRAINT fk_bank_match_outstanding_match_id FOREIGN KEY(match_id) REFERENCES bank_match (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_bank_match_outstanding_item_id FOREIGN KEY(item_id) REFERENCES bank_outstanding (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_bank_match_outstanding_item ON bank_match_outstanding (item_id);
CREATE TABLE bank_match_undone (
    match_id INTEGER NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    undone_by VARCHAR NOT NULL,
    undone_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_match_undone PRIMARY KEY (match_id),
    CONSTRAINT fk_bank_match_undone_match_id FOREIGN KEY(match_id) REFERENCES bank_match (id)
);
CREATE TABLE bank_draft (
    line_id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    CONSTRAINT pk_bank_draft PRIMARY KEY (line_id),
    CONSTRAINT fk_bank_draft_line_id FOREIGN KEY(line_id) REFERENCES bank_line (id),
    CONSTRAINT fk_bank_draft_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE TABLE bank_mark (
    id INTEGER NOT NULL,
    line_id INTEGER NOT NULL,
    mark VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_bank_mark PRIMARY KEY (id),
    CONSTRAINT ck_bank_mark_mark CHECK (mark IN ('suspected', 'error', 'none')),
    CONSTRAINT fk_bank_mark_line_id FOREIGN KEY(line_id) REFERENCES bank_line (id)
);
CREATE INDEX ix_bank_mark_line ON bank_mark (line_id, id);
CREATE TABLE bank_match_bank (
    match_id INTEGER NOT NULL,
    line_id INTEGER NOT NULL,
    CONSTRAINT pk_bank_match_bank PRIMARY KEY (match_id, line_id),
    CONSTRAINT fk_bank_match_bank_match_id FOREIGN KEY(match_id) REFERENCES bank_match (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_bank_match_bank_line_id FOREIGN KEY(line_id) REFERENCES bank_line (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_bank_match_bank_line ON bank_match_bank (line_id);
