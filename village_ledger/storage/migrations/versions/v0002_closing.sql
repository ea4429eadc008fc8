CREATE TABLE month_check (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    passed INTEGER NOT NULL,
    warned INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    closed INTEGER DEFAULT 0 NOT NULL,
    waivers VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_month_check PRIMARY KEY (id),
    CONSTRAINT fk_month_check_ledger_id_month FOREIGN KEY(ledger_id, month) REFERENCES period (ledger_id, month)
);
CREATE INDEX ix_month_check_month ON month_check (ledger_id, month);
CREATE TABLE month_seal (
    ledger_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    first_supervisor VARCHAR DEFAULT '' NOT NULL,
    second_supervisor VARCHAR DEFAULT '' NOT NULL,
    sheet VARCHAR NOT NULL,
    head BLOB,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_month_seal PRIMARY KEY (ledger_id, month),
    CONSTRAINT fk_month_seal_ledger_id_month FOREIGN KEY(ledger_id, month) REFERENCES period (ledger_id, month),
    CONSTRAINT ck_month_seal_basis CHECK (basis IN ('supervisors', 'package')),
    CONSTRAINT ck_month_seal_two_supervisors CHECK (basis <> 'supervisors' OR (trim(first_supervisor) <> '' AND trim(second_supervisor) <> '' AND first_supervisor <> second_supervisor)),
    CONSTRAINT ck_month_seal_sheet CHECK (trim(sheet) <> '')
)
 WITHOUT ROWID;
CREATE TABLE reopening (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    approved_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_reopening PRIMARY KEY (id),
    CONSTRAINT fk_reopening_ledger_id_month FOREIGN KEY(ledger_id, month) REFERENCES period (ledger_id, month),
    CONSTRAINT ck_reopening_said CHECK (trim(reason) <> ''),
    CONSTRAINT ck_reopening_two_people CHECK (trim(approved_by) <> '' AND approved_by <> "by")
);
CREATE INDEX ix_reopening_month ON reopening (ledger_id, month);
CREATE TABLE waiver (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    month VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    found VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_waiver PRIMARY KEY (id),
    CONSTRAINT fk_waiver_ledger_id_month FOREIGN KEY(ledger_id, month) REFERENCES period (ledger_id, month),
    CONSTRAINT ck_waiver_said CHECK (trim(reason) <> '' AND trim("by") <> '')
);
CREATE INDEX ix_waiver_month ON waiver (ledger_id, month);
CREATE TABLE distribution_part (
    voucher_id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    amount BIGINT NOT NULL,
    resolution VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_distribution_part PRIMARY KEY (voucher_id),
    CONSTRAINT ck_distribution_part_part CHECK (part IN ('loss', 'reserve', 'members', 'other')),
    CONSTRAINT ck_distribution_part_amount CHECK (amount > 0 AND typeof(amount) = 'integer'),
    CONSTRAINT ck_distribution_part_resolution CHECK (trim(resolution) <> ''),
    CONSTRAINT fk_distribution_part_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_distribution_part_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE INDEX ix_distribution_part_year ON distribution_part (ledger_id, year);
