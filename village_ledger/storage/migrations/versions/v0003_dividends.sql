CREATE TABLE dividend (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    record_date VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    method VARCHAR NOT NULL,
    resolution VARCHAR NOT NULL,
    last_event INTEGER NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_dividend PRIMARY KEY (id),
    CONSTRAINT ck_dividend_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT ck_dividend_asked CHECK (typeof(asked) = 'integer' AND asked > 0),
    CONSTRAINT ck_dividend_method CHECK (method IN ('largest', 'floor', 'per_share')),
    CONSTRAINT fk_dividend_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_dividend_resolution FOREIGN KEY(resolution) REFERENCES resolution (number)
);
CREATE TABLE dividend_class (
    dividend_id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    CONSTRAINT pk_dividend_class PRIMARY KEY (dividend_id, class_id),
    CONSTRAINT fk_dividend_class_dividend_id FOREIGN KEY(dividend_id) REFERENCES dividend (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_dividend_class_class_id FOREIGN KEY(class_id) REFERENCES share_class (id)
)
 WITHOUT ROWID;
CREATE TABLE dividend_line (
    dividend_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    household VARCHAR DEFAULT '' NOT NULL,
    holder VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    quantity BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_dividend_line PRIMARY KEY (dividend_id, line),
    CONSTRAINT ck_dividend_line_kind CHECK (kind IN ('member', 'outsider', 'estate', 'collective')),
    CONSTRAINT ck_dividend_line_amount CHECK (typeof(amount) = 'integer' AND amount >= 0),
    CONSTRAINT fk_dividend_line_dividend_id FOREIGN KEY(dividend_id) REFERENCES dividend (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_dividend_line_account_id FOREIGN KEY(account_id) REFERENCES share_account (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_dividend_line_account_id ON dividend_line (account_id);
CREATE TABLE dividend_voucher (
    voucher_id INTEGER NOT NULL,
    dividend_id INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    CONSTRAINT pk_dividend_voucher PRIMARY KEY (voucher_id),
    CONSTRAINT ck_dividend_voucher_part CHECK (part IN ('members', 'outsiders', 'reserve', 'payment')),
    CONSTRAINT fk_dividend_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id),
    CONSTRAINT fk_dividend_voucher_dividend_id FOREIGN KEY(dividend_id) REFERENCES dividend (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_dividend_voucher_dividend_id ON dividend_voucher (dividend_id);
CREATE TABLE dividend_payment (
    id INTEGER NOT NULL,
    dividend_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    method VARCHAR NOT NULL,
    receiver VARCHAR DEFAULT '' NOT NULL,
    relation VARCHAR DEFAULT '' NOT NULL,
    voucher_id INTEGER,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_dividend_payment PRIMARY KEY (id),
    CONSTRAINT fk_dividend_payment_dividend_id_line FOREIGN KEY(dividend_id, line) REFERENCES dividend_line (dividend_id, line),
    CONSTRAINT ck_dividend_payment_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT ck_dividend_payment_method CHECK (method IN ('bank', 'cash')),
    CONSTRAINT fk_dividend_payment_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id)
);
CREATE INDEX ix_dividend_payment_line ON dividend_payment (dividend_id, line);
CREATE TABLE dividend_payment_result (
    id INTEGER NOT NULL,
    payment_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_dividend_payment_result PRIMARY KEY (id),
    CONSTRAINT ck_dividend_payment_result_result CHECK (result IN ('done', 'failed')),
    CONSTRAINT fk_dividend_payment_result_payment_id FOREIGN KEY(payment_id) REFERENCES dividend_payment (id)
);
CREATE INDEX ix_dividend_payment_result_payment_id ON dividend_payment_result (payment_id);
