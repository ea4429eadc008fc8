CREATE TABLE resolution (
    number VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    eligible INTEGER NOT NULL,
    present INTEGER NOT NULL,
    in_favour INTEGER NOT NULL,
    published VARCHAR DEFAULT '' NOT NULL,
    subject VARCHAR NOT NULL,
    entered_by VARCHAR NOT NULL,
    entered_at VARCHAR NOT NULL,
    CONSTRAINT pk_resolution PRIMARY KEY (number),
    CONSTRAINT ck_resolution_body CHECK (body IN ('assembly', 'representatives', 'board', 'villagers')),
    CONSTRAINT ck_resolution_vote CHECK (eligible > 0 AND present >= 0 AND present <= eligible AND in_favour >= 0 AND in_favour <= present)
)
 WITHOUT ROWID;
CREATE TABLE transfer (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    summary VARCHAR NOT NULL,
    resolution VARCHAR,
    plan_item VARCHAR DEFAULT '' NOT NULL,
    reverses_id INTEGER,
    state VARCHAR DEFAULT 'live' NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_transfer PRIMARY KEY (id),
    CONSTRAINT uq_transfer_year_number UNIQUE (year, number),
    CONSTRAINT ck_transfer_kind CHECK (kind IN ('T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9')),
    CONSTRAINT ck_transfer_step CHECK (step IN ('whole', 'owed', 'paid')),
    CONSTRAINT ck_transfer_state CHECK (state IN ('live', 'void')),
    CONSTRAINT ck_transfer_amount CHECK (typeof(amount) = 'integer' AND amount <> 0 AND (amount < 0) = (reverses_id IS NOT NULL)),
    CONSTRAINT ck_transfer_resolution CHECK (kind NOT IN ('T1', 'T2', 'T3') OR resolution IS NOT NULL),
    CONSTRAINT fk_transfer_resolution FOREIGN KEY(resolution) REFERENCES resolution (number),
    CONSTRAINT fk_transfer_reverses_id FOREIGN KEY(reverses_id) REFERENCES transfer (id)
);
CREATE TABLE allocation_slip (
    id INTEGER NOT NULL,
    transfer_id INTEGER NOT NULL,
    invoice VARCHAR DEFAULT '' NOT NULL,
    issuer VARCHAR DEFAULT '' NOT NULL,
    whole BIGINT NOT NULL,
    collective BIGINT NOT NULL,
    committee BIGINT NOT NULL,
    CONSTRAINT pk_allocation_slip PRIMARY KEY (id),
    CONSTRAINT uq_allocation_slip_transfer_id UNIQUE (transfer_id),
    CONSTRAINT ck_allocation_slip_sum CHECK (typeof(collective) = 'integer' AND typeof(committee) = 'integer' AND collective > 0 AND committee > 0 AND collective + committee = whole),
    CONSTRAINT fk_allocation_slip_transfer_id FOREIGN KEY(transfer_id) REFERENCES transfer (id)
);
CREATE TABLE transfer_settlement (
    transfer_id INTEGER NOT NULL,
    settles_id INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_transfer_settlement PRIMARY KEY (transfer_id, settles_id),
    CONSTRAINT ck_transfer_settlement_amount CHECK (typeof(amount) = 'integer' AND amount <> 0),
    CONSTRAINT fk_transfer_settlement_transfer_id FOREIGN KEY(transfer_id) REFERENCES transfer (id),
    CONSTRAINT fk_transfer_settlement_settles_id FOREIGN KEY(settles_id) REFERENCES transfer (id)
)
 WITHOUT ROWID;
CREATE TABLE invoice (
    id INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    kind VARCHAR DEFAULT '' NOT NULL,
    amount BIGINT NOT NULL,
    voucher_id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    slip_id INTEGER,
    digest VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_invoice PRIMARY KEY (id),
    CONSTRAINT uq_invoice_voucher_id_number UNIQUE (voucher_id, number),
    CONSTRAINT fk_invoice_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_invoice_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_invoice_slip_id FOREIGN KEY(slip_id) REFERENCES allocation_slip (id)
);
CREATE INDEX ix_invoice_number ON invoice (number);
CREATE TABLE transfer_side (
    voucher_id INTEGER NOT NULL,
    transfer_id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    other_id INTEGER,
    CONSTRAINT pk_transfer_side PRIMARY KEY (voucher_id),
    CONSTRAINT uq_transfer_side_transfer_id_ledger_id UNIQUE (transfer_id, ledger_id),
    CONSTRAINT fk_transfer_side_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id),
    CONSTRAINT fk_transfer_side_transfer_id FOREIGN KEY(transfer_id) REFERENCES transfer (id),
    CONSTRAINT fk_transfer_side_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id),
    CONSTRAINT fk_transfer_side_other_id FOREIGN KEY(other_id) REFERENCES voucher (id)
);
CREATE TABLE transfer_posted (
    voucher_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    CONSTRAINT pk_transfer_posted PRIMARY KEY (voucher_id),
    CONSTRAINT fk_transfer_posted_voucher_id FOREIGN KEY(voucher_id) REFERENCES posting (voucher_id),
    CONSTRAINT fk_transfer_posted_other_id FOREIGN KEY(other_id) REFERENCES posting (voucher_id) DEFERRABLE INITIALLY DEFERRED
);
