CREATE TABLE quantity_account (
    ledger_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    required INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_quantity_account PRIMARY KEY (ledger_id, account),
    CONSTRAINT fk_quantity_account_ledger_id_account FOREIGN KEY(ledger_id, account) REFERENCES account (ledger_id, code),
    CONSTRAINT ck_quantity_account_unit CHECK (length(unit) BETWEEN 1 AND 8),
    CONSTRAINT ck_quantity_account_required CHECK (required IN (0, 1))
)
 WITHOUT ROWID;
CREATE TABLE opening_quantity (
    opening_id INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    CONSTRAINT pk_opening_quantity PRIMARY KEY (opening_id),
    CONSTRAINT ck_opening_quantity_whole CHECK (typeof(quantity) = 'integer' AND quantity <> 0),
    CONSTRAINT fk_opening_quantity_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id) ON DELETE CASCADE
);
CREATE TABLE line_quantity (
    voucher_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    CONSTRAINT pk_line_quantity PRIMARY KEY (voucher_id, line),
    CONSTRAINT fk_line_quantity_voucher_id_line FOREIGN KEY(voucher_id, line) REFERENCES voucher_line (voucher_id, line) ON DELETE CASCADE,
    CONSTRAINT ck_line_quantity_whole CHECK (typeof(quantity) = 'integer' AND quantity <> 0)
)
 WITHOUT ROWID;
