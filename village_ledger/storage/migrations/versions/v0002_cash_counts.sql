CREATE TABLE cash_count (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    book BIGINT NOT NULL,
    total BIGINT NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_cash_count PRIMARY KEY (id),
    CONSTRAINT fk_cash_count_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_cash_count_counted CHECK (total >= 0 AND typeof(total) = 'integer' AND typeof(book) = 'integer'),
    CONSTRAINT ck_cash_count_named CHECK (trim("by") <> '')
);
CREATE INDEX ix_cash_count_day ON cash_count (ledger_id, day);
CREATE TABLE cash_count_piece (
    count_id INTEGER NOT NULL,
    denomination INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    CONSTRAINT pk_cash_count_piece PRIMARY KEY (count_id, denomination),
    CONSTRAINT ck_cash_count_piece_counted CHECK (denomination > 0 AND pieces > 0),
    CONSTRAINT fk_cash_count_piece_count_id FOREIGN KEY(count_id) REFERENCES cash_count (id)
)
 WITHOUT ROWID;
CREATE TABLE cash_count_voucher (
    voucher_id INTEGER NOT NULL,
    count_id INTEGER NOT NULL,
    CONSTRAINT pk_cash_count_voucher PRIMARY KEY (voucher_id),
    CONSTRAINT fk_cash_count_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_cash_count_voucher_count_id FOREIGN KEY(count_id) REFERENCES cash_count (id)
);
CREATE INDEX ix_cash_count_voucher_count ON cash_count_voucher (count_id);
