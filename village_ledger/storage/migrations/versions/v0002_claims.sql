CREATE TABLE receipt_book (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    width INTEGER NOT NULL,
    received_on VARCHAR NOT NULL,
    CONSTRAINT pk_receipt_book PRIMARY KEY (id),
    CONSTRAINT ck_receipt_book_numbers CHECK (first > 0 AND last >= first),
    CONSTRAINT ck_receipt_book_width CHECK (width BETWEEN 1 AND 20),
    CONSTRAINT fk_receipt_book_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE claimant (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    gone INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_claimant PRIMARY KEY (id),
    CONSTRAINT uq_claimant_ledger_id_name UNIQUE (ledger_id, name),
    CONSTRAINT fk_claimant_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT fk_claimant_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE receipt_event (
    id INTEGER NOT NULL,
    book_id INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    holder VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at VARCHAR NOT NULL,
    CONSTRAINT pk_receipt_event PRIMARY KEY (id),
    CONSTRAINT ck_receipt_event_act CHECK (act IN ('issue', 'use', 'void', 'return')),
    CONSTRAINT ck_receipt_event_numbers CHECK (first > 0 AND last >= first),
    CONSTRAINT ck_receipt_event_amount CHECK (amount = 0 OR act = 'use'),
    CONSTRAINT fk_receipt_event_book_id FOREIGN KEY(book_id) REFERENCES receipt_book (id)
);
CREATE INDEX ix_receipt_event_book ON receipt_event (book_id, id);
CREATE TABLE advance_check (
    id INTEGER NOT NULL,
    claimant_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    book BIGINT NOT NULL,
    cash BIGINT NOT NULL,
    receipts BIGINT NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    checked_by VARCHAR NOT NULL,
    checked_at VARCHAR NOT NULL,
    CONSTRAINT pk_advance_check PRIMARY KEY (id),
    CONSTRAINT ck_advance_check_counted CHECK (cash >= 0 AND receipts >= 0),
    CONSTRAINT ck_advance_check_explained CHECK (cash + receipts = book OR reason <> ''),
    CONSTRAINT fk_advance_check_claimant_id FOREIGN KEY(claimant_id) REFERENCES claimant (id)
);
CREATE INDEX ix_advance_check_month ON advance_check (claimant_id, month, id);
CREATE TABLE claim (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    claimant_id INTEGER NOT NULL,
    settle VARCHAR NOT NULL,
    pays VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    handed_by VARCHAR NOT NULL,
    handed_at VARCHAR NOT NULL,
    return_reason VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_ledger_id_year_number UNIQUE (ledger_id, year, number),
    CONSTRAINT fk_claim_ledger_id_pays FOREIGN KEY(ledger_id, pays) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_claim_settle CHECK (settle IN ('advance', 'bank', 'cash')),
    CONSTRAINT ck_claim_number CHECK (number > 0 AND substr(day, 1, 4) = printf('%04d', year)),
    CONSTRAINT fk_claim_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_claim_claimant_id FOREIGN KEY(claimant_id) REFERENCES claimant (id)
);
CREATE TABLE claim_line (
    claim_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    account VARCHAR DEFAULT '' NOT NULL,
    counterparty VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    handler VARCHAR DEFAULT '' NOT NULL,
    witness VARCHAR DEFAULT '' NOT NULL,
    approver VARCHAR DEFAULT '' NOT NULL,
    invoice VARCHAR DEFAULT '' NOT NULL,
    attachments INTEGER NOT NULL,
    CONSTRAINT pk_claim_line PRIMARY KEY (claim_id, line),
    CONSTRAINT ck_claim_line_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT ck_claim_line_attachments CHECK (attachments > 0),
    CONSTRAINT fk_claim_line_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE TABLE claim_voucher (
    voucher_id INTEGER NOT NULL,
    claim_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    CONSTRAINT pk_claim_voucher PRIMARY KEY (voucher_id),
    CONSTRAINT fk_claim_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_claim_voucher_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_claim_voucher_claim ON claim_voucher (claim_id, part);
