CREATE TABLE power_set (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    valid_from VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_power_set PRIMARY KEY (id),
    CONSTRAINT uq_power_set_version UNIQUE (version)
);
CREATE TABLE limit_set (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    preset VARCHAR DEFAULT '' NOT NULL,
    valid_from VARCHAR NOT NULL,
    source VARCHAR DEFAULT '' NOT NULL,
    body VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    reason VARCHAR DEFAULT '' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_limit_set PRIMARY KEY (id),
    CONSTRAINT uq_limit_set_ledger_id_version UNIQUE (ledger_id, version),
    CONSTRAINT fk_limit_set_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE incomplete_payment (
    voucher_id INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    payee VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    purpose VARCHAR NOT NULL,
    missing VARCHAR NOT NULL,
    set_version INTEGER NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_incomplete_payment PRIMARY KEY (voucher_id),
    CONSTRAINT ck_incomplete_payment_amount CHECK (typeof(amount) = 'integer' AND amount > 0),
    CONSTRAINT fk_incomplete_payment_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE TABLE payment_approval (
    id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    set_version INTEGER NOT NULL,
    demands VARCHAR NOT NULL,
    decision VARCHAR DEFAULT '' NOT NULL,
    stage VARCHAR DEFAULT '' NOT NULL,
    signers VARCHAR NOT NULL,
    papers VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_payment_approval PRIMARY KEY (id),
    CONSTRAINT fk_payment_approval_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE INDEX ix_payment_approval_voucher_id ON payment_approval (voucher_id);
CREATE TABLE payment_waiver (
    id INTEGER NOT NULL,
    voucher_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_payment_waiver PRIMARY KEY (id),
    CONSTRAINT ck_payment_waiver_kind CHECK (kind IN ('split', 'related')),
    CONSTRAINT ck_payment_waiver_reason CHECK (reason <> ''),
    CONSTRAINT fk_payment_waiver_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE
);
CREATE INDEX ix_payment_waiver_voucher_id ON payment_waiver (voucher_id);
CREATE TABLE incomplete_clearing (
    voucher_id INTEGER NOT NULL,
    payment_id INTEGER NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_incomplete_clearing PRIMARY KEY (voucher_id),
    CONSTRAINT fk_incomplete_clearing_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_incomplete_clearing_payment_id FOREIGN KEY(payment_id) REFERENCES incomplete_payment (voucher_id)
);
CREATE INDEX ix_incomplete_clearing_payment_id ON incomplete_clearing (payment_id);
