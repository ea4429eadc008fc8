CREATE TABLE stock_take (
    id INTEGER NOT NULL,
    ledger_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    leader VARCHAR NOT NULL,
    counters VARCHAR NOT NULL,
    supervisor VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    CONSTRAINT pk_stock_take PRIMARY KEY (id),
    CONSTRAINT uq_stock_take_ledger_id_day UNIQUE (ledger_id, day),
    CONSTRAINT fk_stock_take_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id)
);
CREATE TABLE stock_take_line (
    take_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    found INTEGER DEFAULT 0 NOT NULL,
    sheet VARCHAR NOT NULL,
    account VARCHAR DEFAULT '' NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    project VARCHAR DEFAULT '' NOT NULL,
    code VARCHAR DEFAULT '' NOT NULL,
    name VARCHAR NOT NULL,
    unit VARCHAR DEFAULT '' NOT NULL,
    quantity BIGINT NOT NULL,
    value BIGINT NOT NULL,
    less BIGINT NOT NULL,
    less_account VARCHAR DEFAULT '' NOT NULL,
    text VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_stock_take_line PRIMARY KEY (take_id, line),
    CONSTRAINT uq_stock_take_line_take_id_sheet_account_party_project_code UNIQUE (take_id, sheet, account, party, project, code),
    CONSTRAINT ck_stock_take_line_whole CHECK (typeof(quantity) = 'integer' AND typeof(value) = 'integer' AND typeof(less) = 'integer'),
    CONSTRAINT ck_stock_take_line_found CHECK (found = 0 OR (value = 0 AND quantity = 0 AND less = 0)),
    CONSTRAINT fk_stock_take_line_take_id FOREIGN KEY(take_id) REFERENCES stock_take (id)
)
 WITHOUT ROWID;
CREATE TABLE stock_take_step (
    take_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    number VARCHAR DEFAULT '' NOT NULL,
    words VARCHAR DEFAULT '' NOT NULL,
    digest BLOB,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_stock_take_step PRIMARY KEY (take_id, seq),
    CONSTRAINT ck_stock_take_step_step CHECK (step IN ('filled', 'counted', 'back', 'approved', 'adjusted', 'published', 'confirmed')),
    CONSTRAINT ck_stock_take_step_decided CHECK (step NOT IN ('approved', 'confirmed') OR number <> ''),
    CONSTRAINT fk_stock_take_step_take_id FOREIGN KEY(take_id) REFERENCES stock_take (id)
)
 WITHOUT ROWID;
CREATE TABLE stock_take_count (
    take_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    value BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    cause VARCHAR DEFAULT '' NOT NULL,
    treatment VARCHAR DEFAULT '' NOT NULL,
    account VARCHAR DEFAULT '' NOT NULL,
    party VARCHAR DEFAULT '' NOT NULL,
    usage VARCHAR DEFAULT '' NOT NULL,
    user VARCHAR DEFAULT '' NOT NULL,
    undetermined INTEGER DEFAULT 0 NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    "by" VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_stock_take_count PRIMARY KEY (take_id, line),
    CONSTRAINT fk_stock_take_count_take_id_line FOREIGN KEY(take_id, line) REFERENCES stock_take_line (take_id, line),
    CONSTRAINT ck_stock_take_count_whole CHECK (typeof(value) = 'integer' AND typeof(quantity) = 'integer'),
    CONSTRAINT ck_stock_take_count_counted CHECK (quantity >= 0),
    CONSTRAINT ck_stock_take_count_treatment CHECK (treatment IN ('', 'adjust', 'keep')),
    CONSTRAINT ck_stock_take_count_usage CHECK (usage IN ('', 'own', 'others', 'idle'))
)
 WITHOUT ROWID;
CREATE TABLE stock_take_voucher (
    voucher_id INTEGER NOT NULL,
    take_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    line INTEGER DEFAULT 0 NOT NULL,
    stage VARCHAR NOT NULL,
    CONSTRAINT pk_stock_take_voucher PRIMARY KEY (voucher_id),
    CONSTRAINT ck_stock_take_voucher_stage CHECK (stage IN ('found', 'settled')),
    CONSTRAINT fk_stock_take_voucher_voucher_id FOREIGN KEY(voucher_id) REFERENCES voucher (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_take_voucher_take_id FOREIGN KEY(take_id) REFERENCES stock_take (id)
);
CREATE INDEX ix_stock_take_voucher_take ON stock_take_voucher (take_id, sheet);
